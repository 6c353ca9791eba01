import type { Decoded } from "@keysock/wire";
import { messageText } from "./message-text.ts";
import type { Printed, PrintOptions } from "./options.ts";
import { timeText, wholeSeconds } from "./time-text.ts";

/** What the monitor says before it has switched the socket to all messages, and after. */
export interface MonitorBanner {
  before: string;
  after: string;
}

/**
 * The banner of `monitor` (active) and of `pmonitor` (passive). With `-v` the request is printed between its parts, as
 * the original does.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { monitorBanner } from "@keysock/ipseckey-printer";
 *
 * const { before, after } = monitorBanner("active");
 * assert.equal(before + after, "Actively monitoring the PF_KEY socket.\n");
 * ```
 */
export const monitorBanner = (mode: "active" | "passive"): MonitorBanner => ({
  before: mode === "active" ? "Actively" : "Passively",
  after: " monitoring the PF_KEY socket.\n",
});

/**
 * One message as the monitor shows it, with the empty line behind it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableHost } from "@keysock/host";
 * import { monitorEntry } from "@keysock/ipseckey-printer";
 * import { decode, encode, illumos, request } from "@keysock/wire";
 *
 * const { text } = monitorEntry(decode(encode(request("flush", "unspec"), illumos), illumos), {
 *   dialect: illumos,
 *   host: tableHost({ now: Date.now() }),
 *   numeric: true,
 * });
 * assert.match(text, /^Read 16 bytes\.\nTimestamp: \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\nBase message /);
 * ```
 */
export function monitorEntry(decoded: Decoded, options: PrintOptions): Printed {
  const { text, warnings } = messageText(decoded, options);
  const now = timeText(wholeSeconds(options.host.now()));
  return { text: `Read ${decoded.bytes.length} bytes.\nTimestamp: ${now}\n${text}\n`, warnings };
}
