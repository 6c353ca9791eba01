/**
 * DUMP and SPDDUMP: entries are numbered from 1, and the last one has sequence 0. They are made as they are read: a part
 * while the request is handled, and more each time that the reader has read most of it.
 */
import { encode, find, type MessageType, type OutgoingExtension, type SaType } from "@keysock/wire";
import { deliver } from "./delivery.ts";
import type { Endpoint } from "./endpoint.ts";
import { Errno } from "./errno.ts";
import { filterOf } from "./filter.ts";
import { clearSequence, headerAlone } from "./header.ts";
import type { Handler, Kernel, Request } from "./kernel.ts";
import { policyExtensions } from "./policy-message.ts";
import { protocolMatches, protocolOf, saTypeOf } from "./protocol.ts";
import { references } from "./references.ts";
import { Refusal } from "./refusal.ts";
import { saExtensions } from "./sa-message.ts";

/** A dump that is going on. */
export interface Dump {
  readonly request: Uint8Array;
  /** The next message, numbered; undefined after the last. */
  readonly next: (sequence: number) => Uint8Array | undefined;
  count: number;
  /** Waits until it is known whether it is the last. */
  held: Uint8Array | undefined;
}

/** The part of the receive buffer that may be in use for more to be made, and for it to go on. */
const stopAbove = 2 / 3;
const goOnBelow = 1 / 3;

export const dump: Handler = (kernel, request, from) => {
  if (from.dump !== undefined) throw new Refusal(Errno.EBUSY);
  const protocol = protocolOf(request.message.saType);
  if (protocol === undefined) throw new Refusal(Errno.EINVAL);
  const passes = filterOf(find(request.message, "filter"));
  const walk = kernel.sadb.walk();
  start(kernel, request, from, (sequence) => {
    for (let sa = walk(); sa !== undefined; sa = walk()) {
      if (!protocolMatches(sa.protocol, protocol) || !passes(sa)) continue;
      return entry(kernel, request, "dump", saTypeOf(sa.protocol), sequence, 0, saExtensions(sa));
    }
    return undefined;
  });
};

export const spddump: Handler = (kernel, request, from) => {
  if (from.dump !== undefined) throw new Refusal(Errno.EBUSY);
  const walk = kernel.spd.walk();
  start(kernel, request, from, (sequence) => {
    const policy = walk();
    if (policy === undefined) return undefined;
    const reserved = references(kernel, policy);
    return entry(kernel, request, "spddump", "unspec", sequence, reserved, policyExtensions(policy));
  });
};

function entry(
  kernel: Kernel,
  { header }: Request,
  type: MessageType,
  saType: SaType,
  sequence: number,
  reserved: number,
  extensions: readonly OutgoingExtension[],
): Uint8Array {
  const { pid } = header;
  return encode({ version: 2, type, saType, errno: 0, reserved, sequence, pid, extensions }, kernel.dialect);
}

function start(kernel: Kernel, request: Request, from: Endpoint, next: Dump["next"]): void {
  from.dump = { request: request.bytes.slice(), next, count: 0, held: undefined };
  produce(kernel, from);
}

/** Makes more of a socket's dump if it has read most of what there was. */
export function continueDump(kernel: Kernel, endpoint: Endpoint): void {
  if (endpoint.dump !== undefined && !endpoint.isFilled(goOnBelow)) produce(kernel, endpoint);
}

/** Overwrites what a dump still holds. */
export function abandonDump(endpoint: Endpoint): void {
  endpoint.dump?.held?.fill(0);
  endpoint.dump = undefined;
}

function produce(kernel: Kernel, endpoint: Endpoint): void {
  const current = endpoint.dump;
  if (current === undefined) return;
  while (!endpoint.isFilled(stopAbove)) {
    const message = current.next(current.count + 1);
    if (message === undefined) {
      finish(kernel, endpoint, current);
      return;
    }
    current.count++;
    deliverHeld(kernel, endpoint, current);
    current.held = message;
  }
}

function finish(kernel: Kernel, endpoint: Endpoint, current: Dump): void {
  endpoint.dump = undefined;
  if (current.held === undefined) {
    deliver(kernel, headerAlone(current.request, Errno.ENOENT, kernel.dialect), "one", endpoint);
    return;
  }
  clearSequence(current.held);
  deliverHeld(kernel, endpoint, current);
}

function deliverHeld(kernel: Kernel, endpoint: Endpoint, current: Dump): void {
  if (current.held === undefined) return;
  deliver(kernel, current.held, "one", endpoint);
  current.held.fill(0);
  current.held = undefined;
}
