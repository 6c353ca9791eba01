/**
 * `struct xfrm_stats` (linux/xfrm.h).
 */
import type { FixedStructure } from "./structure.ts";
import { putUint32 } from "./writer.ts";

const field = { replayWindow: 0, replay: 4, integrityFailed: 8 } as const;
const bytes = 12;

/** Packets that an SA turned away. */
export interface Stats {
  /** Those outside of the replay window. */
  replayWindow: number;
  /** Those that came before. */
  replay: number;
  integrityFailed: number;
}

export const stats: FixedStructure<Stats> = {
  minimum: bytes,

  decode({ view, littleEndian }, at) {
    return {
      replayWindow: view.getUint32(at + field.replayWindow, littleEndian),
      replay: view.getUint32(at + field.replay, littleEndian),
      integrityFailed: view.getUint32(at + field.integrityFailed, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint32(writer, at + field.replayWindow, value.replayWindow, "stats.replayWindow");
    putUint32(writer, at + field.replay, value.replay, "stats.replay");
    putUint32(writer, at + field.integrityFailed, value.integrityFailed, "stats.integrityFailed");
  },
};
