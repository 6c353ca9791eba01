import type { Attribute, SaVerb } from "@keysock/ipseckey-grammar";

/** Names of the attributes that stand for something. */
export type AttributeName = Exclude<Attribute["name"], "unknown" | "rejected">;

/** The verbs that Linux has. */
export type LinuxVerb = "add" | "update" | "delete" | "get";

/** What becomes of an attribute: the field of the message that it sets, or why it is refused. */
export type LinuxCell =
  | {
      field: string;
      /** What is refused all the same. */
      but?: string;
    }
  | { refused: string };

/** One attribute under each verb. */
export type LinuxRow = { attribute: AttributeName } & Readonly<Record<LinuxVerb, LinuxCell>>;

const noSelector = "an SA of Linux's PF_KEY is for any port and protocol: say it in the policy";
const noInnerDestination = "Linux's PF_KEY has no place for the inner destination: say it in the policy";
const noPairs = "Linux has no pairs of SAs";
const noIdle = "Linux has no idle lifetimes";
const noIdentity = "Linux drops identities";
const noLabel = "Linux's SAs have no sensitivity labels";
const noDirection = "an SA of Linux has no direction, its policies have";
const noNatAddress =
  "Linux drops the original addresses of NAT-T: only those of the SA itself may stand here";

/** `time64_t` of Linux. */
export const mostSeconds = 2n ** 63n - 1n;

/** Why Linux refuses what it could take only in part. */
export const reasons = {
  noSelector,
  noInnerDestination,
  noDirection,
  noNatAddress,
  noPairs,
  mixedInner: "inner source and inner destination are of different families",
  portsWithoutSide:
    "Linux wants source and destination port: say inbound or outbound, or with nat_loc which of src and dst is the local one",
  contradictingSides:
    "inbound, outbound, nat_loc and nat_rem do not agree on which of src and dst is the local one",
  alwaysMature: "Linux makes every SA mature",
  longTime: "Linux counts seconds with a sign, and such an SA is over at once",
  window: "a window of Linux's PF_KEY has at most 32 packets",
  combinedMode: "Linux's PF_KEY has no combined-mode algorithms, its XFRM has",
  mixedFamilies: "source and destination are of different families",
  kept: "Linux leaves it as it is once an SA is mature: delete the SA and add it anew",
  notEncapsulated: "Linux adds no UDP encapsulation to an SA that has none",
} as const;

const same = (cell: LinuxCell) => ({ add: cell, update: cell });
const spoken = "delete and get only name an SA";
const notNaming = { delete: { refused: spoken }, get: { refused: spoken } } as const;
const everywhere = (cell: LinuxCell) => ({ add: cell, update: cell, delete: cell, get: cell });
const refused = (reason: string): LinuxCell => ({ refused: reason });
const limit = (field: string) => ({
  field: `${field}, and a twin of zeros where the other lifetime is not given`,
});
const time = (field: string): LinuxCell => ({
  ...limit(field),
  but: `more than ${mostSeconds}: ${reasons.longTime}`,
});
const kept = (field: string): LinuxCell => ({
  field,
  but: `one that differs from the mature SA's: ${reasons.kept}`,
});
const zero = (reason: string): LinuxCell => ({ field: "none: 0 is any", but: `any other number: ${reason}` });

/**
 * What becomes of each attribute on a Linux kernel. Words that no verb takes anywhere (`flags`, `dpd`) are not here. The verbs
 * `update-pair` and `delete-pair` are refused: Linux has no pairs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linuxSupport } from "@keysock/ipseckey-compiler";
 *
 * const row = linuxSupport.find(({ attribute }) => attribute === "pair-spi");
 * assert.deepEqual(row?.add, { refused: "Linux has no pairs of SAs" });
 * ```
 */
// biome-ignore format: one row a line
export const linuxSupport: readonly LinuxRow[] = [
  { attribute: "spi",                  ...everywhere({ field: "sa.spi" }) },
  { attribute: "pair-spi",             ...same(refused(noPairs)), ...notNaming },
  { attribute: "replay",               add: { field: "sa.replay", but: `more than 32: ${reasons.window}` }, update: kept("sa.replay"), ...notNaming },
  { attribute: "state",                ...same({ field: "sa.state", but: `all but mature: ${reasons.alwaysMature}` }), ...notNaming },
  { attribute: "auth-algorithm",       add: { field: "sa.authentication" }, update: kept("sa.authentication"), ...notNaming },
  { attribute: "encryption-algorithm", add: { field: "sa.encryption", but: `combined modes over PF_KEY: ${reasons.combinedMode}` }, update: kept("sa.encryption"), ...notNaming },
  { attribute: "soft_alloc",           ...same(limit("lifetimeSoft.allocations")), ...notNaming },
  { attribute: "soft_bytes",           ...same(limit("lifetimeSoft.bytes")), ...notNaming },
  { attribute: "soft_addtime",         ...same(limit("lifetimeSoft.addTime")), ...notNaming },
  { attribute: "soft_usetime",         ...same(limit("lifetimeSoft.useTime")), ...notNaming },
  { attribute: "hard_alloc",           ...same(limit("lifetimeHard.allocations")), ...notNaming },
  { attribute: "hard_bytes",           ...same(limit("lifetimeHard.bytes")), ...notNaming },
  { attribute: "hard_addtime",         ...same(time("lifetimeHard.addTime")), ...notNaming },
  { attribute: "hard_usetime",         ...same(time("lifetimeHard.useTime")), ...notNaming },
  { attribute: "src",                  add: { field: "addressSource; any of the destination's family where none is given" }, update: kept("addressSource"), delete: { field: "addressSource, which Linux does not compare" }, get: { field: "addressSource, which Linux does not compare" } },
  { attribute: "dst",                  ...everywhere({ field: "addressDestination" }) },
  { attribute: "inner-src",            add: { field: "addressProxy, and sa2.mode tunnel" }, update: kept("addressProxy, and sa2.mode"), ...notNaming },
  { attribute: "inner-dst",            add: { field: "addressProxy of its family, and sa2.mode tunnel", but: `a prefix longer than 0: ${noInnerDestination}` }, update: kept("addressProxy, and sa2.mode"), ...notNaming },
  { attribute: "sport",                ...everywhere(zero(noSelector)) },
  { attribute: "dport",                ...everywhere(zero(noSelector)) },
  { attribute: "isport",               ...same({ field: "sa2.mode tunnel", but: `any number but 0: ${noSelector}` }), ...notNaming },
  { attribute: "idport",               ...same({ field: "sa2.mode tunnel", but: `any number but 0: ${noSelector}` }), ...notNaming },
  { attribute: "proto",                ...same({ field: "none: 0 is any, 4 and 41 are what a tunnel's SA carries", but: `any other number: ${noSelector}` }), delete: zero(noSelector), get: zero(noSelector) },
  { attribute: "iproto",               ...same({ field: "sa2.mode tunnel", but: `any number but 0: ${noSelector}` }), ...notNaming },
  { attribute: "authkey",              add: { field: "keyAuthentication" }, update: kept("keyAuthentication"), ...notNaming },
  { attribute: "encrkey",              add: { field: "keyEncryption; an empty one for the NULL cipher" }, update: kept("keyEncryption"), ...notNaming },
  { attribute: "srcidtype",            ...same(refused(noIdentity)), ...notNaming },
  { attribute: "dstidtype",            ...same(refused(noIdentity)), ...notNaming },
  { attribute: "nat_loc",              ...same({ field: "which of natTSourcePort and natTDestinationPort is the local one", but: `an address that is neither src nor dst: ${noNatAddress}` }), ...notNaming },
  { attribute: "nat_rem",              ...same({ field: "which of natTSourcePort and natTDestinationPort is the remote one", but: `an address that is neither src nor dst: ${noNatAddress}` }), ...notNaming },
  { attribute: "nat_lport",            ...same({ field: "natTSourcePort or, where dst is local, natTDestinationPort; 4500 where none is given" }), ...notNaming },
  { attribute: "nat_rport",            ...same({ field: "natTDestinationPort or, where dst is local, natTSourcePort; 4500 where none is given" }), ...notNaming },
  { attribute: "encap",                add: { field: "natTType" }, update: { field: "natTType", but: `on an SA without it: ${reasons.notEncapsulated}` }, ...notNaming },
  { attribute: "outbound",             ...same({ field: "that src is the local side of encap udp", but: `without encap: ${noDirection}` }), delete: refused(noDirection), get: refused(noDirection) },
  { attribute: "inbound",              ...same({ field: "that dst is the local side of encap udp", but: `without encap: ${noDirection}` }), delete: refused(noDirection), get: refused(noDirection) },
  { attribute: "reserved_bits",        ...same(refused("Linux's PF_KEY does not tell a salt from the rest of the key")), ...notNaming },
  { attribute: "replay_value",         ...same(refused("Linux's PF_KEY does not set the replay counter")), ...notNaming },
  { attribute: "idle_addtime",         ...same(refused(noIdle)), ...notNaming },
  { attribute: "idle_usetime",         ...same(refused(noIdle)), ...notNaming },
  { attribute: "label",                ...same(refused(noLabel)), ...notNaming },
  { attribute: "outer-label",          ...same(refused(noLabel)), ...notNaming },
  { attribute: "implicit-label",       ...same(refused(noLabel)), ...notNaming },
];

/** Why Linux takes an attribute under no circumstances; undefined: it does, or the language does not. */
export function refusalOnLinux(attribute: Attribute["name"], verb: SaVerb): string | undefined {
  const row = linuxSupport.find((each) => each.attribute === attribute);
  const cell = row?.[verb as LinuxVerb];
  return cell !== undefined && "refused" in cell ? cell.refused : undefined;
}
