import type { Decoded } from "@keysock/wire";
import { messageText } from "./message-text.ts";
import type { Printed, PrintOptions } from "./options.ts";

/**
 * One SA of a dump, with the empty line behind it.
 *
 * @param decoded - a reply to DUMP that is not its end
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableHost } from "@keysock/host";
 * import { dumpEntry } from "@keysock/ipseckey-printer";
 * import { decode, encode, illumos, request } from "@keysock/wire";
 *
 * const reply = decode(encode({ ...request("dump", "esp"), sequence: 1 }, illumos), illumos);
 * assert.equal(
 *   dumpEntry(reply, { dialect: illumos, host: tableHost() }).text,
 *   "Base message (version 2) type DUMP, SA type ESP.\nMessage length 16 bytes, seq=1, pid=0.\n\n",
 * );
 * ```
 */
export function dumpEntry(decoded: Decoded, options: PrintOptions): Printed {
  const { text, warnings } = messageText(decoded, options);
  return { text: `${text}\n`, warnings };
}

/**
 * What follows the last SA of a dump.
 *
 * @param saType - the number that was asked for, 0 for all
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { dumpSucceeded } from "@keysock/ipseckey-printer";
 *
 * assert.equal(dumpSucceeded(3), "Dump succeeded for SA type 3.\n");
 * ```
 */
export const dumpSucceeded = (saType: number): string => `Dump succeeded for SA type ${saType}.\n`;
