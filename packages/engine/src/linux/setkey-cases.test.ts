/**
 * The recorded runs of setkey on a real Linux 6.1: what it sent is sent here, and what it received must come back, but for
 * pids and creation times.
 */
import { type RecordedCase, setkeyCases } from "@keysock/goldens";
import { decode, encode, IpsecLevel, IpsecMode, type KeySocket, linux } from "@keysock/wire";
import { expect, it } from "vitest";
import { createEngine } from "../index.ts";
import { inShort, waiting } from "../testing/exchange.ts";
import { handClock } from "../testing/hand-clock.ts";
import { masked } from "../testing/masked.ts";
import { preState } from "../testing/pre-state.ts";
import { ipsecRequest, spd } from "../testing/requests.ts";

/** What is not replayed here, and why. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ["dump-per-socket", "shows policies of sockets, which come from setsockopt and not from PF_KEY"],
]);

/** Runs beside which another program worked: their messages are replayed as it sent them, in monitor-cases.test.ts. */
const monitors = /^monitor-/;

/** How long after its pre.conf a run began to ask, in milliseconds, where it shows. */
const pauses: Readonly<Record<string, number>> = { "dump-dead": 2000 };

/** How many reqids earlier runs had drawn: the kernel counts them for all network namespaces together. */
const reqidsBefore: Readonly<Record<string, number>> = {
  "spd-level-unique-32767": 1,
  "spd-level-unique-40000": 2,
  "spd-level-unique-0": 3,
  "spd-in-transport-r-mode": 4,
};

/** What setkey left unread: it takes the second answer to a flush or a deleteall for the answer to what it asks next. */
// biome-ignore format: one row a case
const unread: Readonly<Record<string, string>> = {
  "deleteall-esp": "dump, dump, dump",
  "deleteall-many": "dump, dump, dump, dump",
  "deleteall-v6": "dump, dump, dump",
  "flag-F": "flush",
  "flag-Fv": "flush",
  "flush-ah": "dump, dump, dump",
  "flush-esp": "dump",
  "flush-then-add": "get",
  "flush-then-dump-stdin": "dump 2",
  "man-all": "spddump",
  "man-all-stdin": "spddump",
  "man-examples-verbose": "spdadd 17",
  "man-flush": "flush",
  "opt-D-F": "flush",
  "spd-flush-flag": "spdflush",
  "spdflush-then-dump": "spddump 2",
  "verbose-deleteall": "delete",
};

const cases = setkeyCases().filter(({ name, sent }) => sent.length > 0 && !monitors.test(name));

function replay({ name, files, sent }: RecordedCase): Uint8Array[] {
  const clock = handClock();
  const engine = createEngine({ personality: "linux", clock });
  const earlier = engine.connect();
  for (const message of preState(files.get("pre.conf") ?? "")) earlier.send([encode(message, linux)]);
  for (let drawn = 0; drawn < (reqidsBefore[name] ?? 0); drawn++) drawReqid(earlier);
  earlier.close();
  clock.turn(pauses[name] ?? 0);
  const socket = engine.connect();
  socket.send(sent);
  return waiting(socket);
}

/** A policy that is refused for its second request, after the first has drawn a reqid. */
function drawReqid(socket: KeySocket): void {
  const requests = [ipsecRequest({ level: IpsecLevel.unique }), ipsecRequest({ mode: IpsecMode.any })];
  socket.send([encode(spd("spdadd", { requests }), linux)]);
}

it.each(cases.filter(({ name }) => !elsewhere.has(name)).map((one) => [one.name, one] as const))(
  "%s",
  (name, { received, ...rest }) => {
    const answers = replay({ received, ...rest });
    expect(answers.slice(0, received.length).map(masked)).toEqual(received.map((bytes) => masked(bytes!)));
    const left = answers.slice(received.length).map((bytes) => inShort(decode(bytes, linux).message));
    expect(left.join(", ")).toBe(unread[name] ?? "");
  },
);

it("names only cases that there are", () => {
  const names = cases.map(({ name }) => name);
  expect(
    [elsewhere.keys(), Object.keys({ ...pauses, ...reqidsBefore, ...unread })]
      .flatMap((all) => [...all])
      .filter((name) => !names.includes(name)),
  ).toEqual([]);
});
