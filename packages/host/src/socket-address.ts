import { endianness } from "node:os";
import type { ResolvedAddress } from "./host.ts";

/** `AF_INET` and `AF_INET6` of Linux's `<sys/socket.h>`. */
export const familyNumbers = { inet: 2, inet6: 10 } as const;

/** Offsets in `struct sockaddr_in` and `struct sockaddr_in6` of Linux's `<netinet/in.h>`. */
const offsets = { family: 0, port: 2, inet: 4, inet6: 8, scopeId: 24 } as const;
const inetSize = 16;
const inet6Size = 28;

const littleEndian = endianness() === "LE";

/** A resolved address from the socket address that getaddrinfo(3) gave; undefined for another family. */
export function fromSocketAddress(bytes: Uint8Array): ResolvedAddress | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const family = view.getUint16(offsets.family, littleEndian);
  const port = view.getUint16(offsets.port);
  if (family === familyNumbers.inet && bytes.length >= inetSize) {
    return { family: "inet", address: bytes.slice(offsets.inet, offsets.inet + 4), port, scopeId: 0 };
  }
  if (family === familyNumbers.inet6 && bytes.length >= inet6Size) {
    const address = bytes.slice(offsets.inet6, offsets.inet6 + 16);
    return { family: "inet6", address, port, scopeId: view.getUint32(offsets.scopeId, littleEndian) };
  }
  return undefined;
}

/** The socket address of 4 or 16 bytes, port 0; undefined for another length. */
export function toSocketAddress(address: Uint8Array): Uint8Array | undefined {
  if (address.length !== 4 && address.length !== 16) return undefined;
  const family = address.length === 4 ? "inet" : "inet6";
  const bytes = new Uint8Array(family === "inet" ? inetSize : inet6Size);
  new DataView(bytes.buffer).setUint16(offsets.family, familyNumbers[family], littleEndian);
  bytes.set(address, offsets[family]);
  return bytes;
}

/** A port between the machine's order and the network's, as htons(3) and ntohs(3). */
export function swapPort(port: number): number {
  return littleEndian ? ((port & 0xff) << 8) | ((port >> 8) & 0xff) : port & 0xffff;
}
