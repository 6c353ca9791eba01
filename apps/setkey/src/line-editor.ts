import { type CompleterResult, createInterface } from "node:readline";
import { HISTORY_LIMIT, type History } from "./history.ts";
import { FileError, type Terminal } from "./io.ts";

/** How long to wait for a key before something else gets its turn. */
const stepMs = 200;

/** Who asks for lines at a terminal. */
export interface Asker {
  /** What asks for the first line. */
  prompt: string;
  history: History;
  /** What TAB offers behind the text between the prompt and the cursor. */
  complete(text: string): CompleterResult;
  /** Takes a line. @returns what asks for the next one; undefined: there is to be none */
  line(text: string): string | undefined;
  /** Hears of a line that was dropped with ^C. @returns what asks for the next one */
  dropped(): string;
  /** Is called again and again while nobody types. */
  waiting(): void;
}

/**
 * Edits lines at a terminal until ^D or until the asker has enough. While the asker has a line the terminal is as it was: what is
 * typed waits, and ^C ends the process.
 *
 * @throws FileError when the terminal cannot be read, and whatever the asker throws
 */
export function editLines({ input, output }: Terminal, asker: Asker): Promise<void> {
  return new Promise((resolve, reject) => {
    const { prompt, history } = asker;
    let dropping = false;
    let over = false;
    const editor = createInterface({
      input,
      output,
      prompt,
      terminal: true,
      completer: asker.complete,
      historySize: HISTORY_LIMIT,
    });
    const timer = setInterval(() => attempt(asker.waiting), stepMs);
    editor
      .on("history", history.takeOver)
      .on("line", (text) => {
        if (!over) attempt(() => next(dropping ? asker.dropped() : take(text)));
      })
      .on("SIGINT", () => {
        // The line is entered as any other: it goes from the editor, and the cursor behind it.
        dropping = true;
        editor.write(null, { ctrl: true, name: "e" });
        output.write("^C");
        editor.write(null, { name: "return" });
        dropping = false;
      })
      .on("SIGCONT", () => editor.prompt(true))
      .on("error", (cause) => fail(new FileError("<stdin>", "read", cause)))
      .on("close", () => {
        if (!over) output.write("\n");
        clearInterval(timer);
        resolve();
      });
    editor.prompt();

    function take(text: string): string | undefined {
      input.setRawMode?.(false);
      try {
        return asker.line(text);
      } finally {
        input.setRawMode?.(true);
      }
    }

    function next(prompt: string | undefined): void {
      if (prompt === undefined) {
        end();
        return;
      }
      editor.setPrompt(prompt);
      editor.prompt();
    }

    function attempt(work: () => void): void {
      try {
        work();
      } catch (error) {
        fail(error);
      }
    }

    function fail(error: unknown): void {
      reject(error);
      end();
    }

    function end(): void {
      over = true;
      editor.close();
    }
  });
}
