/** What is wrong with a message, and where. */
export interface Problem {
  /** Stable name of the kind of problem, for example "extension-length-zero". */
  reason: string;
  /** Bytes from the start of the message. */
  offset: number;
  /** What was found and what was expected; never key bytes. */
  detail: string;
}
