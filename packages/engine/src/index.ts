/**
 * A PF_KEY kernel in user space: key sockets with no kernel behind them.
 *
 * @packageDocumentation
 */
export { NoOutboundPolicyError, type Packet, type Resolution } from "./acquire.ts";
export { debianLinux, type SupportedNumbers } from "./algorithms.ts";
export type { Clock } from "./clock.ts";
export { createEngine, type Engine, type EngineOptions } from "./engine.ts";
export { EngineSocketClosedError } from "./key-socket.ts";
export { SendRefusedError } from "./send-refused-error.ts";
export type { SaName } from "./usage.ts";
