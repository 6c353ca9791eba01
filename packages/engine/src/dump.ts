/**
 * Dumps are made as they are read: a part while the request is handled, and more each time that the reader has read most
 * of it.
 */
import type { Endpoint } from "./endpoint.ts";

/** A dump that is going on. */
export interface Dump {
  /** Made ahead and not delivered yet. */
  held: Uint8Array | undefined;
  /** Makes and delivers the next message; true if that was the last. */
  step(): boolean;
}

/** The part of the receive buffer that may be in use for more to be made, and for it to go on. */
const stopAbove = 2 / 3;
const goOnBelow = 1 / 3;

export function startDump(endpoint: Endpoint, dump: Dump): void {
  endpoint.dump = dump;
  produce(endpoint);
}

/** Makes more of a socket's dump if it has read most of what there was. */
export function continueDump(endpoint: Endpoint): void {
  if (endpoint.dump !== undefined && !endpoint.isFilled(goOnBelow)) produce(endpoint);
}

/** Overwrites what a dump still holds. */
export function abandonDump(endpoint: Endpoint): void {
  endpoint.dump?.held?.fill(0);
  endpoint.dump = undefined;
}

function produce(endpoint: Endpoint): void {
  while (endpoint.dump !== undefined && !endpoint.isFilled(stopAbove)) {
    if (endpoint.dump.step()) endpoint.dump = undefined;
  }
}
