/**
 * Sequences of requests, valid and slightly broken ones.
 */
import { encode, IpsecMode, linux, type OutgoingMessage, request } from "@keysock/wire";
import fc from "fast-check";
import {
  ipsecRequest,
  nullKey,
  ends as requestEnds,
  sa2 as sa2Of,
  sa as saOf,
  sockaddrOf,
  spd,
} from "../requests.ts";
import { type Party, parties } from "../twins.ts";
import { broken } from "./broken.ts";
import { anyAddress, ends, filter, forgotten, key, lifetime, natT, sa, sa2, spiRange } from "./extensions.ts";
import { byId, bySelector, migrate, policy, spddump, spdflush } from "./policy-messages.ts";
import { narrowHosts, narrowPool, type Pool, pool } from "./pool.ts";
import { addOrUpdate, dump, failedAcquire, flush, getOrDelete, getspi } from "./sa-messages.ts";
import { often, rarely, reserved, uint8, uint32 } from "./values.ts";

/** A message and who sends it. */
export interface Step {
  by: Party;
  bytes: Uint8Array;
  /** Where it names a policy by id: the one so many before the last that was heard of. */
  policy: number;
}

type Messages = (pool: Pool) => fc.Arbitrary<OutgoingMessage>;

const register: Messages = () => often(3, fc.nat(11), uint8).map((saType) => request("register", saType));

const promisc: Messages = () =>
  fc
    .tuple(
      often(6, fc.constantFrom(0, 1), uint8),
      rarely(8, fc.array(forgotten, { minLength: 1, maxLength: 2 })),
    )
    .map(([saType, extensions]) => request("promisc", saType, extensions));

/** EXPIRE, PCHANGE and others that only a kernel sends. */
const notForUsers: Messages = (of) =>
  fc
    .tuple(fc.constantFrom(8, 12, 17, 21, 23), of.saType, rarely(1, ends(of)))
    .map(([type, saType, extensions]) => request(type, saType, extensions));

/** Extensions of any kind in any order under any type. */
const anything: Messages = (of) =>
  fc
    .tuple(
      fc.integer({ min: 1, max: 24 }),
      of.saType,
      fc.array(
        fc.oneof(
          sa(of, 0, 11),
          ...(["lifetimeCurrent", "lifetimeHard", "lifetimeSoft"] as const).map(lifetime),
          ...(["addressSource", "addressDestination", "addressProxy"] as const).map(anyAddress),
          key("keyAuthentication", 16),
          key("keyEncryption", 0),
          sa2,
          spiRange(of),
          filter(of),
          policy(of),
          forgotten,
        ),
        { maxLength: 7 },
      ),
      rarely(6, natT),
    )
    .map(([type, saType, ...extensions]) => request(type, saType, extensions.flat()));

/** Some of several, each as often as its weight says. */
const mixed =
  (...parts: readonly (readonly [weight: number, messages: Messages])[]): Messages =>
  (of) =>
    fc.oneof(...parts.map(([weight, messages]) => ({ weight, arbitrary: messages(of) })));

const sas = mixed([5, addOrUpdate], [4, getOrDelete], [1, dump]);
const spis = mixed([5, getspi], [4, addOrUpdate], [3, getOrDelete], [1, dump], [1, failedAcquire]);
const policies = mixed([7, bySelector], [3, byId], [1, () => spddump]);
const others = mixed(
  [1, register],
  [1, promisc],
  [1, flush],
  [1, dump],
  [1, failedAcquire],
  [1, notForUsers],
  [3, addOrUpdate],
  [2, bySelector],
  [1, () => spddump],
  [1, () => spdflush],
);
const all = mixed([3, sas], [3, spis], [3, policies], [2, others], [1, anything]);

const moving = mixed(
  [3, addOrUpdate],
  [3, bySelector],
  [4, migrate],
  [1, dump],
  [1, () => spddump],
  [1, getspi],
);

const sequence = fc.constantFrom(0, 0, 1, 2, 77, 0x8000_0000, 0xffff_ffff);
const by: fc.Arbitrary<Party> = often(12, fc.constant("sender" as Party), fc.constantFrom(...parties));

const stepsOf = (
  messages: Messages,
  change: (whole: Uint8Array) => fc.Arbitrary<Uint8Array> = fc.constant,
  from = pool,
) =>
  from.chain((of) => {
    const bytes = fc
      .tuple(messages(of), sequence, reserved(uint32), reserved(uint8))
      .map(([one, number, pid, errno]) =>
        encode({ ...one, sequence: number, pid, errno: one.errno === 0 ? errno : one.errno }, linux),
      )
      .chain(change);
    return fc.array(fc.record({ by, bytes, policy: fc.nat(3) }), {
      minLength: 1,
      maxLength: 30,
      size: "max",
    });
  });

const hosts = narrowHosts;
const transportAndTunnel = [
  ipsecRequest(),
  ipsecRequest({
    mode: IpsecMode.tunnel,
    source: sockaddrOf(hosts[0]),
    destination: sockaddrOf(hosts[1]),
  }),
];

/** What there is to move. */
const movable: readonly Step[] = [
  spd("spdadd", { requests: transportAndTunnel }, requestEnds(...hosts)),
  request("add", "esp", [saOf(0x2000), ...requestEnds(...hosts), nullKey, sa2Of(IpsecMode.transport)]),
  request("add", "esp", [saOf(0x2001), ...requestEnds(...hosts), nullKey, sa2Of(IpsecMode.tunnel, 55)]),
].map((one) => ({ by: "sender", bytes: encode(one, linux), policy: 0 }));

/** MIGRATE, of which Linux tells in its first network only. */
export const migrations = stepsOf(moving, fc.constant, narrowPool).map((steps) => [...movable, ...steps]);

/** What is tried, each with how many sequences of it. */
export const groups: readonly { name: string; runs: number; steps: fc.Arbitrary<Step[]> }[] = [
  { name: "SAs are added, updated, asked for and deleted", runs: 50, steps: stepsOf(sas) },
  { name: "larval SAs get SPIs and become mature", runs: 50, steps: stepsOf(spis) },
  { name: "policies come and go", runs: 50, steps: stepsOf(policies) },
  { name: "programs register, listen, flush and dump", runs: 30, steps: stepsOf(others) },
  { name: "all of this together", runs: 40, steps: stepsOf(all) },
  {
    name: "a third of it broken",
    runs: 50,
    steps: stepsOf(all, (whole) => often(2, fc.constant(whole), broken(whole))),
  },
];
