import type { Core, Request } from "../core.ts";
import type { Endpoint } from "../endpoint.ts";
import type { SupportedNumbers } from "../personality.ts";
import type { Sadb } from "./sadb.ts";

/** What all sockets of an engine share that behaves like illumos. */
export interface Kernel extends Core {
  readonly random: () => number;
  readonly supported: SupportedNumbers;
  readonly sadb: Sadb;
}

/** Does what a request asks for. @throws Refusal */
export type Handler = (kernel: Kernel, request: Request, from: Endpoint) => void;
