/**
 * IPv4 addresses in text, as inet_pton(3) and inet_ntop(3) do it.
 */

const dot = 0x2e;
const zero = 0x30;
const nine = 0x39;

/**
 * Reads four decimal numbers without leading zeros from `from` to the end of `text` into four bytes at `at`. Says
 * whether that is what was there; the bytes mean nothing if not.
 */
export function readInet(text: string, from: number, into: Uint8Array, at: number): boolean {
  const last = at + 3;
  let octet = -1;
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= zero && code <= nine) {
      if (octet === 0) return false;
      octet = Math.max(octet, 0) * 10 + code - zero;
      if (octet > 255) return false;
    } else {
      if (code !== dot || octet < 0 || at === last) return false;
      into[at++] = octet;
      octet = -1;
    }
  }
  if (octet < 0 || at !== last) return false;
  into[at] = octet;
  return true;
}

/** Four bytes at `at` as a dotted quad. */
export function inetText(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}
