import { once } from "node:events";
import type { Readable } from "node:stream";
import { FileError } from "./file-error.ts";

/**
 * The text of a stream. Lines that may belong to the line before them (they begin with a blank) come with that line as long as there is
 * something to read; what has come is given when there is nothing more for now.
 *
 * @param turn - Lets what has arrived be read.
 * @throws FileError out of the iteration
 */
export async function* readStream(stream: Readable, turn: () => Promise<void>): AsyncGenerator<string, void> {
  let rest = "";
  stream.setEncoding("latin1");
  try {
    for (;;) {
      const chunk: string | null = stream.read();
      if (chunk !== null) {
        rest += chunk;
        const end = lastBeginning(rest);
        if (end > 0) yield rest.slice(0, end);
        rest = rest.slice(end);
        continue;
      }
      await turn();
      if (stream.readableLength > 0) continue;
      if (rest !== "") yield rest;
      rest = "";
      if (stream.readableLength > 0) continue;
      if (stream.readableEnded || stream.destroyed) return;
      await readableOrEnded(stream);
    }
  } finally {
    stream.destroy();
  }
}

async function readableOrEnded(stream: Readable): Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  try {
    await Promise.race([once(stream, "readable", { signal }), once(stream, "end", { signal })]);
  } catch (error) {
    if (!(error instanceof Error && "errno" in error)) throw error;
    throw new FileError("<stdin>", "read", error as NodeJS.ErrnoException);
  } finally {
    stop.abort();
  }
}

/** Where the last line begins that belongs to no line before it. */
function lastBeginning(text: string): number {
  for (let end = text.lastIndexOf("\n"); end >= 0; end = text.lastIndexOf("\n", end - 1)) {
    if (end + 1 < text.length && !/[ \t\v\f\r]/.test(text[end + 1]!)) return end + 1;
    if (end === 0) break;
  }
  return 0;
}
