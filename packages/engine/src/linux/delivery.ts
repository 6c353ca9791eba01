/**
 * Who gets a message.
 */
import type { OutgoingMessage } from "@keysock/wire";
import { encode } from "@keysock/wire";
import type { Endpoint } from "../endpoint.ts";
import type { Kernel } from "./kernel.ts";

/** "all" sockets, those that have "registered" for whatever SA type, only the "one" named, or none but promiscuous ones. */
export type Audience = "all" | "registered" | "one" | "promiscuous";

/**
 * Promiscuous sockets get a copy of everything, and so get twice what they would have got anyway. The one named gets its
 * own last, and always.
 */
export function deliver(kernel: Kernel, bytes: Uint8Array, audience: Audience, one?: Endpoint): void {
  for (const endpoint of kernel.endpoints) {
    if (endpoint.promiscuous) endpoint.enqueue(bytes.slice());
    if (endpoint === one) continue;
    if (audience === "all" || (audience === "registered" && endpoint.registered !== 0)) {
      endpoint.enqueue(bytes.slice());
    }
  }
  one?.enqueue(bytes.slice());
}

/** Encodes a message, delivers it and overwrites the bytes: they may hold keys. */
export function announce(
  kernel: Kernel,
  message: Omit<OutgoingMessage, "version" | "errno" | "reserved"> & { reserved?: number },
  audience: Audience,
  one?: Endpoint,
): void {
  const bytes = encode({ version: 2, errno: 0, reserved: 0, ...message }, kernel.dialect);
  deliver(kernel, bytes, audience, one);
  bytes.fill(0);
}
