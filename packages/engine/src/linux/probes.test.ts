/**
 * The answers of a real Linux 6.1 to messages sent by hand, byte for byte, pids and times included: the clock is turned to
 * the time that a recorded answer shows, and the SPI that the kernel drew is drawn again.
 */
import { kernelProbes, type Probe } from "@keysock/goldens";
import { decode, encode, linux, request } from "@keysock/wire";
import { expect, it } from "vitest";
import { createEngine } from "../index.ts";
import { waiting } from "../testing/exchange.ts";
import { handClock } from "../testing/hand-clock.ts";
import { addTime } from "../testing/masked.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const typeAt = 1;
const pidAt = 12;

const probes = kernelProbes();
const answers = new Map(probes.map((probe) => [probe.name, answersOf(probe)]));

/** All that the probes find one after the other on one socket; what the recording leaves out is said below. */
const given = new Map<string, { errors: string[]; answers: string[] }>();
{
  const clock = handClock((addTime(answers.get("getspi range")![0]!) ?? 0) * 1000 - 5000);
  let draw = 0;
  const engine = createEngine({ personality: "linux", clock, random: () => draw });
  const socket = engine.connect();
  for (const probe of probes) {
    clock.set(Math.max(clock.now() + 400, newTime(probe) * 1000));
    draw = drawn(probe);
    const errors: string[] = [];
    for (const bytes of sentIn(probe)) {
      try {
        socket.send([bytes]);
      } catch (error) {
        errors.push((error as { code: string }).code);
      }
    }
    // The recorder passed over EXPIREs of the larval SAs that the GETSPIs had left: its socket had registered.
    const heard = waiting(socket).filter((bytes) => bytes[pidAt] !== 0);
    given.set(probe.name, { errors, answers: heard.map(hex) });
    // The recorder switched promiscuous mode off again without saying so: the next probes hear nothing twice.
    if (probe.name === "promisc on") {
      socket.send([encode(request("promisc", "unspec"), linux)]);
      waiting(socket);
    }
  }
}

/** A line with a '>' and nothing behind it is a message without a byte. */
function sentIn({ messages, remarks }: Probe): Uint8Array[] {
  if (remarks.includes(">")) return [new Uint8Array()];
  return messages.filter(({ direction }) => direction === "sent").map(({ bytes }) => bytes);
}

function answersOf({ messages }: Probe): Uint8Array[] {
  return messages.filter(({ direction }) => direction === "received").map(({ bytes }) => bytes);
}

/** The time of what a probe makes. What it only shows was made before. */
function newTime(probe: Probe): number {
  const [bytes] = answersOf(probe);
  return bytes === undefined || ![1, 2, 3].includes(bytes[typeAt]!) ? 0 : (addTime(bytes) ?? 0);
}

/** The random number by which the recorded SPI comes out of the range that was asked for. */
function drawn({ messages }: Probe): number {
  const [sent, received] = messages.map(({ bytes }) => decode(bytes, linux).message);
  const spi = received?.extensions.find((extension) => extension.kind === "sa")?.spi;
  if (sent?.type !== "getspi" || spi === undefined) return 0;
  const range = sent.extensions.find((extension) => extension.kind === "spiRange");
  const { min, max } = range ?? { min: 0x100, max: 0x0fff_ffff };
  return (spi - min + 0.5) / (max - min + 1);
}

/** What is not in the recording, and why. */
const cut: ReadonlyMap<string, string> = new Map([
  ["dump esp", "the recording ends after 7 entries, before the one with sequence 0"],
]);

it.each(probes.slice(0, -1).map((probe) => [probe.name, probe] as const))("%s", (name, probe) => {
  const expected = answersOf(probe).map(hex);
  const actual = given.get(name)!;
  const code = /EINVAL|EMSGSIZE/.exec(errorOf(probe))?.[0];
  expect(actual.errors).toEqual(code === undefined ? [] : [code]);
  if (cut.has(name)) expect(actual.answers.slice(0, expected.length)).toEqual(expected);
  else expect(actual.answers).toEqual(expected);
});

/** `send: Message too long (90)` to `EMSGSIZE`. */
function errorOf({ remarks }: Probe): string {
  const number = /^send: .*\((\d+)\)$/m.exec(remarks.join("\n"))?.[1];
  return number === undefined ? "" : (linux.tables.errnos.get(Number(number))?.name ?? "");
}

it("what a second, registered socket hears of an ADD, DELETE, FLUSH by another", () => {
  const last = probes.at(-1)!;
  expect(last.messages).toEqual([]);
  const engine = createEngine({ personality: "linux", clock: handClock() });
  const [first, second] = [engine.connect(), engine.connect()];
  second.send([encode(request("register", "esp"), linux)]);
  waiting(second);
  const add = probes.find(({ name }) => name === "add ok")!.messages[0]!.bytes;
  const remove = probes.find(({ name }) => name === "delete ok")!.messages[0]!.bytes;
  const withSpi = (bytes: Uint8Array, spi: number[]) => {
    const copy = Uint8Array.from(bytes);
    copy.set(spi, 20);
    return copy;
  };
  first.send([
    withSpi(add, [0, 0, 0x60, 1]),
    withSpi(remove, [0, 0, 0x60, 1]),
    withSpi(add, [0, 0, 0x60, 2]),
    encode({ ...request("flush", "unspec"), sequence: 1 }, linux),
  ]);
  expect(waiting(second).map(inRemarks)).toEqual(last.remarks.map((line) => line.replace(/^a< /, "")));
});

/** As the recorder puts a message into words. */
function inRemarks(bytes: Uint8Array): string {
  const { type, errno, saType, reserved, sequence, extensions } = decode(bytes, linux).message;
  const satype = new Map([...linux.tables.saTypes.numbers]).get(saType as "esp");
  const shown = extensions.map((extension) => {
    if (extension.kind === "sa") {
      const { spi, replay, state, authentication, encryption, flags } = extension;
      return `1(spi=0x${spi.toString(16)} replay=${replay} state=${state} auth=${authentication} enc=${encryption} flags=0x${flags.toString(16)})`;
    }
    if (extension.kind === "sa2") return `19(mode=${extension.mode} reqid=${extension.reqid} seq=0)`;
    return `${extension.type}`;
  });
  return `${String(type).toUpperCase()} errno=${errno} satype=${satype} len=${bytes.length / 8} res=${reserved} seq=${sequence} pid=mine ext=[${shown.join(" ")}]`;
}
