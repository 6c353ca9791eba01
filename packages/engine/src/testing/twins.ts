/**
 * The same sockets to a real kernel and to the engine: what is sent to one is sent to the other, and both must answer
 * alike, to whom it may concern.
 */
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { decode, encode, find, type KeySocket, linux, type OutgoingMessage, request } from "@keysock/wire";
import { waiting } from "./exchange.ts";
import { createMask } from "./kernel-mask.ts";
import { engineWorld, ownWorld, type World } from "./world.ts";

const typeAt = 1;
const saTypeAt = 3;
const nothing = new Uint8Array();

/** Who has a socket: the programs that ask, and those that listen, each in its own way. */
export const parties = ["sender", "bystander", "registered", "promiscuous"] as const;
export type Party = (typeof parties)[number];

/** What a send came to: the name of its errno if it failed, and all that was heard then. */
interface Outcome {
  refused: string | undefined;
  heard: Readonly<Record<Party, Uint8Array[]>>;
}

/** A kernel and an engine. */
export interface Twins {
  /** Gives what the kernel let its sender hear. @throws AssertionError where they do not answer alike */
  send(bytes: Uint8Array, by?: Party): readonly Uint8Array[];
  /** What everybody has heard since the last time. @throws AssertionError where it is not alike */
  hear(): void;
  /** Empties the databases, and makes everybody what they were in the beginning. */
  clear(): void;
  close(): void;
}

/** Less than the second after which a policy's timer lets go of it. */
const youngMs = 800;

/** How the parties came to be what they are. */
const introductions: Readonly<Partial<Record<Party, OutgoingMessage>>> = {
  registered: request("register", "esp"),
  promiscuous: request("promisc", 1),
};

/** Whether a request makes another of its sender: REGISTER of an SA type, X_PROMISC. */
const makesAnother = (bytes: Uint8Array): boolean =>
  (bytes[typeAt] === 7 && bytes[saTypeAt] !== 0) || bytes[typeAt] === 11;

/** Of an empty world. */
export function createTwins(real: World = ownWorld()): Twins {
  const made = engineWorld();
  const [kernel, engine] = [createSide(real), createSide(made)];
  const changed = new Set<Party>();
  let emptySince = Date.now();

  const send = (bytes: Uint8Array, by: Party = "sender") => {
    if (makesAnother(bytes)) changed.add(by);
    // The engine is asked later: as if at the same time.
    made.now = Date.now();
    const truth = kernel.send(bytes, by);
    made.draw = drawn(bytes, truth.heard[by]);
    const answer = engine.send(bytes, by);
    const allYoung = made.now - emptySince < youngMs;
    compare(bytes, kernel.show(bytes, truth, allYoung), engine.show(bytes, answer, allYoung));
    return truth.heard[by];
  };

  const introduce = (party: Party): void => {
    const introduction = introductions[party];
    if (introduction !== undefined) send(encode(introduction, linux), party);
  };

  for (const party of parties) introduce(party);
  changed.clear();
  return {
    send,
    hear() {
      made.now = Date.now();
      const [heardThere, heardHere] = [kernel, engine].map((side) => side.show(nothing, side.hear(), false));
      compare(nothing, heardThere!, heardHere!);
    },
    clear() {
      for (const side of [kernel, engine]) {
        side.hear();
        side.reopen(changed);
      }
      for (const party of changed) introduce(party);
      changed.clear();
      for (const all of ["flush", "spdflush"] as const)
        send(encode(request(all, "unspec"), linux), "bystander");
      emptySince = Date.now();
    },
    close() {
      for (const side of [kernel, engine]) side.close();
    },
  };
}

function createSide(world: World) {
  const sockets = Object.fromEntries(parties.map((party) => [party, world.open()])) as Record<
    Party,
    KeySocket
  >;
  const mask = createMask();
  return {
    reopen(some: Iterable<Party>) {
      for (const party of some) {
        sockets[party].close();
        sockets[party] = world.open();
      }
    },

    send(bytes: Uint8Array, by: Party): Outcome {
      const refused = refusalOf(() => sockets[by].send([bytes]));
      return { ...this.hear(), refused };
    },

    hear(): Outcome {
      const heard = parties.map((party) => [party, waiting(sockets[party])]);
      return { refused: undefined, heard: Object.fromEntries(heard) as Outcome["heard"] };
    },

    close() {
      for (const party of parties) sockets[party].close();
      world.close();
    },

    /** What of an outcome does not vary from run to run. */
    show: (asked: Uint8Array, { refused, heard }: Outcome, allYoung: boolean) => ({
      refused,
      ...Object.fromEntries(
        parties.map((party) => [party, heard[party].map((bytes) => mask(asked, bytes, allYoung))]),
      ),
    }),
  };
}

type Shown = ReturnType<ReturnType<typeof createSide>["show"]>;

function refusalOf(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** The random number by which the engine chooses the SPI that the kernel chose. */
function drawn(asked: Uint8Array, answers: readonly Uint8Array[]): number {
  const question = decode(asked, linux).message;
  // A promiscuous sender hears the question first.
  const answer = answers.map((bytes) => decode(bytes, linux).message).at(-1);
  const sa = answer && find(answer, "sa"); // an error has none
  if (question.type !== "getspi" || sa === undefined) return 0;
  const { min, max } = find(question, "spiRange") ?? { min: 0x100, max: 0x0fff_ffff };
  return (sa.spi - min + 0.5) / (max - min + 1);
}

function compare(asked: Uint8Array, kernel: Shown, engine: Shown): void {
  if (JSON.stringify(kernel) === JSON.stringify(engine)) return;
  assert.deepEqual(readable(engine), readable(kernel), `engine and kernel differ after\n${put(asked)}`);
  assert.deepEqual(engine, kernel);
}

const readable = ({ refused, ...heard }: Shown) => ({
  refused,
  ...Object.fromEntries(
    Object.entries(heard).map(([party, all]) => [
      party,
      (all as string[]).map((hex) => put(Buffer.from(hex, "hex"))),
    ]),
  ),
});

const put = (bytes: Uint8Array): string =>
  `${Buffer.from(bytes).toString("hex")}\n${inspect(decode(bytes, linux), { depth: 9, breakLength: 200, maxArrayLength: 20 })}`;
