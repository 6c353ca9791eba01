import { CSocket, SystemCallError } from "@keysock/kernel-lab";
import type { Node } from "./nodes.ts";
import { familyOf, inet, inet6, rawType, socketAddress } from "./socket-address.ts";

/** What is sent, and how long answers are waited for. */
export interface Pings {
  count?: number;
  /** Bytes behind the ICMP header, all alike. */
  size?: number;
  waitMs?: number;
  /** What the kernel marks the packets with that are sent. */
  mark?: number;
}

/** How long where no answer should come, since counters say why it does not. */
export const noAnswer = { waitMs: 200 };

const answerInTime = 5000;
/** RFC 792, RFC 4443 */
const echo = {
  [inet]: { protocol: 1, request: 8, reply: 0 },
  [inet6]: { protocol: 58, request: 128, reply: 129 },
};
const icmpHeader = 8;
/** SOL_SOCKET, SO_MARK of `<sys/socket.h>`. */
const socketLevel = 1;
const markOption = 36;

/**
 * Sends ICMP echo requests, each when the one before was answered or given up; how many were answered. ping(8) would wait for the last
 * answer only twice as long as it took the slowest before, which on a busy machine is too short.
 */
export function ping(
  from: Node,
  address: string,
  { count = 2, size = 56, waitMs = answerInTime, mark }: Pings = {},
): number {
  const family = familyOf(address);
  const { protocol, request, reply } = echo[family];
  from.network.enter();
  const socket = new CSocket(family, rawType, protocol);
  try {
    if (mark !== undefined) socket.set(socketLevel, markOption, mark);
    let answers = 0;
    for (let sequence = 1; sequence <= count; sequence++) {
      const packet = Buffer.alloc(icmpHeader + size, 0xa5);
      packet.set([request, 0, 0, 0]);
      packet.writeUInt16BE(process.pid & 0xffff, 4);
      packet.writeUInt16BE(sequence, 6);
      // For IPv6 the kernel fills it in.
      packet.writeUInt16BE(checksum(packet), 2);
      if (leaves(packet) && answered(packet.subarray(4))) answers += 1;
    }
    return answers;
  } finally {
    socket.close();
  }

  /** A policy may keep the packet from being sent at all. */
  function leaves(packet: Buffer): boolean {
    try {
      socket.send(packet, socketAddress(address));
      return true;
    } catch (error) {
      if (error instanceof SystemCallError) return false;
      throw error;
    }
  }

  /** Whether what stands behind the checksum comes back. */
  function answered(rest: Buffer): boolean {
    const deadline = Date.now() + waitMs;
    for (;;) {
      const received = socket.receive(Math.max(0, deadline - Date.now()));
      if (received === undefined) return false;
      const packet = Buffer.from(received.bytes);
      // A raw socket of IPv4 gives the IP header, too.
      const icmp = family === inet ? packet.subarray((packet[0]! & 15) * 4) : packet;
      if (icmp[0] === reply && icmp.subarray(4).equals(rest)) return true;
    }
  }
}

/** The Internet checksum (RFC 1071) of bytes of even length. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
