const controlSequence = "\u001b[";

/** What a terminal shows that was sent a text: its lines, without blanks at their ends. It is as wide and as high as need be. */
export function screenOf(text: string): string {
  const rows: string[][] = [[]];
  let row = 0;
  let column = 0;
  const [plain = "", ...controlled] = text.split(controlSequence);
  print(plain);
  for (const piece of controlled) {
    const [sequence, digits, letter] = /^(\d*)([A-Z])/.exec(piece) ?? [];
    if (sequence === undefined) throw new Error(`${JSON.stringify(piece)} begins with no control sequence`);
    obey(letter!, digits === "" ? undefined : Number(digits));
    print(piece.slice(sequence.length));
  }
  return rows
    .map((cells) =>
      Array.from(cells, (cell) => cell ?? " ")
        .join("")
        .trimEnd(),
    )
    .join("\n");

  function print(characters: string): void {
    for (const character of characters) {
      if (character === "\r") column = 0;
      else if (character === "\b") column -= 1;
      else if (character === "\n") goTo(row + 1, 0);
      else rows[row]![column++] = character;
    }
  }

  /** The control sequences that readline sends (ECMA-48 section 8.3). */
  function obey(letter: string, count: number | undefined): void {
    if (letter === "A") goTo(row - (count ?? 1), column);
    else if (letter === "B") goTo(row + (count ?? 1), column);
    else if (letter === "C") goTo(row, column + (count ?? 1));
    else if (letter === "D") goTo(row, column - (count ?? 1));
    else if (letter === "G") goTo(row, (count ?? 1) - 1);
    else if (letter === "J") clearBehind();
    else throw new Error(`${letter} is no control sequence that readline sends`);
  }

  function clearBehind(): void {
    rows.length = row + 1;
    rows[row]!.length = Math.min(column, rows[row]!.length);
  }

  function goTo(newRow: number, newColumn: number): void {
    row = newRow;
    column = newColumn;
    while (rows.length <= row) rows.push([]);
  }
}
