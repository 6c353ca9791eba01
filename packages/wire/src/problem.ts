/** Names of what can be wrong with a message; they stay as they are. */
export type ProblemReason =
  | "header-short"
  | "version-unknown"
  | "message-length-short"
  | "message-truncated"
  | "message-trailing-bytes"
  | "extension-header-short"
  | "extension-length-zero"
  | "extension-past-end"
  | "extension-type-zero"
  | "extension-too-short"
  | "extension-duplicate"
  | "sockaddr-truncated"
  | "key-bits"
  | "sensitivity-bitmaps"
  | "proposal-length"
  | "extended-proposal-length"
  | "ipsecrequest-length"
  | "ipsecrequest-addresses"
  | "security-context-length"
  | "xfrm-attribute";

/** What is wrong with a message, and where. */
export interface Problem {
  reason: ProblemReason;
  /** Bytes from the start of the message. */
  offset: number;
  /** What was found and what was expected; never key bytes. */
  detail: string;
}
