import type { Line } from "./line.ts";

/** What those have in common who carry out requests. */
export interface Bridge {
  readonly line: Line;
  /** Milliseconds since 1970. */
  now(): number;
  /** Puts a PF_KEY message where it will be received. */
  deliver(bytes: Uint8Array): void;
}
