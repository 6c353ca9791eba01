import { inflateRawSync } from "node:zlib";
import type { Authentication, Keys } from "./keys.ts";

/** One header of a packet. */
export interface Layer {
  /** `ipv4`, `ipv6`, `esp`, `ah`, `ipcomp`, `udp`, `tcp`, `icmp`, `fragment`, else the protocol's number. */
  name: string;
  /** Of ESP and AH; of IPComp the CPI. */
  spi?: number;
  /** Of ICMP. */
  type?: number;
}

/** The keys of SAs by SPI. */
export type Keyring = ReadonlyMap<number, Keys>;

/** The packet's ICV is not the one that the SA's key makes. */
export class WrongIcvError extends Error {
  override readonly name = "WrongIcvError";

  constructor(expected: Buffer, found: Buffer) {
    super(`expected the ICV ${expected.toString("hex")}, found ${found.toString("hex")}`);
  }
}

/** IP protocol numbers. */
const ahProtocol = 51;
const names: Readonly<Record<number, string>> = { 1: "icmp", 6: "tcp", 44: "fragment", 58: "icmp" };

/** Of the ICV in AH (RFC 4302 section 2). */
const icvOffset = 12;

/** The port of UDP encapsulation (RFC 3948). */
const encapsulationPort = 4500;

/**
 * The headers of an IP packet from the outermost in: behind ESP as far as there are keys. ICVs are checked where there are keys.
 *
 * @throws WrongIcvError
 */
export function layersOf(packet: Buffer, keyring: Keyring): Layer[] {
  const layers: Layer[] = [];
  ip(packet);
  return layers;

  function ip(packet: Buffer): void {
    if (packet[0]! >> 4 === 6) {
      layers.push({ name: "ipv6" });
      behind(packet[6]!, packet.subarray(0, 40), packet.subarray(40, 40 + packet.readUInt16BE(4)));
      return;
    }
    layers.push({ name: "ipv4" });
    const length = (packet[0]! & 15) * 4;
    // More fragments, or not the first.
    const isFragment = (packet.readUInt16BE(6) & 0x3fff) !== 0;
    const protocol = isFragment ? 44 : packet[9]!;
    behind(protocol, packet.subarray(0, length), packet.subarray(length, packet.readUInt16BE(2)));
  }

  /** What is of that protocol, behind an IP header. */
  function behind(protocol: number, header: Buffer, rest: Buffer): void {
    switch (protocol) {
      case 0: // hop-by-hop options of IPv6
        behind(rest[0]!, header, rest.subarray(8 + rest[1]! * 8));
        break;
      case 4:
      case 41:
        ip(rest);
        break;
      case 17:
        udp(header, rest);
        break;
      case 50:
        esp(header, rest);
        break;
      case ahProtocol:
        ah(header, rest);
        break;
      case 108:
        layers.push({ name: "ipcomp", spi: rest.readUInt16BE(2) });
        behind(rest[0]!, header, inflateRawSync(rest.subarray(4)));
        break;
      default: {
        const name = names[protocol] ?? `${protocol}`;
        layers.push(name === "icmp" ? { name, type: rest[0]! } : { name });
      }
    }
  }

  function udp(header: Buffer, rest: Buffer): void {
    layers.push({ name: "udp" });
    const ports = [rest.readUInt16BE(0), rest.readUInt16BE(2)];
    if (ports.includes(encapsulationPort)) esp(header, rest.subarray(8));
  }

  function esp(header: Buffer, rest: Buffer): void {
    const spi = rest.readUInt32BE(0);
    layers.push({ name: "esp", spi });
    const clear = opened(rest, keyring.get(spi) ?? {});
    if (clear === undefined) return;
    // The last two bytes are the length of the padding before them and the protocol number.
    behind(clear.at(-1)!, header, clear.subarray(0, clear.length - 2 - clear.at(-2)!));
  }

  function ah(header: Buffer, rest: Buffer): void {
    const spi = rest.readUInt32BE(4);
    layers.push({ name: "ah", spi });
    const { authentication } = keyring.get(spi) ?? {};
    if (authentication !== undefined) {
      // Padding behind the ICV counts as it is.
      const icvEnd = icvOffset + authentication.icvLength;
      const withoutIcv = Buffer.from(rest).fill(0, icvOffset, icvEnd);
      const over = Buffer.concat([immutable(header, rest.length), withoutIcv]);
      checkIcv(authentication, over, rest.subarray(icvOffset, icvEnd));
    }
    behind(rest[0]!, header, rest.subarray((rest[1]! + 2) * 4));
  }
}

/** What ESP protects, with the padding behind it; undefined where there is no key for it. */
function opened(
  rest: Buffer,
  { cipher, authentication, combined, extendedSequence }: Keys,
): Buffer | undefined {
  const upper = Buffer.alloc(extendedSequence === true ? 4 : 0);
  if (combined !== undefined) {
    const sealed = 8 + combined.ivLength;
    const end = rest.length - combined.icvLength;
    const header = Buffer.concat([rest.subarray(0, 4), upper, rest.subarray(4, 8)]);
    const parts = {
      iv: rest.subarray(8, sealed),
      sealed: rest.subarray(sealed, end),
      icv: rest.subarray(end),
    };
    return combined.open({ header, ...parts });
  }
  const end = rest.length - (authentication?.icvLength ?? 0);
  if (authentication !== undefined) {
    checkIcv(authentication, Buffer.concat([rest.subarray(0, end), upper]), rest.subarray(end));
  }
  if (cipher === undefined) return undefined;
  const sealed = 8 + cipher.ivLength;
  return cipher.decipher(rest.subarray(8, sealed), rest.subarray(sealed, end));
}

function checkIcv({ mac, icvLength }: Authentication, over: Buffer, icv: Buffer): void {
  const own = mac(over).subarray(0, icvLength);
  if (!own.equals(icv)) throw new WrongIcvError(own, icv);
}

/**
 * The IP header as the sender of AH saw it, whatever ESP was put around it later, and with 0 where routers change it
 * (RFC 4302 section 3.3.3.1).
 */
function immutable(header: Buffer, restLength: number): Buffer {
  const copy = Buffer.from(header);
  if (copy[0]! >> 4 === 6) {
    // Traffic class and flow label, hop limit.
    copy.writeUInt32BE(0x60000000, 0);
    copy.writeUInt16BE(restLength, 4);
    copy[6] = ahProtocol;
    copy[7] = 0;
    return copy;
  }
  // Type of service, flags and fragment offset, time to live, checksum.
  copy[1] = 0;
  copy.writeUInt16BE(header.length + restLength, 2);
  copy.writeUInt16BE(0, 6);
  copy[8] = 0;
  copy[9] = ahProtocol;
  copy.writeUInt16BE(0, 10);
  return copy;
}

/** The headers in a line: `ipv4 esp:1001 icmp`. */
export const shapeOf = (layers: readonly Layer[]): string =>
  layers.map(({ name, spi }) => (spi === undefined ? name : `${name}:${spi.toString(16)}`)).join(" ");
