/** Which lines a prompt may show again: none that holds a key. */
export interface KeyMemory {
  mayRemember(line: string): boolean;
  /** The next line belongs to no command that has been begun. */
  newCommand(): void;
}

/** From so many hexadecimal digits on a word may be a key. */
const keyLike = /(?:^|[\s"])(?:0[xX])?[0-9a-fA-F]{8,}/;

export function keyMemory(): KeyMemory {
  /** The command so far ends in a word whose value is a key. */
  let keyFollows = false;
  return {
    mayRemember(line) {
      const holdsKey = keyFollows || /\b(?:auth|encr)key\b/.test(line) || keyLike.test(line);
      keyFollows = /\b(?:auth|encr)key[\s\\]*$/.test(line);
      return !holdsKey;
    },
    newCommand() {
      keyFollows = false;
    },
  };
}
