/**
 * What the program says, on standard error, when it is called wrongly.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { usageText } from "@keysock/ipseckey-printer";
 *
 * assert.match(usageText, /^Usage:\tipseckey \[ -nvp \] \| cmd/);
 * ```
 */
export const usageText =
  "Usage:\tipseckey [ -nvp ] | cmd [sa_type] [extfield value]*\n" +
  "\tipseckey [ -nvp ] -f infile\n" +
  "\tipseckey [ -nvp ] -s outfile\n";
