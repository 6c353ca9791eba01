import { kdebug, resultLine, resultText } from "@keysock/setkey-printer";
import { decode, linuxXfrm } from "@keysock/wire";
import { printReply } from "./listing.ts";
import type { Program } from "./program.ts";

const headerBytes = 16;

/** Where `sadb_msg_len` stands (RFC 2367 section 2.3.1); it counts words of 8 bytes. */
const lengthOffset = 4;
const wordBytes = 8;

/** Prints the PF_KEY messages of a file as if they had just come. Gives the exit status. */
export function printMessageFile(program: Program, path: string): number {
  const { io, options } = program;
  let rest: Buffer = Buffer.of();
  for (const chunk of io.open(path)) {
    rest = Buffer.concat([rest, Buffer.from(chunk, "latin1")]);
    for (let end = messageEnd(rest); end !== undefined; end = messageEnd(rest)) {
      const decoded = decode(Uint8Array.from(rest.subarray(0, end)), linuxXfrm);
      if (options.verbose) io.out(kdebug(decoded));
      const { type, errno } = decoded.message;
      if (errno === 0) printReply(program, decoded);
      else io.out(resultLine(resultText(type, errno, linuxXfrm)));
      rest = rest.subarray(end);
    }
  }
  if (rest.length === 0) return 0;
  const why = options.compat ? "Invalid argument" : `${rest.length} bytes that are no whole PF_KEY message`;
  io.err(`setkey: ${path}: ${why}\n`);
  return 1;
}

/** Where the first message of the bytes ends; undefined if it is not whole, or is none. */
function messageEnd(bytes: Buffer): number | undefined {
  if (bytes.length < headerBytes) return undefined;
  const words =
    linuxXfrm.byteOrder === "little" ? bytes.readUInt16LE(lengthOffset) : bytes.readUInt16BE(lengthOffset);
  const end = words * wordBytes;
  return end < headerBytes || end > bytes.length ? undefined : end;
}
