import { mayHoldKey } from "@keysock/setkey-grammar";

/** How many lines can be gone back to. */
export const HISTORY_LIMIT = 1000;

/** The lines to go back to at the prompt: in memory only, and none of a text in which a key may stand. */
export interface History {
  /** Takes over the list that the line editor has put a line in: the line is not in it until it is added here. */
  takeOver(list: string[]): void;
  /** Adds the lines of a text that is whole: where a key may stand in one of them, none. */
  add(lines: readonly string[]): void;
}

export function createHistory(): History {
  /** The newest first, as the editor has them. */
  let kept: string[] = [];
  let shown: string[] = [];

  function show(): void {
    shown.splice(0, shown.length, ...kept);
  }

  return {
    takeOver(list) {
      shown = list;
      show();
    },
    add(lines) {
      if (mayHoldKey(lines.join("\n"))) return;
      for (const line of lines) if (line.trim() !== "" && line !== kept[0]) kept.unshift(line);
      kept = kept.slice(0, HISTORY_LIMIT);
      show();
    },
  };
}
