/** The time by which SAs age. A host of `@keysock/host` is one; a test's is turned by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Lets that many milliseconds pass. */
  sleep(milliseconds: number): void;
}
