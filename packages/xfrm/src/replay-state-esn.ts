/**
 * `struct xfrm_replay_state_esn` (linux/xfrm.h).
 */
import { report, type Structure } from "./structure.ts";
import { putUint32 } from "./writer.ts";

const field = {
  words: 0,
  outgoing: 4,
  incoming: 8,
  outgoingHigh: 12,
  incomingHigh: 16,
  replayWindow: 20,
  bitmap: 24,
} as const;

/** Extended sequence numbers, or a replay window of more than 32 packets. */
export interface ReplayStateEsn {
  outgoing: number;
  incoming: number;
  /** The upper 32 bits, where the SA has extended sequence numbers. */
  outgoingHigh: number;
  incomingHigh: number;
  /** Packets; at most 32 for each word of the bitmap. */
  replayWindow: number;
  /** Packets that have come, in words of 32; a kernel takes at most 128. */
  bitmap: readonly number[];
}

export const replayStateEsn: Structure<ReplayStateEsn> = {
  minimum: field.bitmap,

  decode(reader, at, end) {
    const { view, littleEndian } = reader;
    const words = view.getUint32(at + field.words, littleEndian);
    const room = Math.floor((end - at - field.bitmap) / 4);
    if (words > room) {
      return report(reader, "esn-bitmap", at + field.words, `a bitmap of ${words} words has ${room}`);
    }
    return {
      outgoing: view.getUint32(at + field.outgoing, littleEndian),
      incoming: view.getUint32(at + field.incoming, littleEndian),
      outgoingHigh: view.getUint32(at + field.outgoingHigh, littleEndian),
      incomingHigh: view.getUint32(at + field.incomingHigh, littleEndian),
      replayWindow: view.getUint32(at + field.replayWindow, littleEndian),
      bitmap: Array.from({ length: words }, (_, i) =>
        view.getUint32(at + field.bitmap + i * 4, littleEndian),
      ),
    };
  },

  size: ({ bitmap }) => field.bitmap + bitmap.length * 4,

  encode(writer, at, value) {
    putUint32(writer, at + field.words, value.bitmap.length, "replayStateEsn.bitmap.length");
    putUint32(writer, at + field.outgoing, value.outgoing, "replayStateEsn.outgoing");
    putUint32(writer, at + field.incoming, value.incoming, "replayStateEsn.incoming");
    putUint32(writer, at + field.outgoingHigh, value.outgoingHigh, "replayStateEsn.outgoingHigh");
    putUint32(writer, at + field.incomingHigh, value.incomingHigh, "replayStateEsn.incomingHigh");
    putUint32(writer, at + field.replayWindow, value.replayWindow, "replayStateEsn.replayWindow");
    for (const [i, word] of value.bitmap.entries()) {
      putUint32(writer, at + field.bitmap + i * 4, word, "replayStateEsn.bitmap");
    }
  },
};
