import type { Problem, ProblemReason } from "./problem.ts";
import type { Writer } from "./writer.ts";

/** A message that is being read. */
export interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly littleEndian: boolean;
  readonly problems: Problem[];
}

/** How one structure is read and written, as the body of a message, as an attribute or inside of another structure. */
export interface Structure<T> {
  /** Bytes below which the inside is not looked at. */
  readonly minimum: number;
  /** Not called below the minimum. Undefined, with a problem reported, where the inside cannot be read. */
  decode(reader: Reader, at: number, end: number): T | undefined;
  /** Bytes without what aligns the next one. */
  size(value: T): number;
  /** Writes into bytes that are zero and as many as `size` said. */
  encode(writer: Writer, at: number, value: T): void;
}

/** A structure of one size, whose minimum it is; nothing in it can be wrong. */
export interface FixedStructure<T> extends Structure<T> {
  decode(reader: Reader, at: number): T;
}

/** The next multiple of 4. */
export const align4 = (size: number): number => (size + 3) & ~3;

/** Notes a problem; gives undefined, which is what a decoder gives up with. */
export function report(reader: Reader, reason: ProblemReason, offset: number, detail: string): undefined {
  reader.problems.push({ reason, offset, detail });
}

/** What lies between `from` and `to`, unless it is the usual zeros up to a multiple of 4. */
export function unusualPadding(bytes: Uint8Array, from: number, to: number): Uint8Array | undefined {
  if (to === align4(from) && allZero(bytes, from, to)) return undefined;
  return bytes.slice(from, to);
}

/** Whether all bytes between `from` and `to` are 0. */
export function allZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== 0) return false;
  return true;
}
