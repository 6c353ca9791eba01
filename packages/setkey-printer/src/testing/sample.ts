import { type Host, tableHost } from "@keysock/host";
import {
  type AddressExtension,
  type Decoded,
  decode,
  encode,
  type IpsecRequest,
  type LifetimeExtension,
  linux,
  type Message,
  type Outgoing,
  type OutgoingExtension,
  type PolicyExtension,
  request,
  type Sa2Extension,
  type SaExtension,
  type Sockaddr,
} from "@keysock/wire";

/** A reply as it comes off a socket: what the kernel would have sent, read again. */
export const reply = (
  header: Partial<Omit<Message, "extensions">>,
  extensions: readonly OutgoingExtension[],
): Decoded => decode(encode({ ...request("dump", "esp", extensions), ...header }, linux), linux);

/** A machine whose clock stands there, 0 unless given. */
export const hostAt = (now = 0): Host => tableHost({ now, interfaces: { eth0: 2 } });

export const inet = (lastByte: number, port = 0): Sockaddr => ({
  family: "inet",
  port,
  address: Uint8Array.of(10, 0, 0, lastByte),
});

export const inet6 = (address: readonly number[], scopeId = 0, port = 0): Sockaddr => ({
  family: "inet6",
  port,
  flowInfo: 0,
  address: Uint8Array.from(address),
  scopeId,
});

export const linkLocal = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

type Address = Outgoing<AddressExtension>;

export const source = (sockaddr: Sockaddr, changes: Partial<Address> = {}): Address => ({
  kind: "addressSource",
  protocol: 0,
  prefixLength: sockaddr.family === "inet6" ? 128 : 32,
  reserved: 0,
  sockaddr,
  ...changes,
});

export const destination = (sockaddr: Sockaddr, changes: Partial<Address> = {}): Address =>
  source(sockaddr, { kind: "addressDestination", ...changes });

export const sa = (changes: Partial<SaExtension> = {}): Outgoing<SaExtension> => ({
  kind: "sa",
  spi: 0x301,
  replay: 0,
  state: 1,
  authentication: 0,
  encryption: 11,
  flags: 0,
  ...changes,
});

export const sa2 = (changes: Partial<Sa2Extension> = {}): Outgoing<Sa2Extension> => ({
  kind: "sa2",
  mode: 1,
  reserved1: 0,
  reserved2: 0,
  sequence: 0,
  reqid: 0,
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

/** Keys of bytes 1, 2, 3, ... */
export const countingKey = (bytes: number): { bits: number; reserved: number; key: Uint8Array } => ({
  bits: bytes * 8,
  reserved: 0,
  key: Uint8Array.from({ length: bytes }, (_, index) => index + 1),
});

export const policy = (changes: Partial<PolicyExtension> = {}): Outgoing<PolicyExtension> => ({
  kind: "policy",
  policyType: 1,
  direction: 2,
  reserved: 0,
  id: 1,
  priority: 0,
  requests: [],
  ...changes,
});

export const ipsecRequest = (changes: Partial<IpsecRequest> = {}): IpsecRequest => ({
  protocol: 50,
  mode: 1,
  level: 2,
  reserved1: 0,
  reqid: 0,
  reserved2: 0,
  ...changes,
});

/** An extension that nobody knows. */
export const unknownExtension: OutgoingExtension = {
  kind: "raw",
  type: 99,
  data: new Uint8Array(4),
};

export const securityContext = (text: string): OutgoingExtension => ({
  kind: "securityContext",
  algorithm: 1,
  doi: 2,
  context: Uint8Array.from(`${text}\0`, (char) => char.charCodeAt(0)),
});
