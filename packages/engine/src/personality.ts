import type { Clock } from "./clock.ts";
import type { Core } from "./core.ts";
import type { Packet, Resolution } from "./packet.ts";

/** What an engine is made of. */
export interface EngineOptions {
  /** The kernel to behave like. */
  readonly personality: "linux" | "illumos";
  readonly clock: Clock;
  /** From 0 up to but not including 1; chooses SPIs. `Math.random` unless given. */
  readonly random?: () => number;
  /** The algorithms that it has. Unless given, those of Debian's Linux 6.1 or all that illumos has a number for. */
  readonly supported?: SupportedNumbers;
  /** Bytes, with 768 more for each message, that may wait at a socket before messages to it are dropped. */
  readonly receiveBuffer?: number;
}

/** Numbers of the algorithms that a kernel has, in the order in which it offers them. */
export interface SupportedNumbers {
  authentication: readonly number[];
  encryption: readonly number[];
  compression: readonly number[];
}

/** Names an SA as the kernel's packet path does. */
export interface SaName {
  readonly saType: "ah" | "esp" | "ipcomp";
  readonly spi: number;
  /** 4 or 16 bytes. */
  readonly destination: Uint8Array;
}

/** A kernel to behave like, with databases of its own: what an engine's methods come to. */
export interface Personality {
  readonly core: Core;
  account(sa: SaName, bytes: number): boolean;
  /** @throws NoOutboundPolicyError */
  acquire(packet: Packet): Resolution;
}
