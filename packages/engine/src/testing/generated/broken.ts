import fc from "fast-check";
import { uint8 } from "./values.ts";

const lengthAt = 4;

/** A message with some of its bytes changed, a field of an extension's header changed, cut off, or with more behind it. */
export const broken = (bytes: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc
      .array(fc.tuple(fc.nat(bytes.length - 1), uint8), { minLength: 1, maxLength: 3 })
      .map((changes) => changed(bytes, changes)),
    // Extensions begin at multiples of 8; length and type are their first two bytes that count.
    fc
      .tuple(fc.nat(Math.ceil(bytes.length / 8) - 1), fc.constantFrom(0, 1, 2), fc.nat(40))
      .map(([word, field, value]) => changed(bytes, [[word * 8 + field, value]])),
    fc.nat(bytes.length).map((length) => withLength(bytes.slice(0, length))),
    fc
      .uint8Array({ minLength: 1, maxLength: 24 })
      .map((more) => withLength(Uint8Array.of(...bytes, ...more))),
  );

function changed(bytes: Uint8Array, changes: readonly (readonly [at: number, value: number])[]): Uint8Array {
  const copy = bytes.slice();
  for (const [at, value] of changes) copy[at] = value;
  return copy;
}

/** States the right length, so that more than the length is looked at. */
function withLength(bytes: Uint8Array): Uint8Array {
  if (bytes.length > lengthAt + 1) {
    new DataView(bytes.buffer).setUint16(lengthAt, Math.floor(bytes.length / 8), true);
  }
  return bytes;
}
