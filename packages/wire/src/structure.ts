import type { Extension, Outgoing } from "./extension.ts";
import type { Problem, ProblemReason } from "./problem.ts";
import type { SockaddrFormat } from "./sockaddr.ts";
import type { Writer } from "./writer.ts";

/** A message that is being read. */
export interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly littleEndian: boolean;
  readonly sockaddr: SockaddrFormat;
  readonly problems: Problem[];
}

/** What is known of an extension before its inside is read. Spreading it into the result would be 20 times slower. */
export type Head<E extends Extension> = Pick<E, "kind" | "type" | "length">;

/** How one structure is read and written. `at` is where its header begins. */
export interface Structure<E extends Extension> {
  /** Bytes, header included, below which the inside is not looked at. */
  readonly minimum: number;
  /** Not called below the minimum. Undefined, with a problem reported, where the inside cannot be read. */
  decode(reader: Reader, at: number, head: Head<E>): E | undefined;
  /** Bytes, header included, without padding. */
  size(extension: Outgoing<E>, sockaddr: SockaddrFormat): number;
  /** Writes what follows the 4 bytes of header into bytes that are zero and as many as `size` said. */
  encode(writer: Writer, at: number, extension: Outgoing<E>): void;
}

/** Where an extension that begins at `at` ends. */
export const endOf = (at: number, length: number): number => at + length * 8;

/** The next multiple of 8. */
export const align8 = (size: number): number => (size + 7) & ~7;

/** What lies between `from` and `to`, unless it is the usual zeros up to a multiple of 8 (counted from `start`). */
export function unusualPadding(
  bytes: Uint8Array,
  start: number,
  from: number,
  to: number,
): Uint8Array | undefined {
  if (from === to) return undefined;
  const padding = bytes.slice(from, to);
  const usual = to - start === align8(from - start) && padding.every((byte) => byte === 0);
  return usual ? undefined : padding;
}

/** Notes a problem; gives undefined, which is what a decoder gives up with. */
export function report(reader: Reader, reason: ProblemReason, offset: number, detail: string): undefined {
  reader.problems.push({ reason, offset, detail });
}

/** Three bytes, the first one highest in both byte orders. */
export const getUint24 = (view: DataView, at: number): number =>
  (view.getUint8(at) << 16) | view.getUint16(at + 1);
