/** A token on its way through the parser. */
export interface ScannedToken {
  type: string;
  /** As it stands in the source but for policies; nearley compares the grammar's literals with it. */
  text: string;
  /** As it stands in the source; a quoted string without its quotes. */
  value: string;
  /** How many tokens come before it in the statement. */
  index: number;
  /** From the beginning of the statement. */
  offset: number;
  line: number;
  col: number;
}
