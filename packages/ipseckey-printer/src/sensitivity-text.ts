import type { SensitivityExtension } from "@keysock/wire";
import { hexNumber } from "./hex.ts";

/** A sensitivity label with its bitmaps, a word a line. */
export function sensitivityText(extension: SensitivityExtension): string {
  const { dpd, sensitivityLevel, integrityLevel, reserved, sensitivityBitmap, integrityBitmap } = extension;
  const [tag, name] =
    extension.kind === "sensitivity" ? ["SNS", "Plaintext Sensitivity"] : ["OSN", "Ciphertext Sensitivity"];
  const words = (title: string, bitmap: readonly bigint[]) =>
    bitmap.map((word, i) => `${tag}:  ${title} BM extended word ${i} ${hexNumber(word)}\n`).join("");
  const levels = `sens level=${sensitivityLevel}, integ level=${integrityLevel}`;
  return (
    `${tag}: ${name} DPD ${dpd}, ${levels}, flags=${reserved.toString(16)}\n` +
    words(name, sensitivityBitmap) +
    words("Integrity", integrityBitmap)
  );
}
