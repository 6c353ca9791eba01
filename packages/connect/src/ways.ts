import { createEngine } from "@keysock/engine";
import type { Host } from "@keysock/host";
import { openPfKeySocket, openUnixSocket } from "@keysock/socket";
import type { Dialect, KeySocket } from "@keysock/wire";

/** By what the engine's SAs age. */
export type Clock = Pick<Host, "now" | "sleep">;

/** How each way is opened. */
export interface Ways {
  pfkey(): KeySocket;
  engine(clock: Clock, dialect: Dialect): KeySocket;
  unix(path: string, dialect: Dialect): KeySocket;
}

/** The native sockets are only loaded when one is opened. */
export const realWays: Ways = {
  pfkey: openPfKeySocket,
  engine: openEngine,
  unix: openUnixSocket,
};

function openEngine(clock: Clock, { name }: Dialect): KeySocket {
  return createEngine({ personality: name, clock }).connect();
}
