import type { Problem, SaCommand } from "@keysock/ipseckey-grammar";

/** What can be wrong with the meaning of a command. */
export type CompileProblemCode =
  // Attributes
  | "duplicate-attribute"
  | "unknown-address"
  | "vague-address"
  | "prefix-too-long"
  | "zero-spi"
  | "unknown-algorithm"
  | "counter-mode"
  | "encryption-for-ah"
  | "key-for-null"
  | "reserved-bits-late"
  | "replay-window"
  | "pair-of-pair"
  | "label"
  | "long-identity"
  // The whole command
  | "encapsulation-missing"
  | "encapsulation-without-address"
  | "spi-missing"
  | "sa-missing"
  | "algorithm-missing"
  | "key-missing"
  | "state-larval"
  | "tunnel-protocol"
  | "destination-missing"
  // Sources for destinations
  | "no-source"
  | "several-sources"
  | "family-mismatch"
  // What Linux cannot hold
  | "not-on-linux"
  | "ignored-by-linux"
  | "bad-key";

/** One thing that is wrong with a command, or that its writer should know: of its text or of its meaning. */
export interface CommandProblem extends Omit<Problem, "code"> {
  code: Problem["code"] | CompileProblemCode;
}

/** A problem that does not yet know its place. */
export interface Finding {
  code: CompileProblemCode;
  report: Problem["report"];
  /** The text of today's illumos, line end included where it has one; our own where illumos has none. */
  original: string;
  /** In the words of the manual page and our own, without line end. */
  message: string;
  severity?: Problem["severity"];
  expected?: readonly string[];
  /** What was found must not be shown. */
  secret?: boolean;
}

/** A finding that illumos does not have: its text is ours. */
export const ours = (finding: Omit<Finding, "original" | "report">): Finding => ({
  ...finding,
  report: "collected",
  original: `${finding.message}\n`,
});

/** A finding about a token of a command; undefined: about all of it. */
export function problemAt(
  { tokens, position }: Pick<SaCommand, "tokens" | "position">,
  token: number | undefined,
  { severity = "error", expected = [], secret = false, ...texts }: Finding,
): CommandProblem {
  const at = token === undefined ? undefined : tokens[token];
  const { line, column } = at?.position ?? position;
  const found = secret ? undefined : at?.text;
  return { ...texts, severity, expected, line, column, token, found, suggestion: undefined };
}
