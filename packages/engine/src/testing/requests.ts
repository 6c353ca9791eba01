/** Requests to an engine, with the usual things in them unless told otherwise. */
import {
  IpsecLevel,
  IpsecMode,
  type IpsecRequest,
  type MessageType,
  type OutgoingExtension,
  type OutgoingMessage,
  PolicyDirection,
  PolicyType,
  request,
  type SaType,
  type Sockaddr,
} from "@keysock/wire";

/** `192.0.2.1` to 4 bytes, groups of figures separated by colons (no `::`) to 16. */
export function bytesOf(text: string): Uint8Array {
  if (!text.includes(":")) return Uint8Array.from(text.split("."), Number);
  const groups = text.split(":").map((group) => Number.parseInt(group, 16));
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

export function sockaddrOf(text: string, port = 0): Sockaddr {
  const address = bytesOf(text);
  return address.length === 4
    ? { family: "inet", port, address }
    : { family: "inet6", port, flowInfo: 0, address, scopeId: 0 };
}

export function address(
  kind: "addressSource" | "addressDestination" | "addressProxy",
  text: string,
  { protocol = 255, prefixLength = text.includes(":") ? 128 : 32, port = 0 } = {},
): OutgoingExtension {
  return { kind, protocol, prefixLength, reserved: 0, sockaddr: sockaddrOf(text, port) };
}

export const ends = (source = "192.0.2.1", destination = "192.0.2.2"): OutgoingExtension[] => [
  address("addressSource", source),
  address("addressDestination", destination),
];

export const sa = (spi: number, more: Partial<Extract<OutgoingExtension, { kind: "sa" }>> = {}) =>
  ({
    kind: "sa",
    spi,
    replay: 0,
    state: 0,
    authentication: 0,
    encryption: 11,
    flags: 0,
    ...more,
  }) satisfies OutgoingExtension;

export const nullKey: OutgoingExtension = {
  kind: "keyEncryption",
  bits: 0,
  reserved: 0,
  key: new Uint8Array(),
};

export const key = (kind: "keyAuthentication" | "keyEncryption", bytes: number): OutgoingExtension => ({
  kind,
  bits: bytes * 8,
  reserved: 0,
  key: new Uint8Array(bytes).fill(0x5a),
});

export const sa2 = (mode: number, reqid = 0): OutgoingExtension => ({
  kind: "sa2",
  mode,
  reserved1: 0,
  reserved2: 0,
  sequence: 0,
  reqid,
});

export const limits = (
  kind: "lifetimeHard" | "lifetimeSoft",
  { add = 0, use = 0, bytes = 0, packets = 0 } = {},
): OutgoingExtension => ({
  kind,
  allocations: packets,
  bytes: BigInt(bytes),
  addTime: BigInt(add),
  useTime: BigInt(use),
});

/** An ESP SA with null encryption. */
export function addEsp(spi: number, more: readonly OutgoingExtension[] = []): OutgoingMessage {
  return request("add", "esp", [sa(spi), ...ends(), nullKey, ...more]);
}

/** GET, DELETE and the like. */
export function about(type: MessageType, spi: number, saType: SaType = "esp"): OutgoingMessage {
  return request(type, saType, [sa(spi), ...ends()]);
}

export function getspi(min: number, max: number, more: readonly OutgoingExtension[] = []): OutgoingMessage {
  return request("getspi", "esp", [...ends(), { kind: "spiRange", min, max, reserved: 0 }, ...more]);
}

export const ipsecRequest = (more: Partial<IpsecRequest> = {}): IpsecRequest => ({
  protocol: 50,
  mode: IpsecMode.transport,
  level: IpsecLevel.require,
  reserved1: 0,
  reqid: 0,
  reserved2: 0,
  ...more,
});

export const policy = (
  more: Partial<Extract<OutgoingExtension, { kind: "policy" }>> = {},
): OutgoingExtension => ({
  kind: "policy",
  policyType: PolicyType.ipsec,
  direction: PolicyDirection.out,
  reserved: 0,
  id: 0,
  priority: 0,
  requests: [ipsecRequest()],
  ...more,
});

/** A message about a policy between two hosts. */
export function spd(
  type: MessageType,
  more: Partial<Extract<OutgoingExtension, { kind: "policy" }>> = {},
  addresses = ends(),
): OutgoingMessage {
  return request(type, "unspec", [...addresses, policy(more)]);
}
