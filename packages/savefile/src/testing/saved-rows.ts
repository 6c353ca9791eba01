import { type Dialect, illumos, type Message, type OutgoingExtension } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { saveEntry } from "../save-entry.ts";
import { reply } from "./sample.ts";

/** One SA and its text. */
export interface Row {
  name: string;
  extensions: OutgoingExtension[];
  header?: Partial<Omit<Message, "extensions">>;
  dialect?: Dialect;
  /** What stands between `# begin assoc` and the empty line, a blank and a backslash left out where a line ends in them. */
  lines: string[];
  /** The original's, where it differs. */
  compat?: string[];
  /** Without the SA's name. */
  losses?: string[];
}

/** What most rows begin and end with. */
export const begun = ["add esp ", "    spi 0x100 auth_alg hmac-md5 replay 0 "];
export const usual = [
  "    src 192.0.2.1",
  "    dst 192.0.2.2",
  "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128",
];

/** A text of these lines, with a comment for each loss. */
export const textOf = (lines: readonly string[], losses: readonly string[] = []): string =>
  [
    "# begin assoc",
    ...losses.map((loss) => `# WARNING: ${loss}.`),
    ...lines.map((line) => `${line} \\`),
    "",
    "# end assoc",
    "",
    "",
  ].join("\n");

/** Each SA by default and as illumos saves it. */
export function checkRows(rows: readonly Row[]): void {
  describe.each(rows)(
    "$name",
    ({ extensions, header, dialect = illumos, lines, compat = lines, losses = [] }) => {
      const decoded = reply(extensions, header, dialect);

      it("by default", () => {
        const { text, warnings } = saveEntry(decoded, { dialect });
        expect(text).toBe(textOf(lines, losses));
        expect(warnings.map((warning) => warning.replace(/^\S+ spi 0x\S+: /, ""))).toEqual(losses);
      });

      it("as illumos saves it", () => {
        expect(saveEntry(decoded, { dialect, compat: true })).toEqual({ text: textOf(compat), warnings: [] });
      });
    },
  );
}
