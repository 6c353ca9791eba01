/**
 * `struct xfrmu_spdinfo` (linux/xfrm.h).
 */
import type { FixedStructure } from "./structure.ts";
import { putUint32 } from "./writer.ts";

const field = { in: 0, out: 4, fwd: 8, socketIn: 12, socketOut: 16, socketFwd: 20 } as const;
const bytes = 24;

/** How many policies there are in each direction, and how many that belong to sockets. */
export interface SpdCounts {
  in: number;
  out: number;
  fwd: number;
  socketIn: number;
  socketOut: number;
  socketFwd: number;
}

export const spdCounts: FixedStructure<SpdCounts> = {
  minimum: bytes,

  decode({ view, littleEndian }, at) {
    return {
      in: view.getUint32(at + field.in, littleEndian),
      out: view.getUint32(at + field.out, littleEndian),
      fwd: view.getUint32(at + field.fwd, littleEndian),
      socketIn: view.getUint32(at + field.socketIn, littleEndian),
      socketOut: view.getUint32(at + field.socketOut, littleEndian),
      socketFwd: view.getUint32(at + field.socketFwd, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint32(writer, at + field.in, value.in, "spdCounts.in");
    putUint32(writer, at + field.out, value.out, "spdCounts.out");
    putUint32(writer, at + field.fwd, value.fwd, "spdCounts.fwd");
    putUint32(writer, at + field.socketIn, value.socketIn, "spdCounts.socketIn");
    putUint32(writer, at + field.socketOut, value.socketOut, "spdCounts.socketOut");
    putUint32(writer, at + field.socketFwd, value.socketFwd, "spdCounts.socketFwd");
  },
};
