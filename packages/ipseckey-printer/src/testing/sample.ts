import { tableHost } from "@keysock/host";
import {
  type AddressExtension,
  type Decoded,
  type Dialect,
  decode,
  encode,
  illumos,
  inByteOrder,
  type LifetimeExtension,
  linux,
  type Message,
  type Outgoing,
  type OutgoingExtension,
  request,
  type SaExtension,
  type Sockaddr,
} from "@keysock/wire";
import { messageText } from "../message-text.ts";
import type { PrintOptions } from "../options.ts";

/** Byte order is not what these tests are about, but words of unknown extensions show it. */
export const sampleDialect = inByteOrder(illumos, "little");
export const sampleLinux = inByteOrder(linux, "little");

/** Midnight of 2020-01-01 in UTC. */
export const sampleNow = 1577836800n;

export const sampleHost = tableHost({
  now: Number(sampleNow) * 1000,
  names: { "gate.example": ["192.0.2.1", "2001:db8::1"] },
});

/** A message as it comes off a socket: encoded and read again. */
export const reply = (
  extensions: readonly OutgoingExtension[],
  header: Partial<Omit<Message, "extensions">> = {},
  dialect: Dialect = sampleDialect,
): Decoded => decode(encode({ ...request("get", "esp", extensions), ...header }, dialect), dialect);

/** The lines of some extensions, without the base header's two. */
export function linesOf(
  extensions: readonly OutgoingExtension[],
  options: Partial<PrintOptions> = {},
  header: Partial<Omit<Message, "extensions">> = {},
): string[] {
  const { dialect = sampleDialect } = options;
  const { text } = messageText(reply(extensions, header, dialect), { dialect, host: sampleHost, ...options });
  return text.split("\n").slice(2);
}

/** The same on Linux. */
export const linuxLinesOf = (
  extensions: readonly OutgoingExtension[],
  options: Partial<PrintOptions> = {},
  header: Partial<Omit<Message, "extensions">> = {},
): string[] => linesOf(extensions, { ...options, dialect: sampleLinux }, header);

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
  authentication: 0,
  encryption: 0,
  flags: 0,
  ...changes,
});

type Lifetime = Outgoing<LifetimeExtension>;

export const lifetime = (kind: Lifetime["kind"], changes: Partial<Lifetime> = {}): Lifetime => ({
  kind,
  allocations: 0,
  bytes: 0n,
  addTime: 0n,
  useTime: 0n,
  ...changes,
});

/** Bytes of a string, one a character. */
export const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
