import { readAddress } from "@keysock/address";

/** `<sys/socket.h>` of Linux. */
export const inet = 2;
export const inet6 = 10;
export const datagramType = 2;
export const rawType = 3;

export const familyOf = (address: string): typeof inet | typeof inet6 =>
  address.includes(":") ? inet6 : inet;

/**
 * A `sockaddr_in` or `sockaddr_in6`.
 *
 * @param scope - index of the interface that a link-local address is of
 */
export function socketAddress(address: string, port = 0, scope = 0): Uint8Array {
  const family = familyOf(address);
  const bytes = Buffer.alloc(family === inet ? 16 : 28);
  bytes.writeUInt16LE(family, 0);
  bytes.writeUInt16BE(port, 2);
  bytes.set(readAddress(address), family === inet ? 4 : 8);
  if (family === inet6) bytes.writeUInt32LE(scope, 24);
  return bytes;
}
