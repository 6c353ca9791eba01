import { writeSync } from "node:fs";

/** Where a daemon says what it does. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
}

/** The standard streams of this process. */
export function processIo(): Io {
  return { out: (text) => tell(1, text), err: (text) => tell(2, text) };
}

/** Nobody need listen: a daemon outlives the terminal or the pipe that it was started with. */
function tell(file: number, text: string): void {
  try {
    writeSync(file, text);
  } catch {
    // There is nobody to tell of it either.
  }
}
