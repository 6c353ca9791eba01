/**
 * `struct nlmsgerr` (linux/netlink.h): the answer to a request that asked for one or that failed.
 */
import { decodeHeader, decodeLength, headerBytes } from "./netlink-header.ts";
import { NetlinkFlag } from "./numbers.ts";
import { type Reader, report, type Structure } from "./structure.ts";
import { byteLength, putInt32 } from "./writer.ts";

const field = { error: 0, request: 4 } as const;

/** Whether a request was carried out. */
export interface NetlinkError {
  /** 0 if it was. A positive number; on the wire it is negative. */
  errno: number;
  /**
   * The request: its header if it was carried out or the message's flags say `capped`, otherwise all of it, keys
   * included.
   */
  request: Uint8Array;
}

export const netlinkError: Structure<NetlinkError> = {
  minimum: field.request + headerBytes,

  decode(reader, at, end) {
    const errno = 0 - reader.view.getInt32(at + field.error, reader.littleEndian);
    const request = at + field.request;
    return {
      errno,
      request: reader.bytes.slice(request, request + requestBytes(reader, errno, request, end)),
    };
  },

  size: ({ request }) => field.request + byteLength(request, "netlinkError.request"),

  encode(writer, at, { errno, request }) {
    putInt32(writer, at + field.error, 0 - errno, "netlinkError.errno");
    writer.bytes.set(request, at + field.request);
  },
};

function requestBytes(reader: Reader, errno: number, at: number, end: number): number {
  const { view, littleEndian } = reader;
  if (errno === 0 || (decodeHeader(reader).flags & NetlinkFlag.capped) !== 0) return headerBytes;
  const length = decodeLength(view, at, littleEndian);
  if (length <= end - at) return Math.max(headerBytes, length);
  report(reader, "error-request-past-end", at, `a request of ${length} bytes, expected at most ${end - at}`);
  return end - at;
}
