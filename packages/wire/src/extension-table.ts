import type { ExtensionRow, ExtensionTable } from "./dialect.ts";

/** Makes a table of rows. */
export function extensionTable(rows: readonly ExtensionRow[]): ExtensionTable {
  return {
    byType: new Map(rows.map((row) => [row.type, row])),
    byKind: new Map(rows.map((row) => [row.kind, row])),
  };
}
