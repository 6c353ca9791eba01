import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** What a prompt does with lines besides reading them. */
export interface Habits {
  /** Words that the last word of a line may become, and that word. */
  complete(line: string): [words: string[], word: string];
  /** Whether a line may be shown again. */
  remember(line: string): boolean;
}

/** What came of asking for a line. */
export type Answer = { kind: "lines"; text: string } | { kind: "interrupt" } | { kind: "end" };

/** Somebody who types. */
export interface Terminal {
  /** Prompts for a line: with it come those that have been typed by now. Line ends included; latin1, one character a byte. */
  ask(prompt: string): Promise<Answer>;
  close(): void;
}

interface RawMode {
  setRawMode?(on: boolean): void;
}

/**
 * Line editing on a terminal. Between two questions the terminal is as it was before, so that its keys for signals work.
 */
export function openTerminal(input: Readable & RawMode, output: Writable, habits: Habits): Terminal {
  const editor = createInterface({ input, output, terminal: true, completer: habits.complete });
  const answers: Answer[] = [];
  let wake = () => {};
  const add = (answer: Answer) => {
    answers.push(answer);
    wake();
  };
  editor.on("line", (line) => add({ kind: "lines", text: `${Buffer.from(line).toString("latin1")}\n` }));
  editor.on("SIGINT", () => {
    output.write("^C\n");
    // What had been typed is gone.
    editor.write(null, { ctrl: true, name: "e" });
    editor.write(null, { ctrl: true, name: "u" });
    add({ kind: "interrupt" });
  });
  editor.on("close", () => add({ kind: "end" }));
  editor.on("history", (history: string[]) => {
    if (history[0] !== undefined && !habits.remember(history[0])) history.shift();
  });
  rest();

  /** Nobody is asked. */
  function rest(): void {
    editor.pause();
    input.setRawMode?.(false);
  }

  /** All lines that have been typed by now are one answer. */
  function take(): Answer {
    const first = answers.shift()!;
    if (first.kind !== "lines") return first;
    while (answers[0]?.kind === "lines") first.text += (answers.shift() as typeof first).text;
    return first;
  }

  return {
    async ask(prompt) {
      if (answers.length === 0) {
        input.setRawMode?.(true);
        editor.setPrompt(prompt);
        editor.prompt();
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        // Lines that were pasted come in one go.
        await new Promise((resolve) => setImmediate(resolve));
        if (answers[0]?.kind !== "end") rest();
      }
      return take();
    },
    close() {
      editor.removeAllListeners("close");
      editor.close();
    },
  };
}
