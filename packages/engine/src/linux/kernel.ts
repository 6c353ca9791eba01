import type { Core, Request } from "../core.ts";
import type { Endpoint } from "../endpoint.ts";
import type { SupportedNumbers } from "../personality.ts";
import type { Sadb } from "./sadb.ts";
import type { Spd } from "./spd.ts";

/** What all sockets of an engine share that behaves like Linux. */
export interface Kernel extends Core {
  readonly random: () => number;
  readonly supported: SupportedNumbers;
  readonly sadb: Sadb;
  readonly spd: Spd;
  /** Of the last ACQUIRE. */
  acquireSequence: number;
}

/** Does what a request asks for. @throws Refusal */
export type Handler = (kernel: Kernel, request: Request, from: Endpoint) => void;
