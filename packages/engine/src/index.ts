/**
 * A PF_KEY kernel in user space: key sockets with no kernel behind them.
 *
 * @packageDocumentation
 */
export type { Clock } from "./clock.ts";
export { createEngine, type Engine } from "./engine.ts";
export { EngineSocketClosedError } from "./key-socket.ts";
export { debianLinux } from "./linux/algorithms.ts";
export { NoOutboundPolicyError, type Packet, type Resolution } from "./packet.ts";
export type { EngineOptions, SaName, SupportedNumbers } from "./personality.ts";
export { SendRefusedError } from "./send-refused-error.ts";
