const part = /^(?:0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)$/i;

/**
 * The 4 bytes of an IPv4 address in any of the forms of inet_aton(3), which getaddrinfo(3) takes as well: one to four
 * numbers, decimal, octal (`010`) or hexadecimal (`0x0a`), the last of which fills all bytes that are left. Undefined
 * where it is none of them. inet_aton's trailing blanks are not accepted, as getaddrinfo does not.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatAddress, parseLegacyInet } from "@keysock/address";
 *
 * const text = (legacy: string) => formatAddress(parseLegacyInet(legacy)!);
 * assert.equal(text("10.1"), "10.0.0.1");
 * assert.equal(text("010.0.0.1"), "8.0.0.1");
 * assert.equal(text("0x0a.1"), "10.0.0.1");
 * assert.equal(parseLegacyInet("08"), undefined);
 * ```
 */
export function parseLegacyInet(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  if (parts.length > 4 || !parts.every((each) => part.test(each))) return undefined;
  const numbers = parts.map(number);
  const rest = numbers.pop()!;
  if (numbers.some((each) => each > 0xff) || rest >= 256 ** (4 - numbers.length)) return undefined;
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, rest);
  bytes.set(numbers);
  return bytes;
}

function number(text: string): number {
  if (/^0x/i.test(text)) return Number.parseInt(text, 16);
  return Number.parseInt(text, text.startsWith("0") ? 8 : 10);
}
