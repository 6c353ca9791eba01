/**
 * What happens by itself as seconds pass: requests, each at its second, and what is heard between them.
 */
import { type OutgoingExtension, type OutgoingMessage, request } from "@keysock/wire";
import {
  about,
  addEsp,
  address,
  ends,
  getspi,
  ipsecRequest,
  key,
  limits,
  nullKey,
  sa,
  sa2,
  sockaddrOf,
  spd,
} from "./requests.ts";
import type { Timeline } from "./timeline.ts";

type Given = { add?: number | bigint; use?: number; bytes?: number; packets?: number };

const limit = (kind: "lifetimeHard" | "lifetimeSoft", { add = 0, ...rest }: Given): OutgoingExtension =>
  ({
    ...limits(kind, rest),
    kind,
    addTime: BigInt(add),
  }) as OutgoingExtension;
const both = (hard: Given, soft: Given = {}): OutgoingExtension[] => [
  limit("lifetimeHard", hard),
  limit("lifetimeSoft", soft),
];
const add = (hard: Given, soft?: Given, spi = 0x1000): OutgoingMessage => addEsp(spi, both(hard, soft));
const update = (more: OutgoingExtension[]): OutgoingMessage => ({ ...addEsp(0x1000, more), type: "update" });

const get = about("get", 0x1000);
const dump = request("dump", "unspec");
const flush = request("flush", "unspec");
const spddump = request("spddump", "unspec");
const v6 = ends("2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2");

const natT: OutgoingExtension[] = [
  { kind: "natTType", natTType: 2, reserved: 0 },
  { kind: "natTSourcePort", port: 4500, reserved: 0 },
  { kind: "natTDestinationPort", port: 4501, reserved: 0 },
];

/** One SA of each kind, all with the same limits. */
const kinds = (given: OutgoingExtension[]): OutgoingMessage[] => [
  request("add", "ah", [
    sa(1, { authentication: 3, encryption: 0, replay: 32 }),
    ...ends(),
    key("keyAuthentication", 20),
    ...given,
  ]),
  request("add", "esp", [
    sa(2, { authentication: 2, encryption: 12, flags: 0x8000_0000 }),
    ...v6,
    key("keyEncryption", 16),
    key("keyAuthentication", 16),
    sa2(2, 7),
    ...given,
  ]),
  request("add", "esp", [sa(3), ...ends(), nullKey, sa2(2), ...natT, ...given]),
  request("add", "esp", [
    sa(4),
    ...ends(),
    nullKey,
    sa2(2),
    address("addressProxy", "10.0.0.0", { prefixLength: 8 }),
    ...given,
  ]),
  request("add", "ipcomp", [sa(5, { encryption: 2 }), ...ends(), ...given]),
  request("add", "esp", [sa(6), ...ends(), nullKey, sa2(3), ...given]),
];

const tunnel = ipsecRequest({
  mode: 2,
  source: sockaddrOf("192.0.2.1"),
  destination: sockaddrOf("192.0.2.2"),
});
const policyFor = (type: "spdadd" | "spdupdate", more: OutgoingExtension[]): OutgoingMessage => {
  const message = spd(type, { requests: [tunnel] });
  return { ...message, extensions: [...message.extensions, ...more] };
};

// biome-ignore format: one row a line
export const lifetimes: Readonly<Record<string, Timeline>> = {
  "hard and soft at once: hard":             [[0, add({ add: 1 }, { add: 1 })], [1.5, dump]],
  "soft, then hard":                         [[0, add({ add: 2 }, { add: 1 })], [1.5, get, dump], [2.5, get, dump]],
  "soft after hard never comes":             [[0, add({ add: 1 }, { add: 2 })], [1.5, get], [2.5, get]],
  "soft alone comes once":                   [[0, add({}, { add: 1 })], [1.5, get], [2.5], [3.5, get]],
  "hard alone":                              [[0, add({ add: 2 })], [1.5, get], [2.5, get]],
  "use times of what is not used":           [[0, add({ use: 2 }, { use: 1 })], [1.5], [2.5, get]],
  "bytes and packets of what is not used":   [[0, add({ bytes: 1, packets: 1 }, { bytes: 1, packets: 1 })], [1.5], [2.5, get]],
  "three at once, in their order":           [[0, add({ add: 2 }, { add: 1 }, 1), add({ add: 2 }, { add: 1 }, 2), add({ add: 2 }, { add: 1 }, 3)], [1.5, dump], [2.5, dump]],
  "one is deleted, one is flushed":          [[0, add({ add: 2 }, { add: 1 }), add({ add: 3 }, {}, 2)], [1.5, about("delete", 0x1000)], [2.5, flush], [3.5]],
  "an UPDATE of a dying one":                [[0, add({ add: 3 }, { add: 1 })], [1.5, update(both({ add: 5 }, { add: 3 })), get], [2.5, get], [3.5, get], [4.5], [5.5, get]],
  "an UPDATE to limits that are past":       [[0, add({ add: 60 }, { add: 60 })], [2.3, update(both({ add: 2 }, { add: 1 })), get], [3.0, get], [3.7, get]],
  "an UPDATE to a soft limit that is past":  [[0, add({ add: 60 }, { add: 60 })], [2.3, update(both({ add: 60 }, { add: 1 }))], [3.0, get], [3.7, get], [4.7]],
  "an UPDATE without limits":                [[0, add({ add: 2 }, { add: 1 })], [0.5, update([])], [1.5, get], [2.5, get]],
  "an UPDATE that fails":                    [[0, add({ add: 2 }, { add: 1 })], [0.5, update([...both({ add: 60 }), ...natT])], [1.5], [2.5, get]],
  "an UPDATE of a larval SA":                [[0, getspi(0x1000, 0x1000), update(both({ add: 2 }, { add: 1 }))], [1.5, get], [2.5, get]],
  "one of each kind":                        [[0, ...kinds(both({ add: 2 }, { add: 1 }))], [1.5, dump], [2.5, dump]],
  "2 to the 31st seconds":                   [[0, add({ add: 2n ** 31n }, { add: 2n ** 31n })], [1.5, get], [2.5, get]],
  "2 to the 62nd seconds":                   [[0, add({ add: 2n ** 62n }, { add: 2n ** 62n })], [1.5, get], [2.5, get]],
  "2 to the 63rd seconds, hard":             [[0, add({ add: 2n ** 63n })], [1.5, get], [2.5, get]],
  "2 to the 63rd seconds, soft":             [[0, add({ add: 60 }, { add: 2n ** 63n })], [1.5, get], [2.5, get]],
  "2 to the 64th seconds but one":           [[0, add({ add: 2n ** 64n - 1n })], [1.5, get], [2.5, get]],
  "2 to the 64th seconds but the time now":  [[0, add({}, { add: 2n ** 64n - 1_000_000_000n })], [1.5, get], [2.5, get]],
  "a policy's hard limit":                   [[0, policyFor("spdadd", both({ add: 2 }))], [1.5, spddump], [2.5, spddump]],
  "a policy's soft limit":                   [[0, policyFor("spdadd", both({}, { add: 1 }))], [1.5, spddump], [2.5, spddump]],
  "a policy's use times":                    [[0, policyFor("spdadd", both({ use: 2 }, { use: 1 }))], [1.5, spddump], [2.5, spddump]],
  "a policy that takes another's place":     [[0, policyFor("spdadd", both({ add: 2 }))], [0.5, policyFor("spdupdate", [])], [2.5, spddump]],
  "a policy that is replaced before its end": [[0, policyFor("spdadd", [])], [0.5, policyFor("spdupdate", both({ add: 2 }))], [1.7, spddump], [3.2, spddump]],
  "a policy's 2 to the 63rd seconds":        [[0, policyFor("spdadd", both({ add: 2n ** 63n }))], [1.5, spddump], [2.5, spddump]],
  "a policy's 2 to the 64th seconds but one": [[0, policyFor("spdadd", both({ add: 2n ** 64n - 1n }, { add: 2n ** 63n }))], [1.5, spddump], [2.5, spddump]],
};

/** Larval SAs of all kinds. */
export const larvals: readonly OutgoingMessage[] = [
  getspi(0x1000, 0x1000),
  getspi(0x1000, 0x1000, [sa2(2, 5)]),
  request("getspi", "ah", [...v6, { kind: "spiRange", min: 0x1000, max: 0x1000, reserved: 0 }]),
  request("getspi", "unspec", ends()),
  request("getspi", "ipcomp", [...ends(), { kind: "spiRange", min: 1, max: 0x1_0000, reserved: 0 }]),
  { ...getspi(0x1001, 0x1001, [sa2(1, 9)]), sequence: 77 },
  dump,
];
