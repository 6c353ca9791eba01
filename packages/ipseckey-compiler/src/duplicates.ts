import type { Attribute, SaVerb } from "@keysock/ipseckey-grammar";
import { onlyNames } from "./only-names.ts";
import type { Parameters } from "./parameters.ts";
import type { Finding } from "./problem.ts";

/** How illumos takes an attribute that stands there a second time. */
interface DuplicateRow {
  /** What there can only be one of. */
  what: string;
  /** It looks before it reads the value, and then reads the value as an attribute. */
  unread?: true;
  /** It takes no notice: the last one counts. */
  unnoticed?: true;
}

const rows: Readonly<Partial<Record<Attribute["name"], DuplicateRow>>> = {
  spi: { what: "SPI value" },
  "pair-spi": { what: "pair SPI value" },
  replay: { what: "replay window size" },
  state: { what: "SA state" },
  "auth-algorithm": { what: "auth algorithm" },
  "encryption-algorithm": { what: "encryption algorithm" },
  soft_alloc: { what: "soft allocation limit" },
  hard_alloc: { what: "hard allocation limit" },
  soft_bytes: { what: "soft byte limit" },
  hard_bytes: { what: "hard byte limit" },
  soft_addtime: { what: "past-add lifetime" },
  hard_addtime: { what: "past-add lifetime" },
  soft_usetime: { what: "past-use lifetime" },
  hard_usetime: { what: "past-use lifetime" },
  idle_addtime: { what: "past-add lifetime", unnoticed: true },
  idle_usetime: { what: "past-use lifetime", unnoticed: true },
  src: { what: "source address", unread: true },
  dst: { what: "destination address", unread: true },
  "inner-src": { what: "proxy/inner-source address", unread: true },
  "inner-dst": { what: "inner-destination address", unread: true },
  sport: { what: "source port", unread: true },
  dport: { what: "destination port", unread: true },
  isport: { what: "inner-source port", unread: true },
  idport: { what: "inner-destination port", unread: true },
  proto: { what: "protocol", unread: true },
  iproto: { what: "inner protocol", unread: true },
  authkey: { what: "authentication key", unread: true },
  encrkey: { what: "encryption key", unread: true },
  srcidtype: { what: "source certificate identity", unread: true },
  dstidtype: { what: "destination certificate identity", unread: true },
  nat_loc: { what: "NAT-T local address", unread: true },
  nat_rem: { what: "NAT-T remote address", unread: true },
  nat_lport: { what: "NAT-T local port", unread: true },
  nat_rport: { what: "NAT-T remote port", unread: true },
  encap: { what: "encapsulation" },
  reserved_bits: { what: "reserved bits", unnoticed: true },
  replay_value: { what: "replay value", unread: true },
};

/** Of `delete`, `delete-pair` and `get`. */
const rowsOfNaming: typeof rows = {
  spi: { what: "SPI value", unread: true },
  src: { what: "source addr", unread: true },
  dst: { what: "destination address", unread: true },
  sport: { what: "source port", unnoticed: true },
  dport: { what: "destination port", unnoticed: true },
  proto: { what: "protocol", unnoticed: true },
};

/** An attribute that stands there a second time. */
export interface Duplicate {
  finding: Finding;
  /** Illumos goes on with the value as with an attribute. */
  unread: boolean;
}

/** Whether the attribute has been given before, which illumos does not notice where its value was zero. */
export function duplicateOf(
  attribute: Attribute,
  parameters: Parameters,
  verb: SaVerb,
  original: boolean,
): Duplicate | undefined {
  const { name, word } = attribute;
  const row = (onlyNames(verb) ? rowsOfNaming : rows)[name];
  if (row === undefined || !parameters.given.has(name)) return undefined;
  if (original && (row.unnoticed || !isSet(name, parameters, verb))) return undefined;
  const finding: Finding = {
    code: "duplicate-attribute",
    report: "collected",
    original: `Can only specify single ${row.what}.${name === "replay_value" ? "" : "\n"}`,
    message: `Can only specify single ${row.what}: a second ${word} found.`,
  };
  return { finding, unread: row.unread ?? false };
}

function isSet(name: Attribute["name"], parameters: Parameters, verb: SaVerb): boolean {
  switch (name) {
    case "state":
      return parameters.state !== 0;
    case "auth-algorithm":
      return parameters.authentication !== 0;
    case "encryption-algorithm":
      return parameters.encryption !== 0;
    case "src":
    case "dst":
    case "inner-src":
    case "inner-dst":
    case "nat_loc":
    case "nat_rem":
      return parameters.addresses.has(name);
    case "authkey":
    case "encrkey":
      return parameters.keys.has(name);
    case "srcidtype":
    case "dstidtype":
      return parameters.identities.has(name);
    case "encap":
      return parameters.udp;
    case "unknown":
    case "rejected":
    case "inbound":
    case "outbound":
    case "label":
    case "outer-label":
    case "implicit-label":
      return false;
    default:
      return onlyNames(verb) || parameters.numbers.get(name) !== 0n;
  }
}
