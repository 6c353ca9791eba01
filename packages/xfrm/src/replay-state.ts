/**
 * `struct xfrm_replay_state` (linux/xfrm.h).
 */
import type { FixedStructure } from "./structure.ts";
import { putUint32 } from "./writer.ts";

const field = { outgoing: 0, incoming: 4, bitmap: 8 } as const;
const bytes = 12;

/** Sequence numbers of 32 bits. */
export interface ReplayState {
  outgoing: number;
  incoming: number;
  /** Packets before `incoming` that have come. */
  bitmap: number;
}

export const replayState: FixedStructure<ReplayState> = {
  minimum: bytes,

  decode({ view, littleEndian }, at) {
    return {
      outgoing: view.getUint32(at + field.outgoing, littleEndian),
      incoming: view.getUint32(at + field.incoming, littleEndian),
      bitmap: view.getUint32(at + field.bitmap, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint32(writer, at + field.outgoing, value.outgoing, "replayState.outgoing");
    putUint32(writer, at + field.incoming, value.incoming, "replayState.incoming");
    putUint32(writer, at + field.bitmap, value.bitmap, "replayState.bitmap");
  },
};
