import type { Statement } from "../statement.ts";

/** A statement without its tokens and its position: what two texts of the same meaning share but for token numbers. */
export function withoutSource({ tokens: _, position: __, ...meaning }: Statement): object {
  return meaning;
}
