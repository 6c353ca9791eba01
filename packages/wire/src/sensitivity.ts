/**
 * `struct sadb_sens`, extension 12 (RFC 2367 section 2.3.6); on illumos also 27, OUTER_SENS (net/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import { report, type Structure } from "./structure.ts";
import { putUint8, putUint32, putUint64 } from "./writer.ts";

const field = {
  dpd: 4,
  sensitivityLevel: 8,
  sensitivityWords: 9,
  integrityLevel: 10,
  integrityWords: 11,
  reserved: 12,
  bitmaps: 16,
} as const;

/** A sensitivity label. */
export interface SensitivityExtension extends ExtensionHeader {
  /** `outerSensitivity` is the label on the wire. */
  kind: "sensitivity" | "outerSensitivity";
  /** Domain of interpretation. */
  dpd: number;
  sensitivityLevel: number;
  integrityLevel: number;
  /** On illumos flags, see {@link IllumosSensitivityFlag}. */
  reserved: number;
  sensitivityBitmap: readonly bigint[];
  integrityBitmap: readonly bigint[];
}

/** SADB_X_SENS_*: what illumos keeps in `reserved` (net/pfkeyv2.h). */
export const IllumosSensitivityFlag = { implicit: 0x1, unlabeled: 0x2 } as const;

export const sensitivity: Structure<SensitivityExtension> = {
  minimum: field.bitmaps,

  decode(reader, at, { kind, type, length }) {
    const { view, littleEndian } = reader;
    const sensitivityWords = view.getUint8(at + field.sensitivityWords);
    const integrityWords = view.getUint8(at + field.integrityWords);
    const room = length * 8 - field.bitmaps;
    if ((sensitivityWords + integrityWords) * 8 > room) {
      return report(
        reader,
        "sensitivity-bitmaps",
        at + field.sensitivityWords,
        `bitmaps of ${sensitivityWords} and ${integrityWords} words of 8 bytes do not fit into ${room} bytes`,
      );
    }
    const bitmap = (from: number, words: number) =>
      Array.from({ length: words }, (_, word) => view.getBigUint64(from + word * 8, littleEndian));
    return {
      kind,
      type,
      length,
      dpd: view.getUint32(at + field.dpd, littleEndian),
      sensitivityLevel: view.getUint8(at + field.sensitivityLevel),
      integrityLevel: view.getUint8(at + field.integrityLevel),
      reserved: view.getUint32(at + field.reserved, littleEndian),
      sensitivityBitmap: bitmap(at + field.bitmaps, sensitivityWords),
      integrityBitmap: bitmap(at + field.bitmaps + sensitivityWords * 8, integrityWords),
    };
  },

  size: ({ sensitivityBitmap, integrityBitmap }) =>
    field.bitmaps + (sensitivityBitmap.length + integrityBitmap.length) * 8,

  encode(writer, at, extension) {
    const { sensitivityBitmap, integrityBitmap } = extension;
    putUint32(writer, at + field.dpd, extension.dpd, "sensitivity.dpd");
    putUint8(writer, at + field.sensitivityLevel, extension.sensitivityLevel, "sensitivity.sensitivityLevel");
    putUint8(
      writer,
      at + field.sensitivityWords,
      sensitivityBitmap.length,
      "sensitivity.sensitivityBitmap.length",
    );
    putUint8(writer, at + field.integrityLevel, extension.integrityLevel, "sensitivity.integrityLevel");
    putUint8(writer, at + field.integrityWords, integrityBitmap.length, "sensitivity.integrityBitmap.length");
    putUint32(writer, at + field.reserved, extension.reserved, "sensitivity.reserved");
    let next = at + field.bitmaps;
    for (const word of [...sensitivityBitmap, ...integrityBitmap]) {
      putUint64(writer, next, word, "sensitivity bitmap");
      next += 8;
    }
  },
};
