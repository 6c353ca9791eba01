/** A C string, one character a byte, what is not printable ASCII as a backslash and three octal digits. */
export function printable(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0);
  return Array.from(nul === -1 ? bytes : bytes.subarray(0, nul), (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`,
  ).join("");
}
