/** What is kept of a line that is too long: enough to see whether another belongs to it. */
const TAIL = 16;

/** A physical line, its end included. */
export interface Line {
  text: string;
  /** Whether its end has come: the last line of a text may lack it. */
  ended: boolean;
  /** From 1, and from 0 in bytes. */
  line: number;
  offset: number;
  /** In bytes. Of a line that is longer than the limit the text is only the end. */
  length: number;
}

/** Lines of a text that comes in pieces. */
export interface LineReader {
  push(text: string): void;
  /** The next line that has ended. */
  next(): Line | undefined;
  /** What is left when no more text comes. */
  rest(): Line | undefined;
}

/** Reads lines; of one with more than `limit` bytes only the end is kept. Each byte is looked at once, however small the pieces. */
export function lineReader(limit: number): LineReader {
  const chunks: string[] = [];
  let read = 0;
  let index = 0;
  let pieces: string[] = [];
  let length = 0;
  let line = 1;
  let offset = 0;

  function take(piece: string): void {
    length += piece.length;
    if (length <= limit) pieces.push(piece);
    else pieces = [((pieces.at(-1) ?? "") + piece).slice(-TAIL)];
  }

  function finish(ended: boolean): Line {
    const found = { text: pieces.join(""), ended, line, offset, length };
    line += 1;
    offset += length;
    pieces = [];
    length = 0;
    return found;
  }

  return {
    push(text) {
      chunks.push(text);
    },
    next() {
      for (; read < chunks.length; read += 1, index = 0) {
        const chunk = chunks[read]!;
        const end = chunk.indexOf("\n", index);
        if (end !== -1) {
          take(chunk.slice(index, end + 1));
          index = end + 1;
          return finish(true);
        }
        if (index < chunk.length) take(chunk.slice(index));
      }
      chunks.length = 0;
      read = 0;
      return undefined;
    },
    rest() {
      return length === 0 ? undefined : finish(false);
    },
  };
}
