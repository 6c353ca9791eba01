import { readdirSync, readFileSync } from "node:fs";
import { parseTxtar } from "./txtar.ts";

/** One recorded run of the original setkey; the parts are described in `recorded/README.md`. */
export interface RecordedCase {
  name: string;
  command: string;
  /** Files in the working directory by name: input.conf, pre.conf and what else the case was given. */
  files: Map<string, string>;
  stdout: string;
  stderr: string;
  exit: number;
  /** PF_KEY messages that the program sent, in order. */
  sent: Uint8Array[];
  /** What it received; undefined is a failed read. */
  received: (Uint8Array | undefined)[];
  /** All parts, also those above, by name. */
  parts: Map<string, string>;
}

const notFiles =
  /^(cmd|stdout|stderr|exit|sent\.hex|received\.hex|after\..*|pre\.out|peer2?\.(stdout|D)|ping2?\.out|sock\.err)$/;

/** Every recorded run of setkey, by name. */
export function setkeyCases(): RecordedCase[] {
  const folder = new URL("../recorded/setkey/", import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".txtar"))
    .sort()
    .map((file) => readCase(file.replace(/\.txtar$/, ""), readFileSync(new URL(file, folder), "latin1")));
}

/** The recorded run of setkey with that name. */
export function setkeyCase(name: string): RecordedCase {
  return readCase(name, readFileSync(new URL(`../recorded/setkey/${name}.txtar`, import.meta.url), "latin1"));
}

function readCase(name: string, text: string): RecordedCase {
  const parts = parseTxtar(text);
  const part = (key: string) => parts.get(key) ?? "";
  return {
    name,
    command: part("cmd").trim(),
    files: new Map([...parts].filter(([key]) => !notFiles.test(key))),
    stdout: part("stdout"),
    stderr: part("stderr"),
    exit: Number(part("exit")),
    sent: lines(part("sent.hex")).map(fromHex),
    received: lines(part("received.hex")).map((line) => (line === "!ERR" ? undefined : fromHex(line))),
    parts,
  };
}

const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "");

/** Bytes of a string of hexadecimal digits. */
export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}
