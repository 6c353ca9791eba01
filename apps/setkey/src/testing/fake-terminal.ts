import { PassThrough, Writable } from "node:stream";
import type { Terminal } from "../io.ts";
import { screenOf } from "./screen.ts";

/** A terminal whose keys are pressed by a test. */
export interface FakeTerminal extends Terminal {
  input: PassThrough & { setRawMode(raw: boolean): void };
  /** Whether its keys come as they are pressed. */
  isRaw(): boolean;
  /** Presses keys, and waits until what they do is done. */
  press(keys: string | Buffer): Promise<void>;
  /** Puts text in at once: fast, where there is much. */
  paste(text: string): void;
  /** Bytes for the screen, as latin1. */
  print(text: string): void;
  screen(): string;
}

export function fakeTerminal(): FakeTerminal {
  let raw = false;
  let shown = "";
  const input = Object.assign(new PassThrough(), {
    setRawMode(on: boolean) {
      raw = on;
    },
  });
  const output = new Writable({
    write(chunk, _, done) {
      shown += chunk;
      done();
    },
  });
  return {
    input,
    output,
    isRaw: () => raw,
    async press(keys) {
      input.write(keys);
      for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    },
    paste: (text) => void input.emit("keypress", text, {}),
    print(text) {
      shown += Buffer.from(text, "latin1").toString("utf8");
    },
    screen: () => screenOf(shown),
  };
}
