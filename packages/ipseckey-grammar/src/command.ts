import type { Problem } from "./problem.ts";

/** Where something begins: line and column from 1, offset from 0, all in bytes. */
export interface Position {
  line: number;
  column: number;
  offset: number;
}

/** A word of the source as the scanner saw it. The text of a key is a secret. */
export interface Token {
  /** Without the quotes. One character a byte (latin1). */
  text: string;
  position: Position;
}

/** The word after the verb. */
export interface SaTypeWord {
  /**
   * 0 for `all`, 2 for `ah`, 3 for `esp`, or the number that was written. Undefined: no type at all (a problem says so). Compatible
   * with illumos, such a word from the shell is 0.
   */
  value: number | undefined;
  /** As written. */
  text: string;
  token: number;
}

/** A number as strtoull(3) with base 0 reads it: 64 bits, a negative one wrapped round. */
export interface NumberValue {
  value: bigint;
  /** As written. */
  text: string;
}

/** Key bytes, first bit first; what is behind the last bit is zero. A secret. */
export interface KeyValue {
  /** As declared behind the slash, or four for each digit. */
  bits: number;
  /** As long as the bits ask for; compatible with illumos, shorter where too few digits were written. */
  bytes: Uint8Array;
  /** How many hexadecimal digits were written, without 0x and what is behind the slash. */
  digits: number;
}

/** Which addresses of a name count. */
export type AddressFamily = "any" | "inet6";

/** What all attributes have in common. */
export interface WrittenAttribute {
  /** The word of the attribute as written: `dstaddr6` for the attribute `dst`. */
  word: string;
  /** Index in `tokens` of that word. */
  token: number;
  /** Index of the first token that does not belong to it. The tokens between are its values as written. */
  next: number;
  /** What is wrong with this attribute by itself, in the original's order. */
  problems: readonly Problem[];
}

/** Names of attributes whose value is a number. */
export type NumberName =
  | "spi"
  | "pair-spi"
  | "replay"
  | "soft_alloc"
  | "hard_alloc"
  | "soft_bytes"
  | "hard_bytes"
  | "soft_addtime"
  | "hard_addtime"
  | "soft_usetime"
  | "hard_usetime"
  | "idle_addtime"
  | "idle_usetime"
  | "sport"
  | "dport"
  | "isport"
  | "idport"
  | "nat_lport"
  | "nat_rport"
  | "proto"
  | "iproto"
  | "reserved_bits"
  | "replay_value";

/** `spi 0x2112`, `hard_bytes 16000000`. */
export interface NumberAttribute extends WrittenAttribute {
  name: NumberName;
  /** The size of the field. The original cuts larger values to it; in the default face they are a problem. */
  bits: 8 | 16 | 32 | 64;
  /** Not cut to the size of the field. Undefined: missing, or no number. */
  value: NumberValue | undefined;
}

/** `state mature`, `state 1`. */
export interface StateAttribute extends WrittenAttribute {
  name: "state";
  /** `number`: 0 larval, 1 mature, 2 dying, 3 dead; undefined: no state. */
  value: { text: string; number: number | undefined } | undefined;
}

/** `authalg md5`, `encralg 12`. What a name stands for is the kernel's business. */
export interface AlgorithmAttribute extends WrittenAttribute {
  name: "auth-algorithm" | "encryption-algorithm";
  /** `number`: where a number was written, of any size. */
  value: { text: string; number: bigint | undefined } | undefined;
}

/** `src me.domain.com`, `innerdst6 2001:db8::/32`. */
export interface AddressAttribute extends WrittenAttribute {
  name: "src" | "dst" | "inner-src" | "inner-dst" | "nat_loc" | "nat_rem";
  family: AddressFamily;
  /** `text`: the name or address without prefix length. Only inner addresses have one (`length` undefined: it is none). */
  value: { text: string; prefix: { text: string; length: number | undefined } | undefined } | undefined;
}

/** `authkey 1234567890abcdef1234567890abcdef`, `encrkey e/3`. */
export interface KeyAttribute extends WrittenAttribute {
  name: "authkey" | "encrkey";
  /** Undefined: missing, or no key. */
  value: KeyValue | undefined;
}

/** `srcidtype fqdn me.domain.com`. */
export interface IdentityAttribute extends WrittenAttribute {
  name: "srcidtype" | "dstidtype";
  /** `number`: 1 prefix, 2 fqdn, 3 user_fqdn, 4 der_dn, 5 der_gn, or the number written; undefined: no type. */
  type: { text: string; number: number | undefined } | undefined;
  value: string | undefined;
}

/** `encap udp`, `label PUBLIC`. */
export interface TextAttribute extends WrittenAttribute {
  name: "encap" | "label" | "outer-label" | "implicit-label";
  value: string | undefined;
}

/** `inbound` and `outbound`: no value. */
export interface FlagAttribute extends WrittenAttribute {
  name: "inbound" | "outbound";
}

/** An attribute that the command does not take: `flags`, `current_bytes`, behind `get` all that name no SA. */
export interface RejectedAttribute extends WrittenAttribute {
  name: "rejected";
}

/** A word that is no attribute, and in the default face the words behind it up to the next attribute. */
export interface UnknownAttribute extends WrittenAttribute {
  name: "unknown";
}

/** One attribute of a command. */
export type Attribute =
  | NumberAttribute
  | StateAttribute
  | AlgorithmAttribute
  | AddressAttribute
  | KeyAttribute
  | IdentityAttribute
  | TextAttribute
  | FlagAttribute
  | RejectedAttribute
  | UnknownAttribute;

/** What all commands have in common. */
export interface CommandSource {
  /** As written: `quit`, `pmonitor`, `?`. */
  verb: string;
  /** Of the verb. */
  position: Position;
  /** The last physical line of the command; the first one is `position.line`. Originals report this one. */
  lastLine: number;
  /** All of it, continuation lines joined as the original joins them: the backslash a blank, the line end kept. Holds keys. */
  text: string;
  /** The verb is token 0. */
  tokens: readonly Token[];
  /**
   * All problems of the command, those of its attributes included: first those that the original prints while it reads, then those
   * that it collects.
   */
  problems: readonly Problem[];
}

/** Verbs that take attributes. */
export type SaVerb = "add" | "update" | "update-pair" | "delete" | "delete-pair" | "get";

/** `add`, `update`, `delete`, `get` and their pair forms. */
export interface SaCommand extends CommandSource {
  kind: SaVerb;
  saType: SaTypeWord | undefined;
  /** In the order written. Empty where the words before them are in error. */
  attributes: readonly Attribute[];
}

/** `flush` and `dump`; no type is all types. */
export interface TypeCommand extends CommandSource {
  kind: "flush" | "dump";
  saType: SaTypeWord | undefined;
}

/** `save`; no file, or `-`, is standard output. */
export interface SaveCommand extends CommandSource {
  kind: "save";
  saType: SaTypeWord | undefined;
  file: string | undefined;
}

/** `load`: commands from a file, as `-f` reads them. */
export interface LoadCommand extends CommandSource {
  kind: "load";
  file: string | undefined;
}

/** `help` and `?`. */
export interface HelpCommand extends CommandSource {
  kind: "help";
  /** `attr`, a verb or anything else. */
  topic: string | undefined;
}

/** `monitor`; `passive_monitor` and `pmonitor`; `exit` and `quit`. */
export interface BareCommand extends CommandSource {
  kind: "monitor" | "passive_monitor" | "exit";
}

/** Words that begin with no verb. */
export interface UnknownCommand extends CommandSource {
  kind: "unknown";
}

/** A command that exceeds a limit: not read, and its text not kept. */
export interface UnreadCommand extends CommandSource {
  kind: "unread";
}

/** An empty line at illumos' prompt, which answers it with another prompt; a comment it does not answer. */
export interface BlankCommand extends CommandSource {
  kind: "blank";
}

/** One command of ipseckey. */
export type Command =
  | SaCommand
  | TypeCommand
  | SaveCommand
  | LoadCommand
  | HelpCommand
  | BareCommand
  | UnknownCommand
  | UnreadCommand
  | BlankCommand;
