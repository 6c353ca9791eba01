import { keyBytes, type Message, type OutgoingMessage } from "@keysock/wire";
import { answers } from "./answers.ts";
import type { Channel } from "./channel.ts";
import type { Exchange } from "./exchange.ts";
import type { Job } from "./job.ts";
import { isOutcome } from "./outcome.ts";
import { remove } from "./remove.ts";
import { RepliesGoneError } from "./replies-gone-error.ts";
import { ruleOf } from "./request-rules.ts";
import type { Window } from "./window.ts";

/** A job that has begun. */
interface Running {
  readonly job: Job;
  /** The command yields no more. */
  finished: boolean;
  /** Requests without an outcome. */
  open: number;
  /** Where the requests hold keys; a command may use the same array in several. */
  readonly keys: Set<Uint8Array>;
}

/** A request that its job is still to hear of. */
interface Entry {
  readonly exchange: Exchange;
  readonly running: Running;
  sent: boolean;
}

/** Runs jobs in order over a channel; see `Session.run`. */
export function runJobs(jobs: Iterable<Job>, channel: Channel, window: Window): void {
  /** In the order of the requests; the unsent ones last. */
  const entries: Entry[] = [];
  const begun: Running[] = [];
  /** Thrown while a command waited for its replies. It ends the run even if the command catches it. */
  let fatal: { error: unknown } | undefined;

  try {
    for (const job of settlingBeforeFailure(jobs)) advance(job);
    settleAll();
  } finally {
    for (const { exchange } of entries) channel.forget(exchange);
    for (const running of begun) overwriteKeys(running);
  }

  function* settlingBeforeFailure(jobs: Iterable<Job>): Generator<Job, void, void> {
    try {
      yield* jobs;
    } catch (error) {
      settleAll();
      throw error;
    }
  }

  /** Runs a command to its end. Its last requests may be left for later ones to join. */
  function advance(job: Job): void {
    const running: Running = { job, finished: false, open: 0, keys: new Set() };
    begun.push(running);
    try {
      let step = next(job, noReplies());
      while (step.done !== true) step = next(job, lazily(enqueue(step.value, running)));
    } finally {
      job.command.return();
    }
    running.finished = true;
    overwriteKeysOnceOver(running);
  }

  /** The command's next request; a refusal that it does not catch is its end. */
  function next(job: Job, replies: Iterable<Message>): IteratorResult<OutgoingMessage, void> {
    let step: IteratorResult<OutgoingMessage, void> = { done: true, value: undefined };
    try {
      step = job.command.next(replies);
    } catch (error) {
      if (fatal === undefined && !refuse(job, error)) {
        settleAll();
        throw error;
      }
    }
    if (fatal !== undefined) throw fatal.error;
    return step;
  }

  function enqueue(request: OutgoingMessage, running: Running): Entry {
    for (const key of keyBytes(request)) running.keys.add(key);
    if (!fits(request)) settleAll();
    const entry: Entry = { exchange: prepare(request), running, sent: false };
    entries.push(entry);
    running.open += 1;
    return entry;
  }

  function prepare(request: OutgoingMessage): Exchange {
    try {
      return channel.prepare(request);
    } catch (error) {
      settleAll();
      throw error;
    }
  }

  function fits({ type }: OutgoingMessage): boolean {
    const last = entries.at(-1);
    if (last === undefined) return true;
    return (
      ruleOf(type).pipelined &&
      last.exchange.rule.pipelined &&
      entries.length < window.requests &&
      entries.reduce((sum, { exchange }) => sum + exchange.bytes.length, 0) < window.bytes
    );
  }

  /** The replies to one request, for its command: what was asked for before it is settled first. */
  function* lazily(entry: Entry): Generator<Message, void, void> {
    const { exchange, running } = entry;
    if (!entries.includes(entry)) throw new RepliesGoneError(exchange.request);
    try {
      sendQueued();
      while (entries[0] !== undefined && entries[0] !== entry) settle(entries[0]);
    } catch (error) {
      fatal = { error };
      throw error;
    }
    entries.shift();
    try {
      for (const reply of answers(exchange, channel)) yield reply.message;
    } catch (error) {
      if (!isOutcome(error)) fatal = { error };
      throw error;
    } finally {
      oneLessOpen(running);
    }
  }

  function settleAll(): void {
    sendQueued();
    while (entries[0] !== undefined) settle(entries[0]);
  }

  function sendQueued(): void {
    const queued = entries.filter(({ sent }) => !sent);
    if (queued.length === 0) return;
    for (const entry of queued) entry.sent = true;
    channel.send(queued.map(({ exchange }) => exchange));
  }

  /** Tells the job of the first request's replies. */
  function settle({ exchange, running }: Entry): void {
    const { job } = running;
    entries.shift();
    try {
      for (const reply of answers(exchange, channel)) job.reply?.(reply, exchange.request);
    } catch (error) {
      if (!refuse(job, error)) throw error;
    } finally {
      oneLessOpen(running);
    }
  }

  function oneLessOpen(running: Running): void {
    running.open -= 1;
    overwriteKeysOnceOver(running);
  }

  function overwriteKeysOnceOver(running: Running): void {
    if (!running.finished || running.open > 0) return;
    remove(begun, running);
    overwriteKeys(running);
  }
}

/** Tells the job of an outcome; false if it is none, or the job does not want to be told. */
function refuse(job: Job, error: unknown): boolean {
  if (!isOutcome(error) || job.refused === undefined) return false;
  job.refused(error);
  return true;
}

function overwriteKeys({ keys }: Running): void {
  for (const key of keys) key.fill(0);
}

function* noReplies(): Generator<Message, void, void> {}
