import type { Sockaddr } from "@keysock/wire";

/** Whether both hold the same bytes; none is the same as empty. */
export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  const [left, right] = [a ?? new Uint8Array(), b ?? new Uint8Array()];
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

/** Whether both are the same address, whatever their ports; a family that is not known is compared by its bytes. */
export function sameAddress(a: Sockaddr | undefined, b: Sockaddr | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.family === b.family && sameBytes(addressOf(a), addressOf(b));
}

/** The port of a socket address that has one, else 0. */
export const portOf = (sockaddr: Sockaddr | undefined): number =>
  sockaddr !== undefined && "port" in sockaddr ? sockaddr.port : 0;

const addressOf = (sockaddr: Sockaddr): Uint8Array =>
  "address" in sockaddr ? sockaddr.address : sockaddr.data;
