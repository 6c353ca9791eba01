import { inByteOrder, linux } from "@keysock/wire";

/** What the recorded messages were written in. */
export const recordedDialect = inByteOrder(linux, "little");

/** Entries of SAs in a recorded listing. */
export const saBlocks = (text: string): string[] =>
  blocks(text, /^\S+ \S+ \n\t[a-z+-]+ mode=(?:.|\n)*?\n\tsadb_seq=.*\n/gm);

/** Entries of policies in a recorded listing. */
export const spBlocks = (text: string): string[] =>
  blocks(
    text,
    /^(?:\S+ \S+ \S+(?: \S+)?|\(per-socket policy\) )\n\t(?:in|out|fwd).*\n(?:.|\n)*?\n\trefcnt=.*\n/gm,
  );

function blocks(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ([block]) => block);
}

/** The number after a label in an entry: `spi=`, ` pid=`. */
export const numberIn = (block: string, label: string): number =>
  Number.parseInt(block.slice(block.indexOf(label) + label.length), 10);

/** Milliseconds since 1970 of an entry's `current:`, which setkey printed in UTC; 0 where it has none. */
export function clockOf(block: string): number {
  const date = /\tcurrent: (\w.{19})\n/.exec(block)?.[1];
  return date === undefined ? 0 : Date.parse(`${date} UTC`);
}

/** The digits of keys in kdebug lines replaced: the original printed memory beside the key. */
export const withoutKeys = (text: string): string =>
  text.replace(/(?<=^ {2}key=)[^}]*(?=})/gm, (key) => key.replace(/[0-9a-f]/g, "x"));
