/**
 * What happens to a message that is sent. What is wrong with it is told to its sender in a reply, never by `send`.
 */
import { type Dialect, decode, type MessageType, maximumMessageBytes, messageTypeName } from "@keysock/wire";
import { type Request, wipeRequest } from "../core.ts";
import type { Endpoint } from "../endpoint.ts";
import { type Header, headerAlone, headerBytes, readHeader } from "../header.ts";
import { Refusal } from "../refusal.ts";
import { acquire } from "./acquire.ts";
import { add } from "./add.ts";
import { deliver, only } from "./delivery.ts";
import { Diagnostic } from "./diagnostic.ts";
import { dump } from "./dump.ts";
import { Errno } from "./errno.ts";
import { flush } from "./flush.ts";
import { get, remove, removePair } from "./get-delete.ts";
import { getspi } from "./getspi.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { promisc } from "./promisc.ts";
import { refuse } from "./refuse.ts";
import { register } from "./register.ts";
import { update, updatePair } from "./update.ts";
import { walk } from "./walker.ts";

const notForUsers: Handler = () => {
  throw new Refusal(Errno.EOPNOTSUPP);
};

const handlers: Readonly<Partial<Record<MessageType | number, Handler>>> = {
  getspi,
  update,
  add,
  delete: remove,
  get,
  acquire,
  register,
  expire: notForUsers,
  flush,
  dump,
  promisc,
  // Policies are not PF_KEY's here, and there is no cluster.
  "inverse-acquire": notForUsers,
  "delpair-state": notForUsers,
  updatepair: updatePair,
  delpair: removePair,
};

const version = 2;

/** An SA is shown with more than it was added with, and that must be no longer than a message can be. */
const maximumRequestBytes = maximumMessageBytes - 1024;

/** Takes one message, of any bytes. */
export function submit(kernel: Kernel, from: Endpoint, bytes: Uint8Array): void {
  try {
    handle(kernel, from, bytes);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { errno, diagnostic } = error;
    deliver(kernel, headerAlone(bytes, errno, kernel.dialect, diagnostic), only(from));
  }
}

/** @throws Refusal */
function handle(kernel: Kernel, from: Endpoint, bytes: Uint8Array): void {
  const { dialect } = kernel;
  const header = accept(bytes, dialect);
  const handler = handlers[messageTypeName(header.type, dialect)];
  if (header.version !== version || handler === undefined) {
    refuse(Diagnostic.unknownMessage);
  }
  walk(bytes, dialect);
  const request: Request = { bytes, header, message: decode(bytes, dialect).message };
  try {
    handler(kernel, request, from);
  } finally {
    wipeRequest(request);
  }
}

/** @throws Refusal with EMSGSIZE for a message that is not as long as it says */
function accept(bytes: Uint8Array, dialect: Dialect): Header {
  if (bytes.length < headerBytes || bytes.length > maximumRequestBytes) throw new Refusal(Errno.EMSGSIZE);
  const header = readHeader(bytes, dialect);
  if (header.length * 8 !== bytes.length) throw new Refusal(Errno.EMSGSIZE);
  return header;
}
