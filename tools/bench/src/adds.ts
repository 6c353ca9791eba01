import { closeSync, openSync, writeSync } from "node:fs";

/** One `add` a line, as a gateway with many peers would have them: ESP in tunnel mode, each with keys of its own. */
export function* adds(count: number): Generator<string, void> {
  for (let i = 0; i < count; i += 1) {
    const peer = `10.${(i >> 16) & 0xff}.${(i >> 8) & 0xff}.${i & 0xff}`;
    const spi = (0x1000 + i).toString(16);
    yield `add 192.0.2.1 ${peer} esp 0x${spi} -m tunnel -E aes-cbc 0x${key(i, 16)} -A hmac-sha1 0x${key(i, 20)};\n`;
  }
}

const key = (i: number, bytes: number): string =>
  i
    .toString(16)
    .padStart(8, "0")
    .padStart(2 * bytes, "5a");

const chunkCharacters = 65_536;

/** Writes them to a file without holding them all. */
export function writeAdds(path: string, count: number): void {
  const file = openSync(path, "w");
  try {
    let text = "";
    for (const line of adds(count)) {
      text += line;
      if (text.length < chunkCharacters) continue;
      writeSync(file, text);
      text = "";
    }
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
}
