import type { SaStatement } from "@keysock/setkey-grammar";
import { fail, type Scope, tokenOf } from "./scope.ts";

/**
 * The SPI as a number. ipsec-tools lets more than 32 bits through and sends the lowest; here they are refused.
 * The manual page of 2002 does not allow 0 to 255 (reserved, RFC 4302 section 2.4); a `getspi` with 0 leaves the choice
 * to the kernel.
 */
export function spiOf(scope: Scope, { spi, kind }: SaStatement): number {
  const token = tokenOf(scope, spi);
  const value = BigInt(spi.value);
  const expected = "256 to 4294967295, in decimal or in hexadecimal with 0x";
  if (value > 0xffff_ffffn) fail(scope, token, { message: "SPI too big.", expected });
  const anySpi = kind === "getspi" && value === 0n;
  if (value <= 255n && !scope.compat && !anySpi) {
    fail(scope, token, { message: "invalid SPI", expected, reason: "SPIs from 0 to 255 are reserved" });
  }
  return Number(value);
}
