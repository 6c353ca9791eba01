import type { AddressExtension, Message, OutgoingExtension, Sockaddr } from "@keysock/wire";
import { find } from "@keysock/wire";
import { Refusal } from "../refusal.ts";
import { Errno } from "./errno.ts";

/** The 4 or 16 bytes of a socket address that the walker let pass. */
export function addressOf(sockaddr: Sockaddr): Uint8Array {
  if (typeof sockaddr.family === "number") throw new Refusal(Errno.EINVAL);
  return sockaddr.address;
}

/** Source and destination of a request, which must both be there and of one family. */
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

export function sockaddr(address: Uint8Array, port = 0): Sockaddr {
  return address.length === 4
    ? { family: "inet", port, address }
    : { family: "inet6", port, flowInfo: 0, address, scopeId: 0 };
}

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
