import { type Dialect, keyBytes, type Message } from "@keysock/wire";
import type { Agenda } from "./agenda.ts";
import type { Clock } from "./clock.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Header } from "./header.ts";

/** What all sockets of an engine share, whatever kernel it behaves like. */
export interface Core {
  readonly dialect: Dialect;
  readonly clock: Clock;
  readonly agenda: Agenda;
  readonly endpoints: Set<Endpoint>;
  /** Takes one message. @throws SendRefusedError */
  submit(from: Endpoint, bytes: Uint8Array): void;
}

/** A message that the kernel has taken. */
export interface Request {
  readonly bytes: Uint8Array;
  readonly header: Header;
  readonly message: Message;
}

/** Overwrites the keys of a request that has been handled. */
export function wipeRequest({ message }: Request): void {
  for (const key of keyBytes(message)) key.fill(0);
}
