import { type Decoded, type Dialect, linux, type Problem, type ProblemReason } from "@keysock/wire";
import { extensionText } from "./kdebug-extension.ts";

/** `struct sadb_msg` and `struct sadb_ext` (RFC 2367 sections 2.3 and 2.3.1). */
const header = { version: 0, type: 1, errno: 2, saType: 3, length: 4, bytes: 16 } as const;
const extensionHeader = { length: 0, type: 2 } as const;

/** Problems that leave the extension readable, or that are not of its inside. */
const readable: ReadonlySet<ProblemReason> = new Set(["extension-duplicate", "extension-type-zero"]);

/**
 * Every field of a message, as `-v` and `-x` show it, and an empty line. Keys are shown.
 *
 * Of a malformed message it shows what there is, and says what is wrong in lines that begin `kdebug_sadb:`. It goes on
 * after an extension that it does not know.
 *
 * @param decoded - a message in either direction
 * @param dialect - what it was decoded with
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kdebug } from "@keysock/setkey-printer";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const bytes = encode(request("flush", "esp"), linux);
 * assert.equal(
 *   kdebug(decode(bytes, linux)),
 *   "sadb_msg{ version=2 type=9 errno=0 satype=3\n  len=2 reserved=0 seq=0 pid=0\n\n",
 * );
 * ```
 */
export function kdebug(decoded: Decoded, dialect: Dialect = linux): string {
  const { bytes, message, problems } = decoded;
  if (bytes.length < header.bytes) return `kdebug_sadb: message of ${bytes.length} bytes was passed.\n\n`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const uint16 = (at: number): number => view.getUint16(at, dialect.byteOrder === "little");

  let text =
    `sadb_msg{ version=${bytes[header.version]} type=${bytes[header.type]} errno=${bytes[header.errno]} satype=${bytes[header.saType]}\n` +
    `  len=${uint16(header.length)} reserved=${message.reserved} seq=${message.sequence} pid=${message.pid}\n`;
  let at: number = header.bytes;
  let nextProblem = 0;
  for (const extension of message.extensions) {
    const end = at + extension.length * 8;
    text += `sadb_ext{ len=${extension.length} type=${extension.type} }\n`;
    if (extension.kind !== "raw") text += extensionText(extension, bytes.subarray(at, end), dialect);
    let malformed = false;
    // In order of their offsets, as the extensions are.
    for (; nextProblem < problems.length && problems[nextProblem]!.offset < end; nextProblem++) {
      const { offset, reason } = problems[nextProblem]!;
      if (offset >= at && !readable.has(reason)) malformed = true;
    }
    if (malformed) text += `kdebug_sadb: malformed ext_type ${extension.type} was passed.\n`;
    else if (extension.kind === "raw") {
      text += `kdebug_sadb: invalid ext_type ${extension.type} was passed.\n`;
    }
    at = end;
  }
  const extensionLine = (offset: number): string =>
    `sadb_ext{ len=${uint16(offset + extensionHeader.length)} type=${uint16(offset + extensionHeader.type)} }\n`;
  for (const problem of problems) text += unreadText(problem, extensionLine);
  return `${text}\n`;
}

/** What keeps the rest of a message from being read. */
function unreadText({ reason, offset }: Problem, extensionLine: (offset: number) => string): string {
  switch (reason) {
    case "extension-length-zero":
      return `${extensionLine(offset)}kdebug_sadb: invalid ext_len=0 was passed.\n`;
    case "extension-past-end":
      return `${extensionLine(offset)}kdebug_sadb: ext_len exceeds end of buffer.\n`;
    case "extension-header-short":
      return "kdebug_sadb: ext_len exceeds end of buffer.\n";
    case "message-length-short":
    case "message-truncated":
    case "message-trailing-bytes":
      return "kdebug_sadb: len is not that of the buffer.\n";
    default:
      return "";
  }
}
