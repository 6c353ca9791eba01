/** What varies from run to run, made the same: times and ages, a policy's refcount, ids and process ids. */
export function maskText(text: string): string {
  return text
    .replace(/\bpid=\d+/g, "pid=PID")
    .replace(/(created|current|last|lastused): \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}/g, "$1: DATE")
    .replace(/diff: \d+\(s\)/g, "diff: AGE")
    .replace(/(refcnt|reserved)=[1-9]\d*/g, "$1=N")
    .replace(/unique#\d+/g, "unique#ID")
    .replace(/addtime=1\d{9}/g, "addtime=TIME")
    .replace(/usetime=1\d{9}/g, "usetime=TIME")
    .replace(/^(\d\d:\d\d:\d\d|\d{10})\.\d{6} $/gm, "TIME ")
    .replace(/^\d{4} (?=\S{2,3} +[LMDd] [0-9a-f]{8})/gm, "MMSS ")
    .replace(/^(MMSS \S+ +[LMDd] [0-9a-f]{8}) +\d+\//gm, "$1 AGE/")
    .replace(hexDumpedTime, "TIME 00 00 00 00 ");
}

/** Seconds since 1970 in 8 bytes of a hexadecimal dump, little-endian, from November 2026 to 2038. */
const hexDumpedTime = /(?:[0-9a-f]{2} ){3}(?:6[b-f]|7[0-9a-f]) 00 00 00 00 /g;

/** IPSEC_MANUAL_REQID_MAX (linux/ipsec.h): ids above it are the kernel's choice. */
const manualIdMax = 0x3fff;

/** net.ipv4.ip_local_port_range: the ports that Linux chooses itself, unless told otherwise, begin there. */
const ephemeralPortMin = 32768;

/** What ip-xfrm(8) prints, with the ids and ports masked that the kernel chose. */
export const maskIp = (text: string): string =>
  text
    .replace(/\breqid (\d+)/g, (whole, id) => (Number(id) > manualIdMax ? "reqid ID" : whole))
    .replace(/\bsport (\d+)/g, (whole, port) => (Number(port) >= ephemeralPortMin ? "sport PORT" : whole));

/** Offsets and numbers of linux/pfkeyv2.h. */
const header = { type: 1, reserved: 6, pid: 12, bytes: 16 } as const;
const extension = { words: 0, type: 2 } as const;
const lifetime = { addTime: 16, useTime: 24 } as const;
const policy = { requests: 16 } as const;
const request = { bytes: 0, reqid: 8 } as const;
const spdUpdate = 13;
const lifetimeCurrent = 2;
const policyType = 18;
const wordBytes = 8;

/** A message in hexadecimal with 255s for the sender's process id. */
export function maskPid(bytes: Uint8Array): string {
  const masked = Buffer.from(bytes);
  masked.fill(0xff, header.pid, header.pid + 4);
  return masked.toString("hex");
}

/**
 * A well-formed message of a little-endian machine in hexadecimal, with 255s for what varies: process id, times, a policy's
 * refcount, and ids that the kernel chose.
 */
export function maskMessage(bytes: Uint8Array): string {
  const view = new DataView(bytes.slice().buffer);
  const masked = Buffer.from(view.buffer);
  const mask = (at: number, size: number) => {
    if (masked.subarray(at, at + size).some((byte) => byte !== 0)) masked.fill(0xff, at, at + size);
  };
  if (view.getUint8(header.type) >= spdUpdate) mask(header.reserved, 2);
  mask(header.pid, 4);
  for (let at: number = header.bytes; at < masked.length; ) {
    const end = at + view.getUint16(at + extension.words, true) * wordBytes;
    const type = view.getUint16(at + extension.type, true);
    if (type === lifetimeCurrent) for (const time of Object.values(lifetime)) mask(at + time, 8);
    if (type === policyType) {
      for (let each = at + policy.requests; each < end; each += view.getUint16(each + request.bytes, true)) {
        if (view.getUint32(each + request.reqid, true) > manualIdMax) mask(each + request.reqid, 4);
      }
    }
    at = end;
  }
  return masked.toString("hex");
}
