import { expect, it } from "vitest";
import { keyMemory } from "./key-memory.ts";

/** Lines typed one after the other, and whether each may be shown again; a blank line begins a new command. */
it.each<[lines: string[], remembered: boolean[]]>([
  [["flush esp"], [true]],
  [["add ah spi 0x90125 src me.domain.com dst you.domain.com"], [true]],
  [["    authalg md5 authkey 1234567890abcdef1234567890abcdef"], [false]],
  [["add esp encrkey 12"], [false]],
  [
    ["add esp encrkey", "12", "flush"],
    [false, false, true],
  ],
  [
    ["add esp encrkey \\", "12"],
    [false, false],
  ],
  [
    ["add esp encrkey", "", "dump"],
    [false, true, true],
  ],
  [["1234567890abcdef"], [false]],
  [['"1234567890abcdef'], [false]],
  [["0x1234567890"], [false]],
  [["get esp spi 0x2112 dst 2001:db8::1"], [true]],
])("%j", (lines, remembered) => {
  const memory = keyMemory();
  const shown = lines.map((line) => {
    if (line !== "") return memory.mayRemember(line);
    memory.newCommand();
    return true;
  });
  expect(shown).toEqual(remembered);
});
