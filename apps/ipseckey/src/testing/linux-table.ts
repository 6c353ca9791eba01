import { type AttributeName, type LinuxCell, linuxSupport } from "@keysock/ipseckey-compiler";
import { attributesFrom, attributeWords, parseWords } from "@keysock/ipseckey-grammar";

/** The matrix of what Linux takes as a table in Markdown, one row an attribute. */
export function linuxTable(): string {
  const rows = linuxSupport.map(({ attribute, add, update, delete: remove, get }) => [
    wordsOf(attribute).join(", "),
    textOf(add),
    isSame(add, update) ? "as `add`" : textOf(update),
    textOf(remove),
    isSame(remove, get) ? "as `delete`" : textOf(get),
  ]);
  const head = [["attribute", "`add`", "`update`", "`delete`", "`get`"], Array<string>(5).fill("---")];
  return [...head, ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

const isSame = (a: LinuxCell, b: LinuxCell): boolean => textOf(a) === textOf(b);

function textOf(cell: LinuxCell): string {
  if ("refused" in cell) return `**refused**: ${cell.refused}`;
  return cell.but === undefined ? cell.field : `${cell.field}; **refused**: ${cell.but}`;
}

/** The words of an attribute, as the command's help lists them. */
function wordsOf(attribute: AttributeName): string[] {
  return attributeWords
    .filter((word) => {
      const { tokens } = parseWords(["add", "esp", word]);
      return [...attributesFrom(tokens, 2, "add")][0]?.name === attribute;
    })
    .map((word) => `\`${word}\``);
}
