/**
 * The recorded runs of `setkey -x` on a real Linux 6.1: a promiscuous socket that saw all that another program sent and
 * got. What that one sent is in the recording, and so it is sent again; byte for byte the same must be seen.
 */
import { type RecordedCase, setkeyCases } from "@keysock/goldens";
import type { KeySocket } from "@keysock/wire";
import { expect, it } from "vitest";
import { createEngine, type Engine } from "../index.ts";
import { handClock } from "../testing/hand-clock.ts";
import { addTime } from "../testing/masked.ts";
import { bytesOf } from "../testing/requests.ts";

const typeAt = 1;
const expire = 8;

/** Two pings before the n-th message was seen: 400 bytes with their ICMP header. */
const pings: Readonly<Record<string, readonly number[]>> = { "monitor-traffic-counters": [10, 12] };
const pingBytes = 408;

const cases = setkeyCases().filter(({ name, sent }) => name.startsWith("monitor-") && sent.length > 0);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

function ping(engine: Engine): void {
  const name = { saType: "esp", spi: 0x1000, destination: bytesOf("192.0.2.2") } as const;
  for (let count = 0; count < 2; count++) engine.account(name, pingBytes);
}

function replay({ name, sent, received }: RecordedCase): string[] {
  const seen = received.map((bytes) => bytes!);
  const clock = handClock(Math.max(...seen.map((bytes) => addTime(bytes) ?? 0)) * 1000);
  const engine = createEngine({ personality: "linux", clock });
  const [monitor, other] = [engine.connect(), engine.connect()];
  monitor.send(sent);
  const again: string[] = [];
  for (const [index, expected] of seen.entries()) {
    if (pings[name]?.includes(index)) ping(engine);
    const next = monitor.receive(0) ?? provoke(expected, monitor, other);
    if (next === undefined) break;
    again.push(hex(next));
  }
  expect(monitor.receive(0)).toBeUndefined();
  return again;
}

/** Nothing more is to be seen by itself: time passes, or the other program asks for something. */
function provoke(expected: Uint8Array, monitor: KeySocket, other: KeySocket): Uint8Array | undefined {
  if (expected[typeAt] === expire) return monitor.receive(1000);
  other.send([expected]);
  return monitor.receive(0);
}

it.each(cases.map((one) => [one.name, one] as const))("%s", (_, one) => {
  expect(replay(one)).toEqual(one.received.map((bytes) => hex(bytes!)));
});
