import type { KeyBits } from "@keysock/algorithms";

/**
 * Sizes of key in words: `64 bits`, `40 to 448 bits`, `128, 192 or 256 bits`, `160, 224 or 288 bits, the last 32 of them the salt`.
 * Steps of a byte are not worth a word.
 */
export function keySizes(
  min: number,
  max: number,
  { step = 0, salt = 0 }: Partial<Pick<KeyBits, "step" | "salt">> = {},
): string {
  const saltText = salt === 0 ? "" : `, the last ${salt} of them the salt`;
  if (min === max) return `${min} bits${saltText}`;
  if (step <= 8) return `${min} to ${max} bits${saltText}`;
  const sizes = Array.from({ length: (max - min) / step + 1 }, (_, index) => min + index * step);
  return `${sizes.slice(0, -1).join(", ")} or ${sizes.at(-1)} bits${saltText}`;
}
