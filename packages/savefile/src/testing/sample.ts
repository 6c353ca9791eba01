import {
  type AddressExtension,
  type Decoded,
  type Dialect,
  decode,
  encode,
  illumos,
  type Message,
  type Outgoing,
  type OutgoingExtension,
  request,
  type SaExtension,
  type Sockaddr,
} from "@keysock/wire";

/** A message as it comes off a socket: encoded and read again. */
export const reply = (
  extensions: readonly OutgoingExtension[],
  header: Partial<Omit<Message, "extensions">> = {},
  dialect: Dialect = illumos,
): Decoded => decode(encode({ ...request("dump", "esp", extensions), ...header }, dialect), dialect);

export const inet = (last: number, port = 0): Sockaddr => ({
  family: "inet",
  port,
  address: Uint8Array.of(192, 0, 2, last),
});

type Address = Outgoing<AddressExtension>;

export const address = (
  kind: Address["kind"],
  sockaddr: Sockaddr,
  changes: Partial<Address> = {},
): Address => ({
  kind,
  protocol: 0,
  prefixLength: 0,
  reserved: 0,
  sockaddr,
  ...changes,
});

export const sa = (changes: Partial<SaExtension> = {}): Outgoing<SaExtension> => ({
  kind: "sa",
  spi: 0x100,
  replay: 0,
  state: 1,
  authentication: 2,
  encryption: 0,
  flags: 0,
  ...changes,
});

export const key: OutgoingExtension = {
  kind: "keyAuthentication",
  bits: 128,
  reserved: 0,
  key: Uint8Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? 0xab : 0xcd)),
};

export const source = address("addressSource", inet(1));
export const destination = address("addressDestination", inet(2));

/** What makes an SA that can be loaded. */
export const whole = (...others: OutgoingExtension[]): OutgoingExtension[] => [
  sa(),
  source,
  destination,
  key,
  ...others,
];

/** Bytes of a string, one a character. */
export const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
