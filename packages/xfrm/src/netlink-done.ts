/**
 * What ends a dump, NLMSG_DONE (linux/netlink.h): a status.
 */
import type { FixedStructure } from "./structure.ts";
import { putInt32 } from "./writer.ts";

const field = { status: 0 } as const;
const bytes = 4;

/** How a dump ended. */
export interface NetlinkDone {
  /** 0 if it was well. A positive number; on the wire it is negative. */
  errno: number;
}

export const netlinkDone: FixedStructure<NetlinkDone> = {
  minimum: bytes,
  decode: ({ view, littleEndian }, at) => ({ errno: 0 - view.getInt32(at + field.status, littleEndian) }),
  size: () => bytes,
  encode: (writer, at, { errno }) => putInt32(writer, at + field.status, 0 - errno, "netlinkDone.errno"),
};
