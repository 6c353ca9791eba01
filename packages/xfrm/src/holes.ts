/**
 * The bytes of a structure that no field has: what the compiler aligns with, and fields reserved. They are zero as a
 * rule; where they are not, a decoded structure keeps all of them in `padding`.
 */
import { allZero } from "./structure.ts";
import { checkSize, type Writer } from "./writer.ts";

/** Where the holes of a structure begin and end. */
export type Holes = readonly (readonly [from: number, to: number])[];

/** What is in the holes, one after the other; undefined where it is zeros. */
export function decodeHoles(bytes: Uint8Array, at: number, holes: Holes): Uint8Array | undefined {
  if (holes.every(([from, to]) => allZero(bytes, at + from, at + to))) return undefined;
  const padding = new Uint8Array(sizeOf(holes));
  let filled = 0;
  for (const [from, to] of holes) {
    padding.set(bytes.subarray(at + from, at + to), filled);
    filled += to - from;
  }
  return padding;
}

/** Writes what {@link decodeHoles} gave. */
export function encodeHoles(
  writer: Writer,
  at: number,
  holes: Holes,
  padding: Uint8Array | undefined,
  field: string,
): void {
  if (padding === undefined) return;
  checkSize(padding, sizeOf(holes), field);
  let written = 0;
  for (const [from, to] of holes) {
    writer.bytes.set(padding.subarray(written, written + to - from), at + from);
    written += to - from;
  }
}

const sizeOf = (holes: Holes): number => holes.reduce((sum, [from, to]) => sum + to - from, 0);
