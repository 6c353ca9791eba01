import type { AttributeRow, VerbRow } from "./words.ts";

/** A word on its way through the parser. */
export interface ClassifiedToken {
  /** What the grammar takes it for. */
  type: string;
  /** Index in the command's tokens; of a missing value, where it should have been. */
  index: number;
  /** A value that the original looks at and does not consume: it comes again as an attribute. */
  left?: boolean;
  verb?: VerbRow | undefined;
  attribute?: AttributeRow | undefined;
}
