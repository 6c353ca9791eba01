import { describe, expect, it } from "vitest";
import { decode } from "./decode.ts";
import { hasExtension, inByteOrder } from "./dialect.ts";
import { encode } from "./encode.ts";
import { EncodeError } from "./encode-error.ts";
import { illumos } from "./illumos.ts";
import { linux, linuxXfrm } from "./linux.ts";
import { request } from "./request.ts";
import { assemble, bytesOfHex, type Field, head, message, messageOf } from "./testing/layout.ts";
import type { XfrmExtension } from "./xfrm.ts";

const little = inByteOrder(linuxXfrm, "little");
const inet6 = "20010db8000000000000000000000001";
const at = (offset: number, bytes: string, type: string): Field[] => [
  [offset, "host", bytes, "length"],
  [offset + 2, "host", type, "type"],
];

const layouts: { name: string; words: string; extension: Partial<XfrmExtension>; fields: Field[] }[] = [
  {
    name: "nothing",
    words: "0001",
    extension: {},
    fields: [[4, "network", "00000000", "end"]],
  },
  {
    name: "names, with a number before them or without",
    words: "000d",
    extension: {
      authentication: { name: "cmac(aes)", truncationBits: 96 },
      encryption: { name: "cbc(aria)" },
      aead: { name: "x", icvBits: 0x01020304 },
      compression: { name: "lzo" },
    },
    fields: [
      ...at(4, "0011", "0100"),
      [8, "host", "00000060", "bits"],
      [12, "network", "636d616328616573 29000000", "cmac(aes)"],
      ...at(24, "000d", "0101"),
      [28, "network", "6362632861726961 29000000", "cbc(aria)"],
      ...at(40, "0009", "0102"),
      [44, "host", "01020304", "bits"],
      [48, "network", "78000000", "x"],
      ...at(52, "0007", "0103"),
      [56, "network", "6c7a6f00", "lzo"],
      [
        60,
        "network",
        "0000000000000000000000000000000000000000 000000000000000000000000 0000000000000000 00000000",
        "end",
      ],
    ],
  },
  {
    name: "marks, interface, flags, window, direction, offload",
    words: "000e",
    extension: {
      mode: 5,
      mark: { value: 0x11121314, mask: 0x21222324 },
      outputMark: { value: 0x31323334, mask: 0x41424344 },
      ifId: 0x51525354,
      flags: 0x80,
      extraFlags: 2,
      replayWindow: 4096,
      direction: "out",
      offload: { interfaceIndex: 3, flags: 4 },
    },
    fields: [
      ...at(4, "0008", "0104"),
      [8, "host", "00000005", "mode"],
      ...at(12, "000c", "0105"),
      [16, "host", "11121314", "value"],
      [20, "host", "21222324", "mask"],
      ...at(24, "000c", "0106"),
      [28, "host", "31323334", "value"],
      [32, "host", "41424344", "mask"],
      ...at(36, "0008", "0107"),
      [40, "host", "51525354", "if_id"],
      ...at(44, "0008", "0108"),
      [48, "host", "00000080", "flags"],
      ...at(52, "0008", "0109"),
      [56, "host", "00000002", "extra flags"],
      ...at(60, "0008", "010a"),
      [64, "host", "00001000", "window"],
      ...at(68, "0008", "010b"),
      [72, "host", "00000002", "direction"],
      ...at(76, "000c", "010c"),
      [80, "host", "00000003", "ifindex"],
      [84, "host", "00000004", "flags"],
      [88, "network", "0000000000000000 0000000000000000 0000000000000000", "end"],
    ],
  },
  {
    name: "a selector",
    words: "0005",
    extension: {
      selector: {
        source: bytesOfHex("0a000000"),
        destination: bytesOfHex("0a010000"),
        sourcePrefixLength: 8,
        destinationPrefixLength: 16,
        sourcePort: 0x1112,
        sourcePortMask: 0xffff,
        destinationPort: 0x2122,
        destinationPortMask: 0xfff0,
        protocol: 17,
        interfaceIndex: 3,
        user: 1000,
      },
    },
    fields: [
      ...at(4, "0024", "010d"),
      [8, "host", "0008", "splen"],
      [10, "host", "0010", "dplen"],
      [12, "host", "1112", "sport"],
      [14, "host", "ffff", "sport mask"],
      [16, "host", "2122", "dport"],
      [18, "host", "fff0", "dport mask"],
      [20, "host", "00000011", "proto"],
      [24, "host", "00000003", "ifindex"],
      [28, "host", "000003e8", "user"],
      [32, "network", "0a000000 0a010000", "addresses"],
    ],
  },
  {
    name: "the rest of an SA, and what has no name",
    words: "0009",
    extension: {
      tfcPad: 1,
      natKeepalive: 2,
      cpu: 3,
      encapOriginal: bytesOfHex(inet6),
      other: [
        { type: 15, bytes: bytesOfHex("0102030405") },
        { type: 0x1ff, bytes: new Uint8Array() },
      ],
    },
    fields: [
      ...at(4, "0008", "010e"),
      [8, "host", "00000001", "tfcpad"],
      ...at(12, "0008", "010f"),
      [16, "host", "00000002", "keepalive"],
      ...at(20, "0008", "0110"),
      [24, "host", "00000003", "cpu"],
      ...at(28, "0014", "0111"),
      [32, "network", inet6, "oa"],
      ...at(48, "0009", "000f"),
      [52, "network", "0102030405000000", "lastused"],
      ...at(60, "0004", "01ff"),
      [64, "network", "0000000000000000", "end"],
    ],
  },
  {
    name: "what a policy has",
    words: "000e",
    extension: {
      policyType: 1,
      policyFlags: 2,
      share: 3,
      templates: [
        {
          mode: 4,
          share: 1,
          spi: 0x1001,
          authenticationAlgorithms: 0xffffffff,
          encryptionAlgorithms: 0x1000,
          compressionAlgorithms: 0,
          source: bytesOfHex("c0000201"),
          destination: bytesOfHex("c0000202"),
        },
        {
          mode: 5,
          share: 0,
          spi: 0,
          authenticationAlgorithms: 1,
          encryptionAlgorithms: 2,
          compressionAlgorithms: 3,
          source: new Uint8Array(),
          destination: new Uint8Array(),
        },
      ],
    },
    fields: [
      ...at(4, "0008", "0112"),
      [8, "host", "00000001", "type"],
      ...at(12, "0008", "0113"),
      [16, "host", "00000002", "flags"],
      ...at(20, "0008", "0114"),
      [24, "host", "00000003", "share"],
      ...at(28, "0044", "0115"),
      [32, "host", "00000004", "bytes of an address"],
      [36, "host", "00000004", "mode"],
      [40, "host", "00000001", "share"],
      [44, "host", "00001001", "spi"],
      [48, "host", "ffffffff", "aalgos"],
      [52, "host", "00001000", "ealgos"],
      [56, "host", "00000000", "calgos"],
      [60, "network", "c0000201 c0000202", "addresses"],
      [68, "host", "00000000", "bytes of an address"],
      [72, "host", "00000005", "mode"],
      [76, "host", "00000000", "share"],
      [80, "host", "00000000", "spi"],
      [84, "host", "00000001", "aalgos"],
      [88, "host", "00000002", "ealgos"],
      [92, "host", "00000003", "calgos"],
      [96, "network", "0000000000000000 0000000000000000", "end"],
    ],
  },
  {
    name: "the kernel's words",
    words: "0002",
    extension: { errorText: "Oh, no" },
    fields: [...at(4, "000a", "0116"), [8, "network", "4f682c206e6f0000", "text"]],
  },
];

describe.each(["little", "big"] as const)("layouts of xfrm, %s endian", (byteOrder) => {
  const dialect = inByteOrder(linuxXfrm, byteOrder);
  it.each(layouts)("$name", ({ words, extension, fields }) => {
    const length = Number.parseInt(words, 16);
    const bytes = messageOf(assemble(length * 8, [...head(words, "ff58"), ...fields], byteOrder), byteOrder);
    const sent: XfrmExtension = { kind: "xfrm", type: 0xff58, length, ...extension };
    expect(encode(message([sent]), dialect)).toEqual(bytes);
    const decoded = decode(bytes, dialect);
    expect(decoded.problems).toEqual([]);
    const { padding, ...rest } = decoded.message.extensions[0]!;
    expect(rest).toEqual(sent);
    expect(encode(decoded.message, dialect)).toEqual(bytes);
  });
});

describe("attributes that are not as they should be stay raw", () => {
  const cases: [name: string, hex: string, offset: number, detail: string][] = [
    ["a length below the header", "03000701", 20, "attribute 263 has 3 bytes, expected 4 to 12"],
    ["a length past the end", "10000701", 20, "attribute 263 has 16 bytes, expected 4 to 12"],
    ["no zeros after it", "05000f0001010000", 25, "attribute 15 is not padded with zeros"],
    ["a number of the wrong size", "060007010102", 20, "2 bytes are no ifId"],
    ["two numbers of the wrong size", "0800050101020304", 20, "4 bytes are no mark"],
    ["a name without its number", "0600000178780000", 20, "2 bytes are no authentication"],
    ["a direction that is none", "08000b0103000000", 20, "4 bytes are no direction"],
    ["an address of the wrong size", "0c0011010000000000000000", 20, "8 bytes are no encapOriginal"],
    ["a selector without room", "0c000d010000000000000000", 20, "8 bytes are no selector"],
    ["a template without room", "0c0015010000000000000000", 20, "8 bytes are no templates"],
    [
      "a template whose addresses have no such size",
      "2000150105000000 00000000 00000000 00000000 00000000 00000000 00000000",
      20,
      "28 bytes are no templates",
    ],
    ["the same twice", "0800070101000000 0800070101000000", 28, "ifId comes twice or too late"],
    ["not in order", "0800070101000000 0800040101000000", 28, "mode comes twice or too late"],
    ["a known one after an unknown", "04000f00 0800070101000000", 24, "ifId comes twice or too late"],
  ];
  it.each(cases)("%s", (_name, hex, offset, detail) => {
    const inside = bytesOfHex(hex);
    const words = Math.max(2, Math.ceil((inside.length + 4) / 8));
    const extension = new Uint8Array(words * 8);
    extension.set([words, 0, 0x58, 0xff]);
    extension.set(inside, 4);
    const bytes = messageOf(extension, "little");
    const decoded = decode(bytes, little);
    expect(decoded.problems).toEqual([{ reason: "xfrm-attribute", offset, detail }]);
    expect(decoded.message.extensions).toEqual([
      { kind: "raw", type: 0xff58, length: words, data: extension.slice(4) },
    ]);
    expect(encode(decoded.message, little)).toEqual(bytes);
  });
});

describe("what encode refuses", () => {
  const address = (size: number) => new Uint8Array(size);
  const cases: [name: string, extension: Partial<XfrmExtension>, message: string][] = [
    [
      "a number too big",
      { ifId: 2 ** 32 },
      '"4294967296" is no value for xfrm.ifId: expected an integer from 0 to 4294967295',
    ],
    [
      "half a mark",
      { mark: { value: 1 } as never },
      '"undefined" is no value for xfrm.mark.mask: expected an integer from 0 to 4294967295',
    ],
    [
      "a direction that is none",
      { direction: "fwd" as never },
      '"fwd" is no value for xfrm.direction: expected "in" or "out"',
    ],
    [
      "a name outside Latin-1",
      { encryption: { name: "€" } },
      '"8364" is no value for xfrm.encryption.name: expected an integer from 0 to 255',
    ],
    [
      "an address of 8 bytes",
      { encapOriginal: address(8) },
      '"8 bytes" is no value for xfrm.encapOriginal: expected 4 or 16 bytes',
    ],
    [
      "an attribute that has a name",
      { other: [{ type: 0x107, bytes: address(4) }] },
      '"263" is no value for xfrm.other.type: expected a type without a name',
    ],
    [
      "an attribute too long",
      { other: [{ type: 1, bytes: address(65532) }] },
      '"65536" is no value for xfrm.other bytes: expected an integer from 0 to 65535',
    ],
  ];
  it.each(cases)("%s", (_name, extension, message) => {
    const add = request("add", "esp", [{ kind: "xfrm", ...extension }]);
    expect(() => encode(add, linuxXfrm)).toThrow(message);
  });

  it("a selector between two families", () => {
    const [, , , { extension }] = layouts as [object, object, object, (typeof layouts)[number]];
    const selector = { ...extension.selector!, source: address(16) };
    expect(() => encode(request("add", "esp", [{ kind: "xfrm", selector }]), linuxXfrm)).toThrow(
      '"16 and 4 bytes" is no value for xfrm.selector addresses: expected twice 0, 4 or 16 bytes',
    );
  });
});

describe("only linuxXfrm has it", () => {
  const add = request("add", "esp", [{ kind: "xfrm", ifId: 1 }]);

  it.each([linux, illumos])("$name refuses to encode it, and keeps it raw", (dialect) => {
    expect(hasExtension(dialect, "xfrm")).toBe(false);
    expect(() => encode(add, dialect)).toThrow(EncodeError);
    const bytes = encode(add, linuxXfrm);
    const { message, problems } = decode(bytes, dialect);
    expect(problems).toEqual([]);
    expect(message.extensions).toMatchObject([{ kind: "raw", type: 0xff58, length: 2 }]);
    expect(encode(message, dialect)).toEqual(bytes);
  });

  it("and everything else as Linux", () => {
    expect(hasExtension(linuxXfrm, "xfrm")).toBe(true);
    expect({ ...linuxXfrm, tables: { ...linuxXfrm.tables, extensions: linux.tables.extensions } }).toEqual(
      linux,
    );
    expect([...linuxXfrm.tables.extensions.byType].slice(0, -1)).toEqual([...linux.tables.extensions.byType]);
  });
});
