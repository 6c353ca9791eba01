import { once } from "node:events";
import { createServer } from "node:net";
import { type Clock, createEngine } from "@keysock/engine";
import { createClients } from "./clients.ts";
import type { Io } from "./io.ts";
import type { Options } from "./options.ts";
import { listenAt } from "./socket-file.ts";

/** More are turned away. Each may take up to a megabyte. */
export const maximumClients = 256;

/**
 * Bytes that may wait for a client to read, beside what the kernel holds. Then its messages wait in the engine, and its
 * requests too.
 */
const maximumUnreadBytes = 16 * 1024;

/** How often the engine is asked whether a lifetime is over. Linux looks as often. */
const tickMs = 1000;

/**
 * Serves an engine at a path until `end` aborts.
 *
 * @throws ListenError
 */
export async function serve(
  { path, personality }: Options,
  io: Io,
  clock: Clock,
  end: AbortSignal,
): Promise<void> {
  const complain = (text: string): void => io.err(`keysockd: ${text}\n`);
  const clients = createClients(createEngine({ personality, clock }), complain);
  const server = createServer({ allowHalfOpen: true, highWaterMark: maximumUnreadBytes }, clients.join);
  server.maxConnections = maximumClients;
  server.on("drop", () => complain(`a client is turned away: ${maximumClients} are here`));

  const file = await listenAt(server, path);
  server.on("error", ({ message }) => complain(message));
  io.out(`keysockd: listening on ${path}, personality ${personality}\n`);
  const ticking = setInterval(clients.tick, tickMs);

  if (!end.aborted) await once(end, "abort");
  clearInterval(ticking);
  file.remove();
  const closed = once(server, "close");
  server.close();
  clients.close();
  await closed;
}
