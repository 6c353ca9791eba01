/** How many requests go out before their replies are read. */
export interface Window {
  readonly requests: number;
  /** Once they have so many bytes no other joins them. */
  readonly bytes: number;
}

/**
 * Small enough that the replies fit into Linux's default receive queue of 212,992 bytes, where each counts for some
 * 2,300 at most, and that a peer which answers each request before it reads the next never blocks.
 */
export const pipelineWindow: Window = { requests: 32, bytes: 32768 };

/** Each request is answered before the next one goes out. */
export const oneAtATime: Window = { requests: 1, bytes: 0 };
