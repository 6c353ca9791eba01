import type { Dialect, Message } from "@keysock/wire";
import type { Agenda } from "./agenda.ts";
import type { SupportedNumbers } from "./algorithms.ts";
import type { Clock } from "./clock.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Header } from "./header.ts";
import type { Sadb } from "./sadb.ts";
import type { Spd } from "./spd.ts";

/** What all sockets of an engine share. */
export interface Kernel {
  readonly dialect: Dialect;
  readonly clock: Clock;
  readonly random: () => number;
  readonly supported: SupportedNumbers;
  readonly sadb: Sadb;
  readonly spd: Spd;
  readonly agenda: Agenda;
  readonly endpoints: Set<Endpoint>;
  /** Of the last ACQUIRE. */
  acquireSequence: number;
}

/** A message that the kernel has taken. */
export interface Request {
  readonly bytes: Uint8Array;
  readonly header: Header;
  readonly message: Message;
}

/** Does what a request asks for. @throws Refusal */
export type Handler = (kernel: Kernel, request: Request, from: Endpoint) => void;
