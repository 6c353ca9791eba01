import { createEngine } from "@keysock/engine";
import type { Host } from "@keysock/host";
import { openNetlinkSocket, openPfKeySocket, openUnixSocket } from "@keysock/socket";
import type { Dialect, KeySocket } from "@keysock/wire";
import { netlinkXfrm, openXfrmKeySocket } from "@keysock/xfrm";

/** By what the engine's SAs age. */
export type Clock = Pick<Host, "now" | "sleep">;

/** How each way is opened. */
export interface Ways {
  pfkey(): KeySocket;
  xfrm(): KeySocket;
  engine(clock: Clock, dialect: Dialect): KeySocket;
  unix(path: string, dialect: Dialect): KeySocket;
}

/** The native sockets are only loaded when one is opened. */
export const realWays: Ways = {
  pfkey: openPfKeySocket,
  xfrm: openXfrm,
  engine: openEngine,
  unix: openUnixSocket,
};

/** Its errors bring the kernel's own words, and no request, which might hold keys. */
function openXfrm(): KeySocket {
  return openXfrmKeySocket(openNetlinkSocket({ protocol: netlinkXfrm, extendedAck: true, capAck: true }));
}

function openEngine(clock: Clock, { name }: Dialect): KeySocket {
  return createEngine({ personality: name, clock }).connect();
}
