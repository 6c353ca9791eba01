/**
 * `struct sockaddr_in` and `struct sockaddr_in6` as the dialect's kernel lays them out.
 */

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
}

/** An address of another family: its number and the bytes that follow it. */
export interface UnknownSockaddr {
  family: number;
  data: Uint8Array;
}
