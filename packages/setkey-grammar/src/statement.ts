/** Where something begins: line and column from 1, offset from 0, all in bytes. */
export interface Position {
  line: number;
  column: number;
  offset: number;
}

/** A word of the source as the scanner saw it. The text of a key is a secret. */
export interface Token {
  /**
   * What the scanner took it for: `keyword`, `protocol`, `flag`, `numberFlag` (one that takes a number), `addressFlags`, `encryption`,
   * `authentication`, `decimal`, `hex`, `bareHex` (a key without 0x), `quoted`, `string`, `policy`, `;`, `/`, `[`, `]`; in
   * what a syntax error has of its statement also `end` (of the input) and `missing`.
   */
  type: string;
  /** As it stands in the source; a quoted string without its quotes. One character a byte (latin1). */
  text: string;
  position: Position;
}

/** A value and the index in `tokens` of the token that gave it. */
export interface Word<T> {
  value: T;
  token: number;
}

/** The security protocols of the language; undefined where it may be left out and is. */
export type ProtocolWord = "esp" | "esp-old" | "esp-udp" | "ah" | "ah-old" | "ipcomp" | "tcp";

/** `-4`, `-6`, `-n` and their clusters. */
export interface AddressFlags {
  family?: "inet" | "inet6";
  numericOnly: boolean;
}

/** An address of an SA: text and port as written. */
export interface Endpoint {
  address: Word<string>;
  /** Without its brackets; "any" too. */
  port?: Word<string>;
}

/** A range of a policy's selector: address, prefix length and port as written. */
export interface Range extends Endpoint {
  prefixLength?: Word<string>;
}

/** Everything that a statement has in common with the others. */
interface Source {
  /** All of the statement's tokens, its `;` last. */
  tokens: readonly Token[];
  position: Position;
}

/** A key as bytes; `text` of the token that `token` points to is its source. */
export type KeyWord = Word<Uint8Array>;

/** What follows `-E`, `-A` or `-C`. */
export interface Algorithms {
  encryption?: { name: Word<string>; key?: KeyWord };
  authentication?: { name: Word<string>; key?: KeyWord };
  compression?: { name: Word<"oui" | "deflate" | "lzs">; rawCpi: boolean };
}

/** Extensions before the algorithms, in the order in which they were written; numbers as written. */
export type SaOption =
  | { kind: "mode"; value: Word<"transport" | "tunnel" | "any"> }
  | {
      kind: "reqid" | "replay" | "hardTime" | "softTime" | "hardBytes" | "softBytes" | "espFragment";
      value: Word<string>;
    }
  | { kind: "flag"; value: Word<"zero-pad" | "random-pad" | "seq-pad" | "nocyclic-seq"> }
  | { kind: "securityContext"; doi: Word<string>; algorithm: Word<string>; context: Word<string> }
  | { kind: "natT"; source: Endpoint; destination: Endpoint }
  | { kind: "natTMtu"; value: Word<string> }
  | { kind: "esn"; value: Word<true> }
  | { kind: "hardwareInterface"; value: Word<string>; packet?: Word<true> }
  | ({ kind: "mark" | "outputMark" } & Marking)
  | { kind: "ifId"; value: Word<string> }
  | { kind: "direction"; value: Word<"in" | "out"> }
  | ({ kind: "selector" } & Pick<SpdStatement, "source" | "destination" | "upper" | "upperDetail">);

/** A mark as written: decimal, or hexadecimal with 0x. */
export interface Marking {
  value: Word<string>;
  /** Which of its bits count; all unless given. */
  mask?: Word<string>;
}

/** `add`, `update`, `getspi`, `get` and `delete`. */
export interface SaStatement extends Source {
  kind: "add" | "update" | "getspi" | "get" | "delete";
  addressFlags: AddressFlags;
  source: Endpoint;
  destination: Endpoint;
  protocol?: Word<ProtocolWord>;
  /** The original address that may follow `esp-udp`. */
  originalAddress?: Word<string>;
  /** As written: decimal, or hexadecimal with 0x. */
  spi: Word<string>;
  options: readonly SaOption[];
  algorithms: Algorithms;
}

/** `deleteall`. */
export interface DeleteAllStatement extends Source {
  kind: "deleteall";
  addressFlags: AddressFlags;
  source: Endpoint;
  destination: Endpoint;
  protocol?: Word<ProtocolWord>;
}

/** `flush` and `dump`. */
export interface SadStatement extends Source {
  kind: "flush" | "dump";
  protocol?: Word<ProtocolWord>;
}

/** `spdadd`, `spdupdate` and `spddelete`. */
export interface SpdStatement extends Source {
  kind: "spdadd" | "spdupdate" | "spddelete";
  addressFlags: AddressFlags;
  mark?: Marking;
  /** Of the virtual interface, as written. */
  ifId?: Word<string>;
  source: Range;
  destination: Range;
  upper: Word<string>;
  /** What may follow the upper protocol: `135,0`, `8`, `10.0.0.1`. */
  upperDetail?: Word<string>;
  securityContext?: { doi: Word<string>; algorithm: Word<string>; context: Word<string> };
  policy: PolicyWord;
}

/** `spdadd tagged` and `spdupdate tagged`. */
export interface TaggedStatement extends Source {
  kind: "spdadd-tagged" | "spdupdate-tagged";
  tag: Word<string>;
  policy: PolicyWord;
}

/** `spddump`, `spdflush` and the words that end the input. */
export interface BareStatement extends Source {
  kind: "spddump" | "spdflush" | "exit";
}

/** One statement of setkey. */
export type Statement =
  | SaStatement
  | DeleteAllStatement
  | SadStatement
  | SpdStatement
  | TaggedStatement
  | BareStatement;

/** The text after `-P` with the token that holds it, and what it says. */
export interface PolicyWord extends Word<Policy | PolicyProblem> {}

/** A policy in ipsec_set_policy(3)'s language. */
export interface Policy {
  direction: "in" | "out" | "fwd";
  /** undefined: only a direction, as `spddelete` takes it. */
  action?: "discard" | "none" | "ipsec" | "entrust" | "bypass";
  /** The number that goes on the wire; undefined where none was written. */
  priority?: number;
  rules: readonly PolicyRule[];
}

/** `esp/tunnel/10.0.0.1-10.0.0.2/require`. */
export interface PolicyRule {
  protocol: "esp" | "ah" | "ipcomp" | "tcp";
  mode: "transport" | "tunnel";
  /** End points as written; "me" and "any" give none. */
  source?: { address: string; port?: string };
  destination?: { address: string; port?: string };
  level: "default" | "use" | "require" | "unique";
  /** Of `unique:N`. */
  reqid?: number;
}

/** Why the text after `-P` is no policy. */
export interface PolicyProblem {
  problem: true;
  /** libipsec's text: `Too few arguments`, `Invalid argument`, ... */
  message: string;
  /** What libipsec prints on standard error beside it, where it does. */
  remark?: string;
  /** Where in the policy's text, in bytes. */
  offset: number;
  expected: readonly string[];
  /** The word that was meant, if what was found looks like one. */
  suggestion?: string;
}
