/**
 * Whatever is sent, the engine refuses it in one of its two ways or does it, answers in messages that are well formed, and
 * keeps its tables in order.
 */
import {
  decode,
  decodeStrict,
  encode,
  type KeySocket,
  linux,
  type OutgoingMessage,
  request,
  type SaType,
} from "@keysock/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance } from "../agenda.ts";
import { createEndpoint } from "../endpoint.ts";
import { NoOutboundPolicyError, SendRefusedError } from "../index.ts";
import { openSocket } from "../key-socket.ts";
import { type HandClock, handClock } from "../testing/hand-clock.ts";
import {
  about,
  addEsp,
  bytesOf,
  ends,
  getspi,
  ipsecRequest,
  key,
  limits,
  policy,
  sa,
  sa2,
} from "../testing/requests.ts";
import { resolve } from "./acquire.ts";
import type { Kernel } from "./kernel.ts";
import { createKernel } from "./linux.ts";
import { account } from "./usage.ts";

const spi = fc.integer({ min: 0, max: 4 });
const saType = fc.constantFrom<(SaType | number)[]>("unspec", "ah", "esp", "ipcomp", "rsvp", 1, 10, 255);
const seconds = fc.integer({ min: 0, max: 4 });
const lifetimes = fc.record({ add: seconds, use: seconds, bytes: fc.nat(300), packets: fc.nat(3) });
const both = fc
  .tuple(lifetimes, lifetimes)
  .map(([hard, soft]) => [limits("lifetimeHard", hard), limits("lifetimeSoft", soft)]);
const level = fc.integer({ min: 0, max: 4 });
const direction = fc.integer({ min: 0, max: 4 });
const spdType = fc.constantFrom(
  "spdadd",
  "spdupdate",
  "spdsetidx",
  "spddelete",
  "spddelete2",
  "spdget" as const,
);
const bare = fc.constantFrom(
  "register",
  "flush",
  "dump",
  "promisc",
  "spddump",
  "spdflush",
  "acquire",
  "expire",
  "migrate",
  "pchange" as const,
);

const message: fc.Arbitrary<OutgoingMessage> = fc.oneof(
  fc.tuple(spi, both).map(([id, more]) => addEsp(id, more)),
  fc.tuple(spi, both).map(([id, more]) => ({ ...addEsp(id, more), type: "update" as const })),
  fc
    .tuple(saType, spi, fc.integer({ min: 0, max: 255 }), fc.nat(40))
    .map(([type, id, authentication, bytes]) =>
      request("add", type, [
        sa(id, { authentication, encryption: 12 }),
        ...ends(),
        key("keyAuthentication", bytes),
        key("keyEncryption", 16),
      ]),
    ),
  fc.tuple(spi, spi, fc.nat(4)).map(([min, max, mode]) => getspi(min, max, [sa2(mode)])),
  fc.tuple(fc.constantFrom("get", "delete" as const), spi).map(([type, id]) => about(type, id)),
  fc
    .tuple(spdType, direction, level, fc.nat(30), fc.nat(7), lifetimes)
    .map(([type, way, how, id, count, given]) =>
      request(type, "unspec", [
        ...ends(),
        policy({
          direction: way,
          id,
          requests: Array.from({ length: count }, () => ipsecRequest({ level: how })),
        }),
        limits("lifetimeHard", given),
      ]),
    ),
  fc.tuple(bare, saType, fc.nat(3)).map(([type, of, errno]) => ({ ...request(type, of), errno })),
);

type Step =
  | { what: "send"; who: number; bytes: Uint8Array }
  | { what: "read"; who: number; count: number }
  | { what: "wait"; milliseconds: number }
  | { what: "packet"; spi: number; policy: number }
  | { what: "reopen"; who: number };

const who = fc.nat(2);
const sent = fc
  .tuple(message, fc.nat(3), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }), fc.boolean())
  .map(([one, sequence, changes, intact]) => {
    const bytes = encode({ ...one, sequence }, linux);
    if (!intact) for (const [at, value] of changes) bytes[at % bytes.length] = value;
    return bytes;
  });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ what: fc.constant("send" as const), who, bytes: sent }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("read" as const), who, count: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("wait" as const), milliseconds: fc.nat(40_000) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("packet" as const), spi, policy: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("reopen" as const), who }) },
);

function run(kernel: Kernel, clock: HandClock, steps: readonly Step[]): void {
  const open = () => openSocket(kernel, createEndpoint(3000));
  const sockets: KeySocket[] = [open(), open(), open()];
  const observer = open();
  observer.send([encode(request("register", "esp"), linux)]);
  for (const one of steps) {
    switch (one.what) {
      case "send":
        expectOnly(SendRefusedError, () => sockets[one.who]!.send([one.bytes]));
        break;
      case "read":
        for (let count = 0; count < one.count; count++) sockets[one.who]!.receive(0);
        break;
      case "wait":
        clock.turn(one.milliseconds);
        advance(kernel);
        break;
      case "packet": {
        const ends = { source: bytesOf("192.0.2.1"), destination: bytesOf("192.0.2.2") };
        expectOnly(NoOutboundPolicyError, () => resolve(kernel, { policy: one.policy, ...ends }));
        account(kernel, { saType: "esp", spi: one.spi, destination: ends.destination }, 100);
        break;
      }
      case "reopen":
        sockets[one.who]!.close();
        sockets[one.who] = open();
    }
    checkTables(kernel);
    checkHeard(observer);
  }
}

function expectOnly(kind: new (...args: never[]) => Error, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof kind)) throw error;
  }
}

/** What a socket that only listens hears is well formed, but for what a sender lets go to everybody as it is. */
function checkHeard(observer: KeySocket): void {
  for (let bytes = observer.receive(0); bytes !== undefined; bytes = observer.receive(0)) {
    const { message, problems } = decode(bytes, linux);
    if (message.type !== "promisc") expect(problems).toEqual([]);
  }
}

function checkTables(kernel: Kernel): void {
  const now = kernel.clock.now();
  expect(kernel.agenda.next()?.at ?? now + 1).toBeGreaterThan(now - 1);
  const walk = kernel.sadb.walk();
  for (let one = walk(); one !== undefined; one = walk()) {
    expect(one.state).not.toBe("dead");
    if (one.state === "larval") expect(one.alarm?.slot).not.toBe(-1);
    if (one.spi === 0) continue;
    expect(kernel.sadb.find(one.destination, one.spi, one.protocol)).toBe(one);
  }
  const policies = kernel.spd.walk();
  for (let one = policies(); one !== undefined; one = policies()) {
    expect(kernel.spd.find(one.selector)).toBe(one);
    expect(kernel.spd.findById(one.id)).toBe(one);
    expect((one.id & 7) + 1).toBe(one.selector.direction);
  }
}

describe("whatever is sent", () => {
  it("is refused or done, and the tables stay in order", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const clock = handClock();
        run(createKernel({ personality: "linux", clock, random: () => 0.5 }), clock, steps);
      }),
      { numRuns: 300 },
    );
  });

  it("even bytes that are no message", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 5 }), (all) => {
        const clock = handClock();
        const steps = all.map((bytes) => ({ what: "send" as const, who: 0, bytes }));
        run(createKernel({ personality: "linux", clock }), clock, steps);
      }),
      { numRuns: 300 },
    );
  });

  it("is answered once to its sender, unless it is a flush, a dump or a failed ACQUIRE", () => {
    const quiet = new Set(["flush", "spdflush", "dump", "spddump", "acquire", "promisc"]);
    fc.assert(
      fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
        const kernel = createKernel({ personality: "linux", clock: handClock(), random: () => 0.5 });
        const socket = openSocket(kernel, createEndpoint(100_000));
        for (const [sequence, one] of messages.filter(({ type }) => !quiet.has(String(type))).entries()) {
          socket.send([encode({ ...one, sequence, pid: 9 }, linux)]);
          const reply = decodeStrict(socket.receive(0)!, linux);
          const type = one.type === "spdsetidx" && reply.errno === 0 ? "spdadd" : one.type;
          expect(reply).toMatchObject({ version: 2, type, sequence, pid: 9 });
          expect(socket.receive(0)).toBeUndefined();
        }
      }),
      { numRuns: 200 },
    );
  });
});
