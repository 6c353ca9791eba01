/** PF_KEY messages with the usual things in them unless told otherwise. */
import {
  decode,
  encode,
  type KeySocket,
  type LifetimeExtension,
  linuxXfrm,
  type Message,
  type OutgoingExtension,
  type OutgoingMessage,
  type Sockaddr,
} from "@keysock/wire";
import { ip } from "./values.ts";

export const sockaddr = (address: Uint8Array, port = 0): Sockaddr =>
  address.length === 4
    ? { family: "inet", port, address }
    : { family: "inet6", port, flowInfo: 0, address, scopeId: 0 };

export const address = (
  kind: "addressSource" | "addressDestination" | "addressProxy",
  bytes: Uint8Array,
  { protocol = 0, prefixLength = bytes.length * 8, port = 0 } = {},
): OutgoingExtension => ({ kind, protocol, prefixLength, reserved: 0, sockaddr: sockaddr(bytes, port) });

export const source = address("addressSource", ip(192, 0, 2, 1));
export const destination = address("addressDestination", ip(192, 0, 2, 2));
/** What PF_KEY shows of an SA without a source in its selector. */
export const anySource = address("addressProxy", ip(0, 0, 0, 0), { protocol: 255, prefixLength: 0 });

type Of<K> = Extract<OutgoingExtension, { kind: K }>;

export const sa = (more: Partial<Of<"sa">> = {}): OutgoingExtension => ({
  kind: "sa",
  spi: 0x1000,
  replay: 0,
  state: 0,
  authentication: 0,
  encryption: 0,
  flags: 0,
  ...more,
});

export const sa2 = (mode = 1, reqid = 0): OutgoingExtension => ({
  kind: "sa2",
  mode,
  reserved1: 0,
  reserved2: 0,
  sequence: 0,
  reqid,
});

export const key = (kind: "keyAuthentication" | "keyEncryption", bytes: number): OutgoingExtension => ({
  kind,
  bits: bytes * 8,
  reserved: 0,
  key: new Uint8Array(bytes).fill(0x5a),
});

export const limits = (
  kind: "lifetimeHard" | "lifetimeSoft" | "lifetimeCurrent",
  more: Partial<Omit<LifetimeExtension, "kind">> = {},
): OutgoingExtension => ({ kind, allocations: 0, bytes: 0n, addTime: 0n, useTime: 0n, ...more });

export const policy = (more: Partial<Of<"policy">> = {}): OutgoingExtension => ({
  kind: "policy",
  policyType: 2,
  direction: 2,
  reserved: 0,
  id: 0,
  priority: 0,
  requests: [],
  ...more,
});

export const ipsecRequest = { protocol: 50, mode: 1, level: 2, reserved1: 0, reqid: 0, reserved2: 0 };

export const xfrm = (parts: Omit<Of<"xfrm">, "kind">): OutgoingExtension => ({ kind: "xfrm", ...parts });

/** Of process 4242. */
export const numbered = (message: OutgoingMessage, sequence = 9): OutgoingMessage => ({
  ...message,
  sequence,
  pid: 4242,
});

export function send(socket: KeySocket, ...messages: OutgoingMessage[]): void {
  socket.send(messages.map((message) => encode(message, linuxXfrm)));
}

/** All that is heard now. */
export function heard(socket: KeySocket): Message[] {
  const messages: Message[] = [];
  for (let bytes = socket.receive(0); bytes !== undefined; bytes = socket.receive(0)) {
    messages.push(decode(bytes, linuxXfrm).message);
  }
  return messages;
}

/** A message as it looks when it has been received. */
export const received = (message: OutgoingMessage): Message =>
  decode(encode(message, linuxXfrm), linuxXfrm).message;
