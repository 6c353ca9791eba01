/** A PF_KEY base header that states its length, with that many words of 8 bytes in all; the others hold `fill`. */
export function frame(words: number, byteOrder: "little" | "big", fill: number): Uint8Array {
  const bytes = new Uint8Array(words * 8).fill(fill & 0xff);
  bytes.set([2, 9, 0, 3]);
  new DataView(bytes.buffer).setUint16(4, words, byteOrder === "little");
  return bytes;
}
