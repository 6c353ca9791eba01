/**
 * Who gets a message. A promiscuous socket gets each one as it is, with no PROMISC header before it: what `ipseckey monitor`
 * showed of an ACQUIRE on SmartOS had none. Nobody gets a message twice, nor what another one sends.
 */
import { encode, type OutgoingExtension, type OutgoingMessage } from "@keysock/wire";
import type { Request } from "../core.ts";
import type { Endpoint } from "../endpoint.ts";
import type { Kernel } from "./kernel.ts";
import type { Protocol } from "./sa.ts";

/** Who gets it beside the promiscuous. */
export type Audience = (endpoint: Endpoint) => boolean;

export const all: Audience = () => true;

export const only =
  (one: Endpoint): Audience =>
  (endpoint) =>
    endpoint === one;

/** In an endpoint's `registered`. */
export const registrationBit: Readonly<Record<Protocol, number>> = { ah: 1, esp: 2 };

/** Who has registered for one of them. */
export function registeredFor(protocols: readonly Protocol[]): Audience {
  return ({ registered }) => protocols.some((protocol) => (registered & registrationBit[protocol]) !== 0);
}

export function deliver(kernel: Kernel, bytes: Uint8Array, isFor: Audience): void {
  for (const endpoint of kernel.endpoints) {
    if (endpoint.promiscuous || isFor(endpoint)) endpoint.enqueue(bytes.slice());
  }
}

/** Answers a request under its own numbers. */
export function answer(
  kernel: Kernel,
  { header, message }: Request,
  extensions: readonly OutgoingExtension[],
  isFor: Audience,
): void {
  const { sequence, pid } = header;
  const { type, saType } = message;
  announce(kernel, { type, saType, sequence, pid, extensions }, isFor);
}

/** Encodes a message, delivers it and overwrites the bytes: they may hold keys. */
export function announce(
  kernel: Kernel,
  message: Omit<OutgoingMessage, "version" | "errno" | "reserved">,
  isFor: Audience,
): void {
  const bytes = encode({ version: 2, errno: 0, reserved: 0, ...message }, kernel.dialect);
  deliver(kernel, bytes, isFor);
  bytes.fill(0);
}
