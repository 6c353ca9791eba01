/** Two lower-case digits a byte, or `XX` for each of them. */
export const hexBytes = (bytes: Uint8Array, hidden = false): string =>
  Array.from(bytes, (byte) => (hidden ? "XX" : byte.toString(16).padStart(2, "0"))).join("");

/** As `%#x` writes it, 0 included. */
export const hexNumber = (value: number | bigint): string => `0x${value.toString(16)}`;
