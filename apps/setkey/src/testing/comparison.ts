import { readFileSync } from "node:fs";
import { fromHex, parseTxtar, type RecordedCase } from "@keysock/goldens";
import { maskIp, maskMessage, maskPid, maskText } from "./masks.ts";
import type { Shown } from "./replay.ts";

/** The parts of a recording that are compared, and what becomes of what varies in each. */
const masks = {
  stdout: maskText,
  stderr: String,
  exit: String,
  "sent.hex": eachMessage(maskPid),
  "received.hex": eachMessage(maskMessage),
  "after.D": maskText,
  "after.DP": maskText,
  "after.ipstate": maskIp,
  "after.ippolicy": maskIp,
  "peer.stdout": maskText,
  "peer.D": maskText,
  "peer2.D": maskText,
} as const;

export type Part = keyof typeof masks;

/** All that a run on a kernel shows. */
export const allParts = Object.keys(masks) as Part[];

/** What a run shows by the names of a recording's parts. */
export function partsOf({ stdout, stderr, exit, sent, received, files }: Shown): Map<string, string> {
  return new Map([
    ["stdout", stdout],
    ["stderr", stderr],
    ["exit", `${exit}\n`],
    ["sent.hex", hexLines(sent)],
    ["received.hex", hexLines(received)],
    ...files,
  ]);
}

/**
 * What is not copied from the original, case by case: `NAME/why`, and those parts of the recording that differ.
 */
export const readDifferences = (file = "differences.txtar"): Map<string, string> =>
  parseTxtar(readFileSync(new URL(file, import.meta.url), "latin1"));

/** What a run shows and what it must show, of those parts that its recording has. */
export function compared(
  { name, parts }: RecordedCase,
  shown: ReadonlyMap<string, string>,
  { which, differences }: { which: readonly Part[]; differences: ReadonlyMap<string, string> },
): Record<"shown" | "expected", Record<string, string>> {
  const expected = (part: Part) => differences.get(`${name}/${part}`) ?? parts.get(part);
  const masked = (text: (part: Part) => string | undefined) =>
    Object.fromEntries(
      which.filter((part) => parts.has(part)).map((part) => [part, masks[part](text(part) ?? "")]),
    );
  return { shown: masked((part) => shown.get(part)), expected: masked(expected) };
}

function eachMessage(mask: (bytes: Uint8Array) => string): (text: string) => string {
  return (text) =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => mask(fromHex(line)))
      .join("\n");
}

const hexLines = (messages: readonly Uint8Array[]): string =>
  messages.map((bytes) => `${Buffer.from(bytes).toString("hex")}\n`).join("");
