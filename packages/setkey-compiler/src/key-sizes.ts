/** Sizes of key in words: `64 bits`, `40 to 448 bits`, `128, 192 or 256 bits`. Steps of a byte are not worth a word. */
export function keySizes(min: number, max: number, step: number): string {
  if (min === max) return `${min} bits`;
  if (step <= 8) return `${min} to ${max} bits`;
  const sizes = Array.from({ length: (max - min) / step + 1 }, (_, index) => min + index * step);
  return `${sizes.slice(0, -1).join(", ")} or ${sizes.at(-1)} bits`;
}
