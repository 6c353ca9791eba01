/**
 * What varies from run to run in a kernel's messages: times, the reqids that it chooses for level unique, which it counts
 * for all networks together, and whether a policy is younger than a second, which its count of references shows.
 */
const typeAt = 1;
const reservedAt = 6;
const spdTypes: ReadonlySet<number> = new Set([13, 14, 15, 16, 18, 22]);
const extension = { lifetimeCurrent: 2, policy: 18 } as const;
const current = { addTime: 16, useTime: 24 } as const;
const policyBytes = 16;
const request = { length: 0, reqid: 8 } as const;
/** IPSEC_MANUAL_REQID_MAX of linux/ipsec.h. */
const maximumManualReqid = 0x3fff;

/** Gives messages in hexadecimal. What was asked stays as it is, for those who hear it. */
export type Mask = (asked: Uint8Array, heard: Uint8Array, allYoung: boolean) => string;

/**
 * A time is 1 if it is not 0, the kernel's own reqids are numbered in the order in which they are seen, and references are
 * none unless all policies are younger than a second.
 */
export function createMask(): Mask {
  const reqids = new Map<number, number>();
  return (asked, heard, allYoung) => {
    const bytes = Uint8Array.from(heard);
    if (Buffer.compare(asked, heard) !== 0) {
      mask(bytes, reqids);
      if (!allYoung && spdTypes.has(bytes[typeAt] ?? 0)) bytes.fill(0, reservedAt, reservedAt + 2);
    }
    return Buffer.from(bytes).toString("hex");
  };
}

function mask(bytes: Uint8Array, reqids: Map<number, number>): void {
  const view = new DataView(bytes.buffer);
  for (let at = 16; at + 4 <= bytes.length; ) {
    const size = view.getUint16(at, true) * 8;
    const type = view.getUint16(at + 2, true);
    if (size === 0) return;
    if (type === extension.lifetimeCurrent) {
      for (const time of [current.addTime, current.useTime]) {
        if (view.getBigUint64(at + time, true) !== 0n) view.setBigUint64(at + time, 1n, true);
      }
    }
    if (type === extension.policy) maskRequests(view, at + policyBytes, at + size, reqids);
    at += size;
  }
}

function maskRequests(view: DataView, start: number, end: number, reqids: Map<number, number>): void {
  for (let at = start; at + policyBytes <= end; ) {
    const reqid = view.getUint32(at + request.reqid, true);
    if (reqid > maximumManualReqid) {
      if (!reqids.has(reqid)) reqids.set(reqid, maximumManualReqid + 1 + reqids.size);
      view.setUint32(at + request.reqid, reqids.get(reqid) ?? 0, true);
    }
    const size = view.getUint16(at + request.length, true);
    if (size === 0) return;
    at += size;
  }
}
