/** Requests that Linux and illumos take. */
import { type OutgoingExtension, type OutgoingMessage, request, SaState } from "@keysock/wire";

const address = (kind: "addressSource" | "addressDestination", last: number): OutgoingExtension => ({
  kind,
  protocol: 255,
  prefixLength: 32,
  reserved: 0,
  sockaddr: { family: "inet", port: 0, address: Uint8Array.of(192, 0, 2, last) },
});

const sa = (spi: number): OutgoingExtension => ({
  kind: "sa",
  spi,
  replay: 0,
  state: SaState.mature,
  authentication: 0,
  encryption: 2,
  flags: 0,
});

const numbered = (message: OutgoingMessage, sequence: number): OutgoingMessage => ({ ...message, sequence });

/** An ESP SA with a DES key; its sequence is its SPI. */
export function add(spi: number, more: readonly OutgoingExtension[] = []): OutgoingMessage {
  const key = Uint8Array.from("ESP SA!!", (letter) => letter.charCodeAt(0));
  return numbered(
    request("add", "esp", [
      sa(spi),
      address("addressSource", 1),
      address("addressDestination", 2),
      { kind: "keyEncryption", bits: 64, reserved: 0, key },
      ...more,
    ]),
    spi,
  );
}

export function get(spi: number, sequence = spi): OutgoingMessage {
  const ends = [address("addressSource", 1), address("addressDestination", 2)];
  return numbered(request("get", "esp", [sa(spi), ...ends]), sequence);
}

export const dump = (): OutgoingMessage => request("dump", "esp");

/** Who has registered hears of SAs that expire. */
export const register = (): OutgoingMessage => request("register", "esp");

/** The "SA type" of a PROMISC request switches it (RFC 2367 section 3.1.11). */
export const listen = (): OutgoingMessage => request("promisc", 1);

/** Linux takes a hard limit only with a soft one. */
export const hardLimit = (seconds: number): OutgoingExtension[] => [
  { kind: "lifetimeHard", allocations: 0, bytes: 0n, addTime: BigInt(seconds), useTime: 0n },
  { kind: "lifetimeSoft", allocations: 0, bytes: 0n, addTime: 0n, useTime: 0n },
];
