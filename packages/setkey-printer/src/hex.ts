const byteTexts: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** Two digits a byte. */
export const hexByte = (byte: number): string => byteTexts[byte]!;

/** Eight digits. */
export const hexWord = (word: number): string => word.toString(16).padStart(8, "0");

/** Groups of four bytes with a blank before each, and a new line before byte 32, 64, ... */
export function hexGroups(bytes: Uint8Array): string {
  let text = "";
  bytes.forEach((byte, index) => {
    if (index % 4 === 0) text += index % 32 === 0 && index > 0 ? "\n " : " ";
    text += byteTexts[byte];
  });
  return text;
}
