import { type OutgoingExtension, type OutgoingMessage, request } from "@keysock/wire";

const sa = (spi: number): OutgoingExtension => ({
  kind: "sa",
  spi,
  replay: 0,
  state: 1,
  authentication: 0,
  encryption: 2,
  flags: 0,
});

const address = (
  kind: "addressSource" | "addressDestination",
  lastByte: number,
  protocol = 0,
): OutgoingExtension => ({
  kind,
  protocol,
  prefixLength: 32,
  reserved: 0,
  sockaddr: { family: "inet", port: 0, address: Uint8Array.of(192, 0, 2, lastByte) },
});

const addresses = [address("addressSource", 1), address("addressDestination", 2)];

/** Key bytes of `addWithKey`, fresh for each. */
export const testKey = (): Uint8Array => Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

export const add = (spi: number): OutgoingMessage => request("add", "esp", [sa(spi), ...addresses]);

export const addWithKey = (spi: number, key = testKey()): OutgoingMessage =>
  request("add", "esp", [
    sa(spi),
    ...addresses,
    { kind: "keyEncryption", bits: key.length * 8, reserved: 0, key },
  ]);

export const remove = (spi: number): OutgoingMessage => request("delete", "esp", [sa(spi), ...addresses]);

export const get = (spi: number): OutgoingMessage => request("get", "esp", [sa(spi), ...addresses]);

/** The GET by which a session asks after an SA. */
export const question = (spi: number): OutgoingMessage =>
  request("get", "esp", [
    { kind: "sa", spi, replay: 0, state: 0, authentication: 0, encryption: 0, flags: 0 },
    ...addresses,
  ]);

/** An entry of a dump; Linux gives 0 as the sequence of the last. */
export const entry = (spi: number, sequence: number): OutgoingMessage => ({
  ...request("dump", "esp", [sa(spi), ...addresses]),
  sequence,
});

export const policy = (
  type: "spdadd" | "spdupdate" | "spddelete" | "spddump",
  lastByte: number,
  priority = 0,
): OutgoingMessage =>
  request(type, "unspec", [
    { kind: "policy", policyType: 1, direction: 2, reserved: 0, id: 0, priority, requests: [] },
    address("addressSource", 1, 255),
    address("addressDestination", lastByte, 255),
  ]);

/** A message as it is on the wire between session and peer. */
export const onWire = (message: OutgoingMessage, sequence: number, pid = 100): OutgoingMessage => ({
  ...message,
  sequence,
  pid,
});

/** A refusal as Linux sends it: the base header with an errno. */
export const refusal = (message: OutgoingMessage, errno: number): OutgoingMessage => ({
  ...message,
  errno,
  extensions: [],
});
