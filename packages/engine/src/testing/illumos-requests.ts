/** Requests to an engine that is an illumos, as ipseckey makes them: with all addresses of AF_INET6. */
import {
  type AddressExtension,
  type MessageType,
  type Outgoing,
  type OutgoingExtension,
  type OutgoingMessage,
  request,
  type SaExtension,
  SaState,
} from "@keysock/wire";
import type { EngineOptions } from "../index.ts";
import { bytesOf } from "./requests.ts";
import { type Bench, bench } from "./sockets.ts";

export const illumosBench = (options: Partial<EngineOptions> = {}): Bench =>
  bench({ personality: "illumos", ...options });

export const anyIpv6 = "0:0:0:0:0:0:0:0";

type AddressKind = AddressExtension["kind"];
interface AddressParts {
  protocol?: number;
  prefixLength?: number;
  port?: number;
}

/** As ipseckey sends it. */
export function address(
  kind: AddressKind,
  text: string,
  { protocol = 0, prefixLength = 0, port = 0 }: AddressParts = {},
): Outgoing<AddressExtension> {
  const bytes = bytesOf(text);
  const inet6 = new Uint8Array(16);
  if (bytes.length === 4) inet6.set([0xff, 0xff, ...bytes], 10);
  else inet6.set(bytes);
  const sockaddr = { family: "inet6", port, flowInfo: 0, address: inet6, scopeId: 0 } as const;
  return { kind, protocol, prefixLength, reserved: 0, sockaddr };
}

/** As illumos shows it. */
export function shown(kind: AddressKind, text: string, parts: AddressParts = {}): Outgoing<AddressExtension> {
  const sent = address(kind, text, parts);
  if (text.includes(":")) return sent;
  return { ...sent, sockaddr: { family: "inet", port: parts.port ?? 0, address: bytesOf(text) } };
}

/** In the order of ipseckey. */
export const ends = (source = "192.0.2.1", destination = "192.0.2.2"): OutgoingExtension[] => [
  address("addressDestination", destination),
  address("addressSource", source),
];

export const sa = (spi: number, more: Partial<SaExtension> = {}): Outgoing<SaExtension> => ({
  kind: "sa",
  spi,
  replay: 0,
  state: SaState.mature,
  authentication: 0,
  encryption: 12,
  flags: 0,
  ...more,
});

export function key(
  kind: "keyAuthentication" | "keyEncryption",
  bytes: number | string,
  more: { bits?: number; reserved?: number } = {},
): OutgoingExtension {
  const given = typeof bytes === "number" ? new Uint8Array(bytes).fill(0x5a) : Buffer.from(bytes, "hex");
  return { kind, bits: given.length * 8, reserved: 0, key: Uint8Array.from(given), ...more };
}

export const aesKey = key("keyEncryption", 16);
export const md5Key = key("keyAuthentication", 16);

/** AES with 128 bits. */
export const addEsp = (
  spi: number,
  more: readonly OutgoingExtension[] = [],
  inSa: Partial<SaExtension> = {},
): OutgoingMessage => request("add", "esp", [sa(spi, inSa), aesKey, ...ends(), ...more]);

/** HMAC-MD5. */
export const addAh = (
  spi: number,
  more: readonly OutgoingExtension[] = [],
  inSa: Partial<SaExtension> = {},
): OutgoingMessage =>
  request("add", "ah", [sa(spi, { authentication: 2, encryption: 0, ...inSa }), md5Key, ...ends(), ...more]);

/** Without keys: an UPDATE of lifetimes, a GET, a DELETE and the like. */
export const about = (
  type: MessageType,
  spi: number,
  more: readonly OutgoingExtension[] = [],
  inSa: Partial<SaExtension> = {},
): OutgoingMessage => request(type, "esp", [sa(spi, inSa), ...ends(), ...more]);

export const limits = (
  kind: "lifetimeHard" | "lifetimeSoft" | "lifetimeIdle" | "lifetimeCurrent",
  { add = 0, use = 0, bytes = 0, allocations = 0 } = {},
): OutgoingExtension => ({
  kind,
  allocations,
  bytes: BigInt(bytes),
  addTime: BigInt(add),
  useTime: BigInt(use),
});

export const pair = (spi: number): OutgoingExtension => ({ kind: "pair", spi });

/** The message without its extensions of that kind, and with these at its end. */
export function without(
  message: OutgoingMessage,
  kind: OutgoingExtension["kind"],
  ...more: OutgoingExtension[]
): OutgoingMessage {
  const extensions = message.extensions.filter((extension) => extension.kind !== kind);
  return { ...message, extensions: [...extensions, ...more] };
}
