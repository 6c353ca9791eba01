import type {
  AddressAttribute,
  AlgorithmAttribute,
  FlagAttribute,
  IdentityAttribute,
  KeyAttribute,
  NumberName,
  SaVerb,
  TextAttribute,
} from "./command.ts";

/** What a verb is to the grammar: its type of token. */
export type VerbType = "saVerb" | "typeVerb" | "saveVerb" | "loadVerb" | "helpVerb" | "bareVerb";

/** A verb; synonyms share a kind. */
export interface VerbRow {
  word: string;
  kind: SaVerb | "flush" | "dump" | "monitor" | "passive_monitor" | "exit" | "save" | "load" | "help";
  type: VerbType;
  /** The manual page has it, the original does not. */
  wider?: true;
}

/** In the order of the original's table. */
const verbRows: readonly VerbRow[] = [
  { word: "update", kind: "update", type: "saVerb" },
  { word: "update-pair", kind: "update-pair", type: "saVerb" },
  { word: "add", kind: "add", type: "saVerb" },
  { word: "delete", kind: "delete", type: "saVerb" },
  { word: "delete-pair", kind: "delete-pair", type: "saVerb" },
  { word: "get", kind: "get", type: "saVerb" },
  { word: "flush", kind: "flush", type: "typeVerb" },
  { word: "dump", kind: "dump", type: "typeVerb" },
  { word: "monitor", kind: "monitor", type: "bareVerb" },
  { word: "passive_monitor", kind: "passive_monitor", type: "bareVerb" },
  { word: "pmonitor", kind: "passive_monitor", type: "bareVerb" },
  { word: "quit", kind: "exit", type: "bareVerb" },
  { word: "exit", kind: "exit", type: "bareVerb" },
  { word: "save", kind: "save", type: "saveVerb" },
  { word: "help", kind: "help", type: "helpVerb" },
  { word: "?", kind: "help", type: "helpVerb" },
  { word: "load", kind: "load", type: "loadVerb", wider: true },
];

/** The verbs by their words, which are compared with exact case. */
export const verbs: ReadonlyMap<string, VerbRow> = new Map(verbRows.map((row) => [row.word, row]));

/** Words for types of SA, compared in any case, and their numbers. */
export const saTypes: ReadonlyMap<string, number> = new Map([
  ["all", 0],
  ["ah", 2],
  ["esp", 3],
]);

/** States of an SA by name, compared with exact case, and their numbers. */
export const states: ReadonlyMap<string, number> = new Map([
  ["larval", 0],
  ["mature", 1],
  ["dying", 2],
  ["dead", 3],
]);

/** Types of identities, compared in any case, and their numbers. */
export const identityTypes: ReadonlyMap<string, number> = new Map([
  ["prefix", 1],
  ["fqdn", 2],
  ["domain", 2],
  ["domainname", 2],
  ["user_fqdn", 3],
  ["mailbox", 3],
  ["der_dn", 4],
  ["der_gn", 5],
]);

/** A word that begins an attribute, what it stands for and what must follow. */
export type AttributeRow = { word: string } & (
  | { takes: "number"; name: NumberName; bits: 8 | 16 | 32 | 64; originalBits?: 32 }
  | { takes: "state"; name: "state" }
  | { takes: "algorithm"; name: AlgorithmAttribute["name"] }
  | { takes: "address"; name: AddressAttribute["name"]; family: "any" | "inet6" }
  | { takes: "key"; name: KeyAttribute["name"] }
  | { takes: "identity"; name: IdentityAttribute["name"] }
  | { takes: "text"; name: TextAttribute["name"] }
  | { takes: "nothing"; name: FlagAttribute["name"] }
  | { takes: "rejected"; name: "rejected" }
);

/** In the order of `help attr`. */
const attributeRows: readonly AttributeRow[] = [
  { word: "spi", takes: "number", name: "spi", bits: 32 },
  { word: "pair-spi", takes: "number", name: "pair-spi", bits: 32 },
  { word: "replay", takes: "number", name: "replay", bits: 8 },
  { word: "state", takes: "state", name: "state" },
  { word: "auth_alg", takes: "algorithm", name: "auth-algorithm" },
  { word: "authalg", takes: "algorithm", name: "auth-algorithm" },
  { word: "encr_alg", takes: "algorithm", name: "encryption-algorithm" },
  { word: "encralg", takes: "algorithm", name: "encryption-algorithm" },
  { word: "flags", takes: "rejected", name: "rejected" },
  { word: "soft_alloc", takes: "number", name: "soft_alloc", bits: 32 },
  { word: "soft_bytes", takes: "number", name: "soft_bytes", bits: 64 },
  { word: "soft_addtime", takes: "number", name: "soft_addtime", bits: 64 },
  { word: "soft_usetime", takes: "number", name: "soft_usetime", bits: 64 },
  { word: "hard_alloc", takes: "number", name: "hard_alloc", bits: 32 },
  { word: "hard_bytes", takes: "number", name: "hard_bytes", bits: 64 },
  { word: "hard_addtime", takes: "number", name: "hard_addtime", bits: 64 },
  { word: "hard_usetime", takes: "number", name: "hard_usetime", bits: 64 },
  { word: "current_alloc", takes: "rejected", name: "rejected" },
  { word: "current_bytes", takes: "rejected", name: "rejected" },
  { word: "current_addtime", takes: "rejected", name: "rejected" },
  { word: "current_usetime", takes: "rejected", name: "rejected" },
  { word: "saddr", takes: "address", name: "src", family: "any" },
  { word: "srcaddr", takes: "address", name: "src", family: "any" },
  { word: "src", takes: "address", name: "src", family: "any" },
  { word: "daddr", takes: "address", name: "dst", family: "any" },
  { word: "dstaddr", takes: "address", name: "dst", family: "any" },
  { word: "dst", takes: "address", name: "dst", family: "any" },
  { word: "proxyaddr", takes: "address", name: "inner-src", family: "any" },
  { word: "proxy", takes: "address", name: "inner-src", family: "any" },
  { word: "innersrc", takes: "address", name: "inner-src", family: "any" },
  { word: "isrc", takes: "address", name: "inner-src", family: "any" },
  { word: "innerdst", takes: "address", name: "inner-dst", family: "any" },
  { word: "idst", takes: "address", name: "inner-dst", family: "any" },
  { word: "sport", takes: "number", name: "sport", bits: 16 },
  { word: "dport", takes: "number", name: "dport", bits: 16 },
  { word: "innersport", takes: "number", name: "isport", bits: 16 },
  { word: "isport", takes: "number", name: "isport", bits: 16 },
  { word: "innerdport", takes: "number", name: "idport", bits: 16 },
  { word: "idport", takes: "number", name: "idport", bits: 16 },
  { word: "proto", takes: "number", name: "proto", bits: 8 },
  { word: "ulp", takes: "number", name: "proto", bits: 8 },
  { word: "iproto", takes: "number", name: "iproto", bits: 8 },
  { word: "iulp", takes: "number", name: "iproto", bits: 8 },
  { word: "saddr6", takes: "address", name: "src", family: "inet6" },
  { word: "srcaddr6", takes: "address", name: "src", family: "inet6" },
  { word: "src6", takes: "address", name: "src", family: "inet6" },
  { word: "daddr6", takes: "address", name: "dst", family: "inet6" },
  { word: "dstaddr6", takes: "address", name: "dst", family: "inet6" },
  { word: "dst6", takes: "address", name: "dst", family: "inet6" },
  { word: "proxyaddr6", takes: "address", name: "inner-src", family: "inet6" },
  { word: "proxy6", takes: "address", name: "inner-src", family: "inet6" },
  { word: "innersrc6", takes: "address", name: "inner-src", family: "inet6" },
  { word: "isrc6", takes: "address", name: "inner-src", family: "inet6" },
  { word: "innerdst6", takes: "address", name: "inner-dst", family: "inet6" },
  { word: "idst6", takes: "address", name: "inner-dst", family: "inet6" },
  { word: "authkey", takes: "key", name: "authkey" },
  { word: "encrkey", takes: "key", name: "encrkey" },
  { word: "srcidtype", takes: "identity", name: "srcidtype" },
  { word: "dstidtype", takes: "identity", name: "dstidtype" },
  { word: "dpd", takes: "rejected", name: "rejected" },
  { word: "sens_level", takes: "rejected", name: "rejected" },
  { word: "sens_map", takes: "rejected", name: "rejected" },
  { word: "integ_level", takes: "rejected", name: "rejected" },
  { word: "integ_map", takes: "rejected", name: "rejected" },
  { word: "nat_loc", takes: "address", name: "nat_loc", family: "any" },
  { word: "nat_rem", takes: "address", name: "nat_rem", family: "any" },
  { word: "nat_lport", takes: "number", name: "nat_lport", bits: 16 },
  { word: "nat_rport", takes: "number", name: "nat_rport", bits: 16 },
  { word: "encap", takes: "text", name: "encap" },
  { word: "outbound", takes: "nothing", name: "outbound" },
  { word: "inbound", takes: "nothing", name: "inbound" },
  { word: "reserved_bits", takes: "number", name: "reserved_bits", bits: 32 },
  { word: "replay_value", takes: "number", name: "replay_value", bits: 32 },
  { word: "idle_addtime", takes: "number", name: "idle_addtime", bits: 64, originalBits: 32 },
  { word: "idle_usetime", takes: "number", name: "idle_usetime", bits: 64, originalBits: 32 },
  { word: "label", takes: "text", name: "label" },
  { word: "outer-label", takes: "text", name: "outer-label" },
  { word: "implicit-label", takes: "text", name: "implicit-label" },
];

/** The attributes by their words, which are compared with exact case. */
export const attributes: ReadonlyMap<string, AttributeRow> = new Map(
  attributeRows.map((row) => [row.word, row]),
);

/** The words of all attributes, in the order in which `help attr` shows them. */
export const attributeWords: readonly string[] = attributeRows.map(({ word }) => word);

/** All verbs in the order of the original's table, `load` last: the original does not have it. */
export const verbWords: readonly string[] = verbRows.map(({ word }) => word);

/** What `delete`, `delete-pair` and `get` take. */
const identifying: ReadonlySet<string> = new Set([
  ...["spi", "sport", "dport", "proto"],
  ...["src", "dst", "inbound", "outbound"],
]);

/** Whether an attribute may stand behind that verb. */
export function mayStand({ name, takes }: AttributeRow, verb: SaVerb): boolean {
  return takes !== "rejected" && (isChange(verb) || identifying.has(name));
}

/** Whether it writes an SA; the others only name one. */
export function isChange(verb: SaVerb): boolean {
  return verb === "add" || verb === "update" || verb === "update-pair";
}
