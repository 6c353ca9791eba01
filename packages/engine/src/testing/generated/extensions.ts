import type {
  AddressExtension,
  KeyExtension,
  LifetimeExtension,
  NatTPortExtension,
  OutgoingExtension,
} from "@keysock/wire";
import fc from "fast-check";
import { bytesOf, sockaddrOf } from "../requests.ts";
import { anyHost, anyPair, type Pool } from "./pool.ts";
import { often, reserved, uint8, uint16, uint32 } from "./values.ts";

type One = fc.Arbitrary<OutgoingExtension>;
type Some = fc.Arbitrary<OutgoingExtension[]>;

const bitsOf = (host: string): number => bytesOf(host).length * 8;

/** An address of an SA, of which only the address itself counts. */
export const address = (kind: AddressExtension["kind"], host: string): One =>
  fc.record({
    kind: fc.constant(kind),
    protocol: often(3, fc.constantFrom(0, 255), fc.constantFrom(1, 6, 17, 50, 58)),
    prefixLength: often(10, fc.constant(bitsOf(host)), often(4, fc.nat(bitsOf(host)), uint8)),
    reserved: reserved(uint16),
    sockaddr: often(4, fc.constant(0), fc.constantFrom(80, 500, 0xffff)).map((port) =>
      sockaddrOf(host, port),
    ),
  });

export const anyAddress = (kind: AddressExtension["kind"]): One =>
  anyHost.chain((host) => address(kind, host));

/** Source and destination of an SA. */
export const ends = ({ pairs }: Pool): Some =>
  pairs.chain(([source, destination]) =>
    fc.tuple(address("addressSource", source!), address("addressDestination", destination!)),
  );

const seconds = fc.constantFrom(0n, 0n, 3600n, 2n ** 32n);

/** Limits that are not reached while a test runs. */
export const lifetime = (kind: LifetimeExtension["kind"]): One =>
  fc.record({
    kind: fc.constant(kind),
    allocations: fc.constantFrom(0, 0, 1, 0xffff_ffff),
    bytes: fc.constantFrom(0n, 0n, 1000n, 2n ** 63n, 2n ** 64n - 1n),
    addTime: seconds,
    useTime: seconds,
  });

const keyBytes = fc.constantFrom(
  0,
  1,
  4,
  5,
  7,
  8,
  15,
  16,
  17,
  19,
  20,
  24,
  32,
  36,
  40,
  48,
  56,
  57,
  64,
  65,
  128,
);

/** A key of so many bytes, or now and then another, with bits to spare or room behind it. */
export const key = (kind: KeyExtension["kind"], usual: number): One =>
  fc
    .record({
      bytes: often(15, fc.constant(usual), keyBytes),
      less: often(20, fc.constant(0), fc.nat(8)),
      padding: often(20, fc.constant(0), fc.nat(20)),
      reserved: reserved(uint16),
    })
    .map(({ bytes, less, padding, reserved }) => {
      const bits = Math.max(bytes * 8 - less, 0);
      const content = new Uint8Array(Math.ceil(bits / 8)).fill(0x5a);
      return { kind, bits, reserved, key: content, padding: new Uint8Array(padding) };
    });

const flags = often(3, fc.constantFrom(0, 0x2000_0000, 0x4000_0000, 0x8000_0000), uint32);

export const sa = ({ spi }: Pool, authentication: number, encryption: number): One =>
  fc.record({
    kind: fc.constant("sa"),
    spi,
    replay: fc.constantFrom(0, 4, 32, 33, 255),
    state: uint8,
    authentication: fc.constant(authentication),
    encryption: fc.constant(encryption),
    flags,
  });

export const sa2: One = fc.record({
  kind: fc.constant("sa2"),
  mode: often(10, fc.constantFrom(0, 1, 2), fc.constantFrom(3, 4, 5, 255)),
  reserved1: reserved(uint8),
  reserved2: reserved(uint16),
  sequence: reserved(uint32),
  reqid: fc.constantFrom(0, 0, 1, 55, 0x4000, 0xffff_ffff),
});

const natTPort = (kind: NatTPortExtension["kind"]): One =>
  fc.record({ kind: fc.constant(kind), port: fc.constantFrom(0, 4500, 4501), reserved: reserved(uint16) });

/** What says that ESP goes in UDP, or a part of it. */
export const natT: Some = fc
  .tuple(
    fc.record({
      kind: fc.constant("natTType" as const),
      natTType: often(8, fc.constant(2), fc.constantFrom(0, 1, 3, 6, 7, 255)),
      reserved: reserved(fc.nat(0xff_ffff)),
    }),
    natTPort("natTSourcePort"),
    natTPort("natTDestinationPort"),
    anyAddress("natTOriginalAddress"),
  )
  .chain((all) => often<OutgoingExtension[]>(8, fc.constant(all.slice(0, 3)), fc.subarray([...all])));

/**
 * A single SPI, or a range so wide that hardly any of it is taken: from a narrow one Linux may fail to draw what is free.
 * Zero is in none: Linux gives it away, and what it keeps SPIs in is broken afterwards.
 */
export const spiRange = ({ spi }: Pool): One =>
  fc
    .tuple(
      fc.oneof(
        { weight: 5, arbitrary: spi.filter((id) => id !== 0).map((id) => [id, id]) },
        { weight: 2, arbitrary: fc.constantFrom([0x2_0000, 0xfff_ffff], [0x2000, 0xfff0]) },
        { weight: 1, arbitrary: fc.constant([0x1001, 0x1000]) },
      ),
      reserved(uint32),
    )
    .map(([[min, max], spare]) => ({ kind: "spiRange", min: min!, max: max!, reserved: spare }));

/** What a DUMP is restricted to. */
export const filter = ({ pairs }: Pool): One =>
  fc
    .record({
      hosts: often(3, pairs, anyPair),
      family: fc.constantFrom(0, 2, 10, 99),
      sourcePrefixLength: often(10, fc.constantFrom(0, 8, 30, 31, 32, 64, 127, 128), uint8),
      destinationPrefixLength: often(10, fc.constantFrom(0, 32, 128), uint8),
    })
    .map(({ hosts: [source, destination], ...rest }) => ({
      kind: "filter",
      source: in16(source!),
      destination: in16(destination!),
      ...rest,
    }));

function in16(host: string): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes.set(bytesOf(host));
  return bytes;
}

/** Extensions that Linux takes and forgets, or does not know, whatever is in them. */
export const forgotten: One = fc
  .tuple(
    fc.constantFrom(10, 11, 12, 13, 14, 15, 17, 25, 27, 60, 255, 0xffff),
    fc.uint8Array({ minLength: 4, maxLength: 20 }),
  )
  .map(([type, data]) => ({ kind: "raw", type, data }));
