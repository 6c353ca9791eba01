import type { FixedStructure, Structure } from "./structure.ts";

/** As many structures as there is room for, one after the other. */
export function listOf<T>(structure: FixedStructure<T>): Structure<readonly T[]> {
  const each = structure.minimum;
  return {
    minimum: 0,

    decode: (reader, at, end) =>
      Array.from({ length: Math.floor((end - at) / each) }, (_, i) =>
        structure.decode(reader, at + i * each),
      ),

    size: (values) => values.length * each,

    encode(writer, at, values) {
      for (const [i, value] of values.entries()) structure.encode(writer, at + i * each, value);
    },
  };
}
