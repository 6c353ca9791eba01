/** Names by number and numbers by name. */
export interface NumberTable<Name extends string> {
  readonly names: ReadonlyMap<number, Name>;
  readonly numbers: ReadonlyMap<Name, number>;
}

/** Makes a table of rows of number and name. */
export function numberTable<Name extends string>(
  rows: readonly (readonly [number, Name])[],
): NumberTable<Name> {
  return { names: new Map(rows), numbers: new Map(rows.map(([number, name]) => [name, number])) };
}
