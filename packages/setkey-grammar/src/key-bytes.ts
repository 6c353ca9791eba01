/** The bytes of a quoted key: one a character, whatever the encoding of the file. */
export function bytesOfLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The bytes of hexadecimal digits. The first of an odd number of digits is a byte by itself, as in ipsec-tools. */
export function bytesOfHex(digits: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(digits.length / 2));
  for (let end = digits.length, i = bytes.length - 1; i >= 0; end -= 2, i -= 1) {
    bytes[i] = Number.parseInt(digits.slice(Math.max(0, end - 2), end), 16);
  }
  return bytes;
}
