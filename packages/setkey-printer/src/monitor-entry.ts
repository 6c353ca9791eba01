import { type Dialect, decode } from "@keysock/wire";
import { hexDump } from "./hex-dump.ts";
import { kdebug } from "./kdebug.ts";
import { type TimestampStyle, timestamp } from "./timestamp.ts";

/** How the monitor shows a message. */
export interface MonitorOptions {
  dialect: Dialect;
  /** When it was received: milliseconds since 1970, as `Host.now()` gives them. */
  receivedAt: number;
  style: TimestampStyle;
  /** `-H`: the bytes too. */
  hex?: boolean;
}

const headerBytes = 16;

/**
 * A message as `-x` shows it: when it was received, its bytes with `-H`, and its fields. Of a PROMISC message the
 * fields are those of the message inside; the reply to the monitor's own PROMISC has none.
 *
 * @param bytes - a message as received
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { monitorEntry } from "@keysock/setkey-printer";
 * import { encode, linux, request } from "@keysock/wire";
 *
 * const text = monitorEntry(encode(request("flush", "esp"), linux), {
 *   dialect: linux,
 *   receivedAt: 1795355925404.874,
 *   style: "unix",
 * });
 * const fields = "sadb_msg{ version=2 type=9 errno=0 satype=3\n  len=2 reserved=0 seq=0 pid=0\n\n";
 * assert.equal(text, `1795355925.404874 \n${fields}`);
 * ```
 */
export function monitorEntry(bytes: Uint8Array, options: MonitorOptions): string {
  const { dialect, receivedAt, style, hex } = options;
  const decoded = decode(bytes, dialect);
  const text = timestamp(receivedAt, style) + (hex ? hexDump(bytes) : "");
  if (decoded.message.type !== "promisc") return text + kdebug(decoded);
  const inside = bytes.subarray(headerBytes);
  return inside.length === 0 ? text : text + kdebug(decode(inside, dialect));
}
