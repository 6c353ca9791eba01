import type { Position, UnreadCommand } from "./command.ts";
import { type Fault, problemAt } from "./fault.ts";
import { TOKEN_LIMIT } from "./scan.ts";

/** In the default face the longest command, all of its lines and their ends together, in bytes. */
export const COMMAND_LIMIT = 1 << 20;

/** Illumos' buffer: a command must be shorter. */
export const ORIGINAL_BUFFER = 4096;

/** A command that exceeds a limit. */
export function unread(position: Position, lastLine: number, fault: Fault): UnreadCommand {
  const token = { text: "", position };
  const problems = [{ ...problemAt([token], 0, fault, { original: true }), token: undefined }];
  return { kind: "unread", verb: "", position, lastLine, text: "", tokens: [], problems };
}

export const tooManyTokens: Fault = {
  code: "too-many-tokens",
  report: "ends",
  original: "Too many input tokens.",
  message: `Too many input tokens: at most ${TOKEN_LIMIT}.`,
  secret: true,
};

/** A line too long for illumos, which numbers it in a file. */
export function lineTooLong(line: number, origin: "file" | "prompt"): Fault {
  const original =
    origin === "file" ? `Line ${line} too big.` : `Line too long (max=${ORIGINAL_BUFFER} chars)`;
  return {
    code: "too-long",
    report: origin === "file" ? "ends" : "standard error",
    original,
    message: original,
    secret: true,
  };
}

export const bufferOverrun: Fault = {
  code: "too-long",
  report: "ends",
  original: "Command buffer overrun.",
  message: "Command buffer overrun.",
  secret: true,
};

export const commandTooLong: Fault = {
  code: "too-long",
  report: "ends",
  original: "Command buffer overrun.",
  message: `Command too long: at most ${COMMAND_LIMIT} bytes.`,
  secret: true,
};
