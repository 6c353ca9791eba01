import type { Decoded, Dialect, KeySocket, Message, OutgoingMessage } from "@keysock/wire";
import { answers } from "./answers.ts";
import { openChannel } from "./channel.ts";
import type { Job } from "./job.ts";
import type { SessionOptions } from "./options.ts";
import { runJobs } from "./pipeline.ts";
import { oneAtATime, pipelineWindow } from "./window.ts";

/** Request and reply over a key socket that nobody else reads. An error of the socket itself ends what is under way. */
export interface Session {
  readonly dialect: Dialect;
  /**
   * Runs commands in order and tells each job of its replies, in the order of the requests. Requests that are independent
   * go out together, so the next job is asked for before the last is answered; whatever was asked for before the
   * jobs end, or fail, is carried out. Key bytes of the requests are overwritten.
   *
   * @throws RefusedError, NoReplyError of a job without `refused`
   * @throws RepliesGoneError where a command iterates replies too late
   */
  run(jobs: Iterable<Job>): void;
  /**
   * One request and its replies as they come. It is sent when it is iterated, not before; the message's keys stay.
   *
   * @throws RefusedError, NoReplyError out of the iteration
   */
  request(message: OutgoingMessage): Iterable<Message>;
  /**
   * The next message whoever sent it, or undefined when none comes in time. For monitors.
   *
   * @throws LostMessagesError where messages are missing; those after them are still to be had
   */
  receive(timeoutMs: number): Decoded | undefined;
  /** Closes the socket. */
  close(): void;
}

/**
 * Opens a session on a key socket, which is the session's from now on.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createEngine } from "@keysock/engine";
 * import { openSession } from "@keysock/session";
 * import { type Command, request } from "@keysock/wire";
 *
 * const engine = createEngine({ personality: "linux", clock: { now: Date.now, sleep: () => {} } });
 * const session = openSession(engine.connect(), { pid: 4242, sequence: { first: 0x80000000 } });
 *
 * function* flushThenDump(): Command {
 *   yield request("flush", "unspec");
 *   yield request("dump", "unspec");
 * }
 * const heard: string[] = [];
 * session.run([
 *   {
 *     command: flushThenDump(),
 *     reply: ({ message }) => heard.push(`${message.type}`),
 *     refused: (error) => heard.push(error.message),
 *   },
 * ]);
 * assert.deepEqual(heard, ["flush", '"dump" was refused: No such file or directory (ENOENT)']);
 * session.close();
 * ```
 */
export function openSession(socket: KeySocket, options: SessionOptions): Session {
  const channel = openChannel(socket, options);
  const window = options.sequence === "as-given" ? oneAtATime : pipelineWindow;
  return {
    dialect: socket.dialect,
    run: (jobs) => runJobs(jobs, channel, window),
    *request(message) {
      const exchange = channel.prepare(message);
      channel.send([exchange]);
      for (const reply of answers(exchange, channel)) yield reply.message;
    },
    receive: channel.receive,
    close: () => socket.close(),
  };
}
