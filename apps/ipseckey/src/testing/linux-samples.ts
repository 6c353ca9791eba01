import type { AttributeName } from "@keysock/ipseckey-compiler";

/** How the cells of an attribute show on a Linux kernel. */
export interface LinuxSample {
  /** The attribute with a value that is taken. */
  words: string;
  /** What else `add` and `update` take with it. */
  with?: string;
  /** Lines of the SA's listing that hold it. */
  shows: readonly string[];
  /** What of the SA is there before an `update` changes it; unless given, `words` and `with`: then it has nothing to change. */
  before?: string;
  /** The attribute with a value that is refused, if only some are, and what goes with it. */
  refused?: string;
  /** The same for `update`. */
  refusedUpdate?: string;
  /** What of the SA is there before that `update`, unless it is as before any other. */
  refusedBefore?: string;
}

export const sampleKey = "00112233445566778899aabbccddeeff";

const udp = "src 192.0.2.1 encap udp";
const without = { before: "" };
const encapsulated = { before: `${udp} nat_loc 192.0.2.1` };
const ports = (source: number, destination: number) => [
  "OTH: NAT-T encapsulation type=2",
  `OTH: NAT-T source port=${source}`,
  `OTH: NAT-T destination port=${destination}`,
];
const inTunnel = "OTH: Mode tunnel, request id=0, sequence=0";
const anySource = "SRC: AF_INET: port 0, 0.0.0.0/32 <unspecified>.";
const destination = "DST: AF_INET: port 0, 192.0.2.2/32 (you.domain.com).";

// biome-ignore format: one row a line
export const linuxSamples: Readonly<Record<AttributeName, LinuxSample>> = {
  spi:                    { words: "spi 0x100", shows: ["SA: SADB_ASSOC spi=0x100, replay window size=0, state=MATURE"] },
  "pair-spi":             { words: "pair-spi 1", shows: [] },
  replay:                 { words: "replay 8", shows: ["SA: SADB_ASSOC spi=0x100, replay window size=8, state=MATURE"], refused: "replay 33", refusedUpdate: "replay 9" },
  state:                  { words: "state mature", shows: ["SA: SADB_ASSOC spi=0x100, replay window size=0, state=MATURE"], refused: "state dying" },
  "auth-algorithm":       { words: "authalg md5", with: `authkey ${sampleKey}`, shows: ["SA: Authentication algorithm = hmac-md5"], refusedUpdate: "authalg sha1" },
  "encryption-algorithm": { words: "encralg aes", shows: ["SA: Encryption algorithm = aes-cbc"], refused: "encralg aes-gcm", refusedUpdate: "encralg 3des" },
  soft_alloc:             { words: "soft_alloc 1", ...without, shows: ["SLT: 0 bytes of lifetime, 1 allocations.", "HLT: 0 bytes of lifetime, 0 allocations."] },
  soft_bytes:             { words: "soft_bytes 2", ...without, shows: ["SLT: 2 bytes of lifetime, 0 allocations.", "HLT: 0 bytes of lifetime, 0 allocations."] },
  soft_addtime:           { words: "soft_addtime 58", ...without, shows: ["SLT: 58 seconds of post-add lifetime.", "HLT: 0 seconds of post-add lifetime."] },
  soft_usetime:           { words: "soft_usetime 4", ...without, shows: ["SLT: 4 seconds of post-use lifetime.", "HLT: 0 seconds of post-use lifetime."] },
  hard_alloc:             { words: "hard_alloc 5", ...without, shows: ["HLT: 0 bytes of lifetime, 5 allocations.", "SLT: 0 bytes of lifetime, 0 allocations."] },
  hard_bytes:             { words: "hard_bytes 6", ...without, shows: ["HLT: 6 bytes of lifetime, 0 allocations.", "SLT: 0 bytes of lifetime, 0 allocations."] },
  hard_addtime:           { words: "hard_addtime 59", ...without, shows: ["HLT: 59 seconds of post-add lifetime.", "SLT: 0 seconds of post-add lifetime."], refused: "hard_addtime 9223372036854775808" },
  hard_usetime:           { words: "hard_usetime 8", ...without, shows: ["HLT: 8 seconds of post-use lifetime.", "SLT: 0 seconds of post-use lifetime."], refused: "hard_usetime 9223372036854775808" },
  src:                    { words: "src 192.0.2.1", shows: ["SRC: AF_INET: port 0, 192.0.2.1/32 (me.domain.com)."], refusedUpdate: "src 192.0.2.9" },
  dst:                    { words: "dst 192.0.2.2", shows: [destination] },
  "inner-src":            { words: "isrc 10.1.0.0/16", shows: [inTunnel, "PXY: AF_INET: port 0, 10.1.0.0/16 <unknown>."], refusedUpdate: "isrc 10.2.0.0/16" },
  "inner-dst":            { words: "idst 0.0.0.0/0", with: "src 192.0.2.1", shows: [inTunnel, "PXY: AF_INET: port 0, 0.0.0.0 <unspecified>."], refused: "idst 10.2.0.0/16", refusedUpdate: "idst ::/0" },
  sport:                  { words: "sport 0", shows: [anySource], refused: "sport 1" },
  dport:                  { words: "dport 0", shows: [destination], refused: "dport 1" },
  isport:                 { words: "isport 0", shows: [inTunnel], refused: "isport 1" },
  idport:                 { words: "idport 0", shows: [inTunnel], refused: "idport 1" },
  proto:                  { words: "proto 0", shows: [destination], refused: "proto 6" },
  iproto:                 { words: "iproto 0", shows: [inTunnel], refused: "iproto 6" },
  authkey:                { words: `authkey ${sampleKey}`, with: "authalg md5", shows: [`AKY: ${sampleKey}/128`], refusedUpdate: `authkey ${"11".repeat(16)}` },
  encrkey:                { words: `encrkey ${sampleKey}`, with: "encralg aes", shows: [`EKY: ${sampleKey}/128`], refusedUpdate: `encrkey ${"11".repeat(16)}` },
  srcidtype:              { words: "srcidtype fqdn a", shows: [] },
  dstidtype:              { words: "dstidtype fqdn a", shows: [] },
  nat_loc:                { words: "nat_loc 192.0.2.1", with: `${udp} nat_lport 1 nat_rport 2`, ...encapsulated, shows: ports(1, 2), refused: `nat_loc 192.0.2.9 ${udp}` },
  nat_rem:                { words: "nat_rem 192.0.2.1", with: `${udp} nat_lport 1 nat_rport 2`, ...encapsulated, shows: ports(2, 1), refused: `nat_rem 192.0.2.9 ${udp}` },
  nat_lport:              { words: "nat_lport 4501", with: `${udp} outbound`, ...encapsulated, shows: ports(4501, 4500) },
  nat_rport:              { words: "nat_rport 4502", with: `${udp} outbound`, ...encapsulated, shows: ports(4500, 4502) },
  encap:                  { words: "encap udp", with: "src 192.0.2.1 nat_loc 192.0.2.1", shows: ports(4500, 4500), refusedUpdate: "encap udp nat_loc 192.0.2.1", refusedBefore: "src 192.0.2.1" },
  outbound:               { words: "outbound", with: `${udp} nat_lport 1 nat_rport 2`, ...encapsulated, shows: ports(1, 2), refused: "outbound" },
  inbound:                { words: "inbound", with: `${udp} nat_lport 1 nat_rport 2`, ...encapsulated, shows: ports(2, 1), refused: "inbound" },
  reserved_bits:          { words: "reserved_bits 32", shows: [] },
  replay_value:           { words: "replay_value 1", shows: [] },
  idle_addtime:           { words: "idle_addtime 1", shows: [] },
  idle_usetime:           { words: "idle_usetime 1", shows: [] },
  label:                  { words: "label a", shows: [] },
  "outer-label":          { words: "outer-label a", shows: [] },
  "implicit-label":       { words: "implicit-label a", shows: [] },
};
