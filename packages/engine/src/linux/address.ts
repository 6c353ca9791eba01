import type { AddressExtension, Message, OutgoingExtension, Sockaddr } from "@keysock/wire";
import { find } from "@keysock/wire";
import { Refusal } from "../refusal.ts";
import { Errno } from "./errno.ts";

/**
 * The 4 or 16 bytes of a socket address that the walker let pass.
 *
 * @throws Refusal with EINVAL for a family other than these two
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addressOf, sockaddr } from "@keysock/engine/linux";
 *
 * const address = Uint8Array.of(192, 0, 2, 1);
 * assert.deepEqual(addressOf(sockaddr(address, 500)), address);
 * ```
 */
export function addressOf(sockaddr: Sockaddr): Uint8Array {
  if (typeof sockaddr.family === "number") throw new Refusal(Errno.EINVAL);
  return sockaddr.address;
}

/**
 * Source and destination of a request, which must both be there and of one family.
 *
 * @throws Refusal with EINVAL
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addressExtension, addressPair, Refusal } from "@keysock/engine/linux";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const source = addressExtension("addressSource", Uint8Array.of(192, 0, 2, 1), 0);
 * const destination = addressExtension("addressDestination", Uint8Array.of(192, 0, 2, 2), 0);
 * const { message } = decode(encode(request("get", "esp", [source, destination]), linux), linux);
 * assert.equal(addressPair(message).destination.prefixLength, 32);
 * assert.throws(() => addressPair({ ...message, extensions: [] }), Refusal);
 * ```
 */
export function addressPair(message: Message): { source: AddressExtension; destination: AddressExtension } {
  const source = find(message, "addressSource");
  const destination = find(message, "addressDestination");
  if (source === undefined || destination === undefined) throw new Refusal(Errno.EINVAL);
  if (source.sockaddr.family !== destination.sockaddr.family) throw new Refusal(Errno.EINVAL);
  return { source, destination };
}

export function portOf(sockaddr: Sockaddr): number {
  return typeof sockaddr.family === "number" ? 0 : sockaddr.port;
}

/**
 * A socket address of 4 or 16 bytes: the family goes by their number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sockaddr } from "@keysock/engine/linux";
 *
 * const address = Uint8Array.of(192, 0, 2, 1);
 * assert.deepEqual(sockaddr(address, 500), { family: "inet", port: 500, address });
 * assert.equal(sockaddr(new Uint8Array(16)).family, "inet6");
 * ```
 */
export function sockaddr(address: Uint8Array, port = 0): Sockaddr {
  return address.length === 4
    ? { family: "inet", port, address }
    : { family: "inet6", port, flowInfo: 0, address, scopeId: 0 };
}

/**
 * An ADDRESS extension for 4 or 16 bytes; the prefix is the whole address unless given.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addressExtension, sockaddr } from "@keysock/engine/linux";
 *
 * const address = Uint8Array.of(192, 0, 2, 1);
 * assert.deepEqual(addressExtension("addressSource", address, 17), {
 *   kind: "addressSource", protocol: 17, prefixLength: 32, reserved: 0, sockaddr: sockaddr(address),
 * });
 * ```
 */
export function addressExtension(
  kind: AddressExtension["kind"],
  address: Uint8Array,
  protocol: number,
  prefixLength = address.length * 8,
  port = 0,
): OutgoingExtension {
  return { kind, protocol, prefixLength, reserved: 0, sockaddr: sockaddr(address, port) };
}

/** An address as Linux keeps it, of whatever family. */
export const stored = (address: Uint8Array): Uint8Array => fitted(address, 16);

/** An address cut or filled with zeros to a length: Linux keeps both families in 16 bytes and reads as many as it needs. */
export function fitted(address: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(address.subarray(0, length));
  return bytes;
}
