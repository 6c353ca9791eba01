/** Names of what can be wrong with a message; they stay as they are. */
export type ProblemReason =
  | "header-short"
  | "message-length-short"
  | "message-truncated"
  | "message-trailing-bytes"
  | "body-short"
  | "error-request-past-end"
  | "attribute-header-short"
  | "attribute-length-short"
  | "attribute-past-end"
  | "attribute-too-short"
  | "attribute-duplicate"
  | "algorithm-key"
  | "esn-bitmap"
  | "security-context-length"
  | "text-unterminated";

/** What is wrong with a message, and where. */
export interface Problem {
  reason: ProblemReason;
  /** Bytes from the start of the message. */
  offset: number;
  /** What was found and what was expected; never key bytes. */
  detail: string;
}
