/**
 * `struct sockaddr_in` and `struct sockaddr_in6` as the dialect's kernel lays them out (netinet/in.h).
 */
import type { Reader } from "./structure.ts";
import {
  byteLength,
  putBytes,
  putNetworkUint16,
  putUint16,
  putUint32,
  refuseAllBut0,
  type Writer,
} from "./writer.ts";

const inetField = { family: 0, port: 2, address: 4, zero: 8 } as const;
const inetBytes = 16;
const inetAddressBytes = 4;
const inet6Field = { family: 0, port: 2, flowInfo: 4, address: 8, scopeId: 24, sourceId: 28 } as const;
const inet6AddressBytes = 16;
const unknownField = { family: 0, data: 2 } as const;

/** A socket address. Bytes that are not zero where zero is expected are kept in `padding`. */
export type Sockaddr = InetSockaddr | Inet6Sockaddr | UnknownSockaddr;

/** An IPv4 address with its port. */
export interface InetSockaddr {
  family: "inet";
  /** 0 is any. */
  port: number;
  /** 4 bytes in network order. */
  address: Uint8Array;
  /** sin_zero, where it is not zero. */
  padding?: Uint8Array;
}

/** An IPv6 address with its port and scope. */
export interface Inet6Sockaddr {
  family: "inet6";
  port: number;
  flowInfo: number;
  /** 16 bytes in network order. */
  address: Uint8Array;
  scopeId: number;
  /** __sin6_src_id of illumos, where it is not zero. */
  sourceId?: number;
}

/** An address of another family: its number and the bytes that follow it. */
export interface UnknownSockaddr {
  family: number;
  data: Uint8Array;
}

/** How a kernel lays out socket addresses. */
export interface SockaddrFormat {
  /** Undefined where the bytes up to `end` are too few. One of an unknown family reaches to `end`. */
  decode(reader: Reader, at: number, end: number): Sockaddr | undefined;
  size(sockaddr: Sockaddr): number;
  encode(writer: Writer, at: number, sockaddr: Sockaddr): void;
}

/**
 * The family is 16 bits in the machine's order, with no length before it (Linux, illumos). An IPv6 address of 32 bytes
 * has a source id at its end.
 */
export function familyFirst(families: { inet: number; inet6: number }, inet6Bytes: 28 | 32): SockaddrFormat {
  const hasSourceId = inet6Bytes > inet6Field.sourceId;
  return {
    decode(reader, at, end) {
      if (end - at < unknownField.data) return undefined;
      const family = reader.view.getUint16(at + inetField.family, reader.littleEndian);
      if (family === families.inet) return end - at < inetBytes ? undefined : decodeInet(reader, at);
      if (family === families.inet6) {
        return end - at < inet6Bytes ? undefined : decodeInet6(reader, at, hasSourceId);
      }
      return { family, data: reader.bytes.slice(at + unknownField.data, end) };
    },

    size(sockaddr) {
      switch (sockaddr.family) {
        case "inet":
          return inetBytes;
        case "inet6":
          return inet6Bytes;
        default:
          return unknownField.data + byteLength(sockaddr.data, "sockaddr.data");
      }
    },

    encode(writer, at, sockaddr) {
      switch (sockaddr.family) {
        case "inet":
          putUint16(writer, at + inetField.family, families.inet, "sockaddr.family");
          return encodeInet(writer, at, sockaddr);
        case "inet6":
          putUint16(writer, at + inet6Field.family, families.inet6, "sockaddr.family");
          return encodeInet6(writer, at, sockaddr, hasSourceId);
        default:
          putUint16(writer, at + unknownField.family, sockaddr.family, "sockaddr.family");
          writer.bytes.set(sockaddr.data, at + unknownField.data);
      }
    },
  };
}

/** Two socket addresses back to back; both of a family whose size is known. */
export function decodeSockaddrPair(
  reader: Reader,
  at: number,
  end: number,
): [Sockaddr, Sockaddr] | undefined {
  const first = reader.sockaddr.decode(reader, at, end);
  if (first === undefined || typeof first.family === "number") return undefined;
  const second = reader.sockaddr.decode(reader, at + reader.sockaddr.size(first), end);
  if (second === undefined || typeof second.family === "number") return undefined;
  return [first, second];
}

function decodeInet({ bytes, view }: Reader, at: number): InetSockaddr {
  const sockaddr: InetSockaddr = {
    family: "inet",
    port: view.getUint16(at + inetField.port),
    address: bytes.slice(at + inetField.address, at + inetField.zero),
  };
  if (view.getBigUint64(at + inetField.zero) !== 0n) {
    sockaddr.padding = bytes.slice(at + inetField.zero, at + inetBytes);
  }
  return sockaddr;
}

function encodeInet(writer: Writer, at: number, { port, address, padding }: InetSockaddr): void {
  putNetworkUint16(writer, at + inetField.port, port, "sockaddr.port");
  putBytes(writer, at + inetField.address, address, inetAddressBytes, "sockaddr.address");
  if (padding !== undefined) {
    putBytes(writer, at + inetField.zero, padding, inetBytes - inetField.zero, "sockaddr.padding");
  }
}

function decodeInet6({ bytes, view, littleEndian }: Reader, at: number, hasSourceId: boolean): Inet6Sockaddr {
  const sockaddr: Inet6Sockaddr = {
    family: "inet6",
    port: view.getUint16(at + inet6Field.port),
    flowInfo: view.getUint32(at + inet6Field.flowInfo, littleEndian),
    address: bytes.slice(at + inet6Field.address, at + inet6Field.scopeId),
    scopeId: view.getUint32(at + inet6Field.scopeId, littleEndian),
  };
  const sourceId = hasSourceId ? view.getUint32(at + inet6Field.sourceId, littleEndian) : 0;
  if (sourceId !== 0) sockaddr.sourceId = sourceId;
  return sockaddr;
}

function encodeInet6(writer: Writer, at: number, sockaddr: Inet6Sockaddr, hasSourceId: boolean): void {
  putNetworkUint16(writer, at + inet6Field.port, sockaddr.port, "sockaddr.port");
  putUint32(writer, at + inet6Field.flowInfo, sockaddr.flowInfo, "sockaddr.flowInfo");
  putBytes(writer, at + inet6Field.address, sockaddr.address, inet6AddressBytes, "sockaddr.address");
  putUint32(writer, at + inet6Field.scopeId, sockaddr.scopeId, "sockaddr.scopeId");
  const { sourceId = 0 } = sockaddr;
  if (hasSourceId) putUint32(writer, at + inet6Field.sourceId, sourceId, "sockaddr.sourceId");
  else refuseAllBut0(sourceId, "sockaddr.sourceId");
}
