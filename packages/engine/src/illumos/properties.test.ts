/**
 * Whatever is sent, the engine refuses it in a reply or does it, answers in messages that are well formed, and keeps its
 * tables in order.
 */
import {
  decode,
  decodeStrict,
  encode,
  illumos,
  type KeySocket,
  type OutgoingExtension,
  type OutgoingMessage,
  request,
  SaState,
  type SaType,
} from "@keysock/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance } from "../agenda.ts";
import { createEndpoint } from "../endpoint.ts";
import { openSocket } from "../key-socket.ts";
import { type HandClock, handClock } from "../testing/hand-clock.ts";
import {
  addEsp,
  address,
  aesKey,
  anyIpv6,
  ends,
  key,
  limits,
  pair,
  sa,
} from "../testing/illumos-requests.ts";
import { bytesOf } from "../testing/requests.ts";
import { createKernel } from "./illumos.ts";
import type { Kernel } from "./kernel.ts";
import { account } from "./usage.ts";

/** Mostly what makes sense, now and then what does not. */
const mostly = <T>(usual: readonly T[], unusual: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...usual) }, fc.constantFrom(...unusual));

const [here, there] = ["192.0.2.1", "192.0.2.2"];
const host = mostly([here, there], ["2001:db8:0:0:0:0:0:1", anyIpv6, "0.0.0.0", "224.0.0.1"]);
/** Source and destination. */
const route = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom([here, there], [there, here], [anyIpv6, there]) },
  fc.tuple(host, host),
);
const spi = fc.integer({ min: 1, max: 3 });
const some = fc.integer({ min: 0, max: 4 });
const saType = mostly<SaType | number>(["esp", "esp", "ah"], ["unspec", "mip", 200]);
const type = fc.constantFrom(
  ...(["add", "add", "add", "update", "updatepair", "delete", "delpair", "get"] as const),
);
const flags = mostly([0, 0x4000, 0x8000], [0x18_4000, 0x8000_0000]);
/** Number and bytes of the key, of authentication and of encryption. */
// biome-ignore format: one row a type
const algorithms = (of: SaType | number) =>
  of === "ah"
    ? mostly([[2, 16, 0, 0], [3, 20, 0, 0]], [[9, 9, 0, 0], [2, 16, 12, 16]])
    : mostly([[2, 16, 12, 16], [0, 0, 12, 16], [2, 16, 11, 0], [0, 0, 20, 20]], [[2, 8, 12, 16], [0, 0, 2, 8]]);
const lifetime = (kind: "lifetimeHard" | "lifetimeSoft" | "lifetimeIdle") =>
  fc
    .record({ add: some, use: some, bytes: fc.nat(300), allocations: fc.nat(3) })
    .map((given) => limits(kind, given));
const hardAndSoft = fc
  .record({ add: some, bytes: fc.nat(300) })
  .map(({ add, bytes }) => [
    limits("lifetimeHard", { add: add + 1, bytes }),
    limits("lifetimeSoft", { add, bytes: bytes >> 1 }),
  ]);
const identity = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((data): OutgoingExtension => {
  return { kind: "identitySource", identityType: 2, reserved: 0, id: 1n, data };
});
const inner = fc
  .tuple(host, host)
  .map(([from, to]) => [
    address("addressProxy", from, { prefixLength: 128 }),
    address("addressInnerDestination", to, { prefixLength: 100 }),
  ]);
const alone = (one: fc.Arbitrary<OutgoingExtension>) => one.map((extension) => [extension]);
const more = fc
  .subarray(
    [
      hardAndSoft,
      alone(lifetime("lifetimeIdle")),
      alone(spi.map(pair)),
      alone(identity),
      inner,
      alone(host.map((text) => address("addressNatTLocal", text, { port: 4500 }))),
      alone(fc.nat(9).map((replay32) => ({ kind: "replayValue", replay32, replay64: 0n }))),
    ],
    { maxLength: 3 },
  )
  .chain((arbitraries) => fc.tuple(...arbitraries))
  .map((extensions) => extensions.flat());

const ofSa = fc
  .tuple(type, saType)
  .chain(([what, of]) =>
    fc.tuple(fc.constant(what), fc.constant(of), spi, flags, algorithms(of), route, more),
  )
  .map(([what, of, id, bits, [authentication, authBytes, encryption, encrBytes], [from, to], others]) =>
    request(what, of, [
      sa(id, { flags: bits, authentication: authentication!, encryption: encryption! }),
      ...(what === "add" && authBytes ? [key("keyAuthentication", authBytes)] : []),
      ...(what === "add" && encrBytes ? [key("keyEncryption", encrBytes)] : []),
      ...ends(from, to),
      ...others,
    ]),
  );
const bare = fc
  .tuple(
    fc.constantFrom(
      "register",
      "flush",
      "dump",
      "promisc",
      "acquire",
      "expire",
      "inverse-acquire",
      "delete" as const,
    ),
    saType,
    more,
  )
  .map(([what, of, others]) => request(what, of, others));
const getspi = fc
  .tuple(saType, spi, spi, route)
  .map(([of, min, max, [from, to]]) =>
    request("getspi", of, [...ends(from, to), { kind: "spiRange", min, max, reserved: 0 }]),
  );
const message: fc.Arbitrary<OutgoingMessage> = fc.oneof({ weight: 6, arbitrary: ofSa }, bare, getspi);

type Step =
  | { what: "send"; who: number; bytes: Uint8Array }
  | { what: "read"; who: number; count: number }
  | { what: "wait"; milliseconds: number }
  | { what: "packet"; spi: number }
  | { what: "reopen"; who: number };

const who = fc.nat(2);
const sent = fc
  .tuple(message, fc.nat(3), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }), fc.boolean())
  .map(([one, sequence, changes, intact]) => {
    const bytes = encode({ ...one, sequence }, illumos);
    if (!intact) for (const [at, value] of changes) bytes[at % bytes.length] = value;
    return bytes;
  });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ what: fc.constant("send" as const), who, bytes: sent }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("read" as const), who, count: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("wait" as const), milliseconds: fc.nat(4000) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("packet" as const), spi }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("reopen" as const), who }) },
);

function run(kernel: Kernel, clock: HandClock, steps: readonly Step[]): void {
  const open = () => openSocket(kernel, createEndpoint(3000));
  const sockets: KeySocket[] = [open(), open(), open()];
  const observer = open();
  const back = request("add", "esp", [sa(2), aesKey, ...ends("192.0.2.2", "192.0.2.1"), pair(1)]);
  observer.send([request("promisc", 1), addEsp(1), back].map((one) => encode(one, illumos)));
  for (const one of steps) {
    switch (one.what) {
      case "send":
        sockets[one.who]!.send([one.bytes]);
        break;
      case "read":
        for (let count = 0; count < one.count; count++) sockets[one.who]!.receive(0);
        break;
      case "wait":
        clock.turn(one.milliseconds);
        advance(kernel);
        break;
      case "packet":
        account(kernel, { saType: "esp", spi: one.spi, destination: bytesOf("192.0.2.2") }, 100);
        break;
      case "reopen":
        sockets[one.who]!.close();
        sockets[one.who] = open();
    }
    checkTables(kernel);
    checkHeard(observer);
  }
}

/** What illumos does not look into: an ADD with a proposal is carried out, and told as it came. */
const unread: ReadonlySet<string> = new Set(["proposal-length", "extended-proposal-length"]);

/** All that is said is well formed, but for the header of what was not, and what is passed on to key management. */
function checkHeard(observer: KeySocket): void {
  for (let bytes = observer.receive(0); bytes !== undefined; bytes = observer.receive(0)) {
    const { message: heard, problems } = decode(bytes, illumos);
    if (heard.type === "acquire") continue;
    if (heard.errno === 0) expect(problems.filter(({ reason }) => !unread.has(reason))).toEqual([]);
    else expect(bytes.length).toBe(16);
  }
}

function checkTables(kernel: Kernel): void {
  const now = kernel.clock.now();
  expect(kernel.agenda.next()?.at ?? now + 1).toBeGreaterThan(now - 1);
  const walk = kernel.sadb.walk();
  for (let one = walk(); one !== undefined; one = walk()) {
    expect(one.state).not.toBe(SaState.dead);
    expect(kernel.sadb.find(one.destination, one.spi, one.protocol)).toBe(one);
    if (one.state === SaState.larval) expect(one.alarm?.slot).not.toBe(-1);
    else expect(one.authenticationKey ?? one.encryptionKey).toBeDefined();
    if (one.pair === undefined) continue;
    expect(one.pair.pair).toBe(one);
    expect(kernel.sadb.find(one.pair.destination, one.pair.spi, one.protocol)).toBe(one.pair);
    expect([one.pair.source, one.pair.destination]).toEqual([one.destination, one.source]);
  }
}

describe("whatever is sent", () => {
  it("is refused or done, and the tables stay in order", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
        const clock = handClock();
        run(createKernel({ personality: "illumos", clock, random: () => 0.5 }), clock, steps);
      }),
      { numRuns: 300 },
    );
  });

  it("even bytes that are no message", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 5 }), (all) => {
        const clock = handClock();
        const steps = all.map((bytes) => ({ what: "send" as const, who: 0, bytes }));
        run(createKernel({ personality: "illumos", clock }), clock, steps);
      }),
      { numRuns: 300 },
    );
  });

  it("is answered once to its sender, unless it is a dump or an ACQUIRE", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
        const kernel = createKernel({ personality: "illumos", clock: handClock(), random: () => 0.5 });
        const socket = openSocket(kernel, createEndpoint(100_000));
        for (const [sequence, one] of messages.entries()) {
          if (one.type === "dump" || one.type === "acquire") continue;
          socket.send([encode({ ...one, sequence, pid: 9 }, illumos)]);
          const reply = decodeStrict(socket.receive(0)!, illumos);
          expect(reply).toMatchObject({ version: 2, type: one.type, saType: one.saType, sequence, pid: 9 });
          expect(socket.receive(0)).toBeUndefined();
        }
      }),
      { numRuns: 200 },
    );
  });

  it("that was added is shown by GET as it was given, and a second one like it is refused", () => {
    fc.assert(
      fc.property(
        ofSa.filter(({ type }) => type === "add"),
        (given) => {
          const extensions = given.extensions.filter(({ kind }) => kind !== "pair");
          const add = { ...given, type: "add" as const, extensions };
          const kernel = createKernel({ personality: "illumos", clock: handClock() });
          const socket = openSocket(kernel, createEndpoint(100_000));
          const answers = [add, { ...add, type: "get" as const }, add].map((one) => {
            socket.send([encode(one, illumos)]);
            return decodeStrict(socket.receive(0)!, illumos);
          });
          const [added, got, again] = answers;
          if (added!.errno !== 0) {
            expect(got!.errno).not.toBe(0);
            expect(again!.errno).toBe(added!.errno);
            return;
          }
          expect([got!.errno, again!.errno]).toEqual([0, 17]);
          for (const extension of added!.extensions) {
            if (extension.kind.startsWith("lifetime") || extension.kind === "replayValue") continue;
            expect(got!.extensions).toContainEqual(extension);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
