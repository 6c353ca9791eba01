import { commandReader, type ReadOptions } from "@keysock/ipseckey-grammar";
import type { Carrier } from "./carrier.ts";

/**
 * Reads commands and has them carried out, one after the other.
 *
 * @param chunks - the text in pieces; a piece ends where there is nothing more to read for now
 * @returns whether an `exit` was among them
 */
export async function runScript(
  chunks: AsyncIterable<string> | Iterable<string>,
  options: ReadOptions,
  carrier: Carrier,
): Promise<boolean> {
  const reader = commandReader(options);
  for await (const chunk of chunks) {
    reader.push(chunk);
    if (await drain()) return true;
  }
  reader.end();
  return drain();

  async function drain(): Promise<boolean> {
    for (let command = reader.next(); command !== undefined; command = reader.next()) {
      if ((await carrier.carryOut(command)) === "exit") {
        carrier.settle();
        return true;
      }
    }
    carrier.settle();
    return false;
  }
}
