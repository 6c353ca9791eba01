import type { Host } from "@keysock/host";
import { nativeHost } from "@keysock/host/native";
import { type Job, openSession } from "@keysock/session";
import { type CompileContext, compile } from "@keysock/setkey-compiler";
import { parseScript } from "@keysock/setkey-grammar";
import { saEntry } from "@keysock/setkey-printer";
import { type Command, decode, encode, linux, type OutgoingMessage } from "@keysock/wire";
import { adds } from "./adds.ts";
import { saEntryMessage } from "./dump-source.ts";
import { median } from "./median.ts";
import { createSink } from "./sink.ts";

/** Makes what a stage takes; gives the stage's work on all of it, which gives how many it did. */
type Stage = (count: number) => () => number;

/** Each stage by itself, in the order of the flow. */
export const stages: Readonly<Record<string, Stage>> = {
  parse(count) {
    const texts = [...adds(count)];
    return () => howMany(parseScript(texts));
  },
  compile(count) {
    const parsed = [...parseScript(adds(count))];
    const context = contextOf(nativeHost());
    return () => sum(parsed, (statement) => howMany(requestsOf(compile(statement, context).command)));
  },
  encode(count) {
    const messages = requests(count);
    return () => sum(messages, (message) => Number(encode(message, linux).length > 0));
  },
  exchange(count) {
    const messages = requests(count);
    const { pid, now } = nativeHost();
    return () => {
      let replies = 0;
      const reply = () => {
        replies += 1;
      };
      const session = openSession(createSink(), { pid, sequence: { first: 0x8000_0000 }, now });
      session.run(jobs(messages, reply));
      return replies;
    };
  },
  decode(count) {
    const entries = dumped(count);
    return () => sum(entries, (entry) => Number(decode(entry, linux).problems.length === 0));
  },
  print(count) {
    const entries = dumped(count).map((entry) => decode(entry, linux));
    const host = nativeHost();
    return () => sum(entries, (entry) => Number(saEntry(entry, { host }).includes("state=mature")));
  },
};

const warmUps = 5;
const passes = 11;

/** The median of several passes over so many items, in microseconds an item. */
export function timeStage(name: string, count: number): number {
  const work = stages[name]!(count);
  for (let i = 0; i < warmUps; i += 1) work();
  const times = Array.from({ length: passes }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return (median(times) * 1000) / count;
}

const contextOf = (host: Host): CompileContext => ({ host, dialect: linux, face: "default", forward: "rfc" });

function requests(count: number): OutgoingMessage[] {
  const context = contextOf(nativeHost());
  return [...parseScript(adds(count))].flatMap((statement) => [
    ...requestsOf(compile(statement, context).command),
  ]);
}

function* requestsOf(command: Command): Generator<OutgoingMessage, void> {
  for (let step = command.next([]); step.done !== true; step = command.next([])) yield step.value;
}

const dumped = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => encode(saEntryMessage(i), linux));

function* jobs(messages: readonly OutgoingMessage[], reply: () => void): Generator<Job, void> {
  for (const message of messages) yield { command: only(message), reply };
}

function* only(message: OutgoingMessage): Command {
  yield message;
}

function howMany(items: Iterable<unknown>): number {
  let count = 0;
  for (const _ of items) count += 1;
  return count;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}
