import type { Decoded } from "@keysock/wire";
import { messageText } from "./message-text.ts";
import type { Printed, PrintOptions } from "./options.ts";

const rule = `${"=".repeat(42)}\n`;

/**
 * What `-v` shows of a request before it is sent.
 *
 * @param decoded - the request, read again from the bytes that will be sent
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableHost } from "@keysock/host";
 * import { verboseText } from "@keysock/ipseckey-printer";
 * import { decode, encode, illumos, request } from "@keysock/wire";
 *
 * const flush = decode(encode(request("flush", "esp"), illumos), illumos);
 * assert.equal(
 *   verboseText(flush, { dialect: illumos, host: tableHost() }).text,
 *   "VERBOSE ON:  Message to kernel looks like:\n" +
 *     "==========================================\n" +
 *     "Base message (version 2) type FLUSH, SA type ESP.\n" +
 *     "Message length 16 bytes, seq=0, pid=0.\n" +
 *     "==========================================\n",
 * );
 * ```
 */
export function verboseText(decoded: Decoded, options: PrintOptions): Printed {
  const { text, warnings } = messageText(decoded, options);
  return { text: `VERBOSE ON:  Message to kernel looks like:\n${rule}${text}${rule}`, warnings };
}
