import { describe, expect, it } from "vitest";
import { decode } from "./decode.ts";
import { inByteOrder } from "./dialect.ts";
import { encode } from "./encode.ts";
import type { Extension } from "./extension.ts";
import { illumos } from "./illumos.ts";
import { linux } from "./linux.ts";
import type { Message } from "./message.ts";
import { assemble, bytesOfHex, type Field, head, message, messageOf } from "./testing/layout.ts";

const addressFields = (words: string, type: string): Field[] => [
  ...head(words, type),
  [4, "network", "11", "proto"],
  [5, "network", "18", "prefixlen"],
  [6, "host", "0102", "reserved"],
];
const address = { protocol: 17, prefixLength: 24, reserved: 0x0102 };
const inetFields: Field[] = [
  [8, "host", "0002", "sin_family"],
  [10, "network", "1194", "sin_port"],
  [12, "network", "c0000201", "sin_addr"],
  [16, "network", "0000000000000000", "sin_zero"],
];
const inet = { family: "inet", port: 4500, address: bytesOfHex("c0000201") } as const;
const inet6Fields = (sourceId: string): Field[] => [
  [8, "host", "001a", "sin6_family"],
  [10, "network", "1194", "sin6_port"],
  [12, "host", "00012345", "sin6_flowinfo"],
  [16, "network", "20010db8000000000000000000000001", "sin6_addr"],
  [32, "host", "00000007", "sin6_scope_id"],
  [36, "host", sourceId, "__sin6_src_id"],
];
const inet6 = {
  family: "inet6",
  port: 4500,
  flowInfo: 0x12345,
  address: bytesOfHex("20010db8000000000000000000000001"),
  scopeId: 7,
} as const;
const limits = {
  softAllocations: 0x18192021,
  hardAllocations: 0x22232425,
  softBytes: 0x2627282930313233n,
  hardBytes: 0x3435363738394041n,
  softAddTime: 0x4243444546474849n,
  hardAddTime: 0x5051525354555657n,
  softUseTime: 0x5859606162636465n,
  hardUseTime: 0x6667686970717273n,
};
const limitFields = (at: number): Field[] => [
  [at, "host", "18192021", "soft_allocations"],
  [at + 4, "host", "22232425", "hard_allocations"],
  [at + 8, "host", "2627282930313233", "soft_bytes"],
  [at + 16, "host", "3435363738394041", "hard_bytes"],
  [at + 24, "host", "4243444546474849", "soft_addtime"],
  [at + 32, "host", "5051525354555657", "hard_addtime"],
  [at + 40, "host", "5859606162636465", "soft_usetime"],
  [at + 48, "host", "6667686970717273", "hard_usetime"],
];
const supportedFields: Field[] = [
  [4, "host", "01020304", "reserved"],
  [8, "network", "0c", "id"],
  [9, "network", "10", "ivlen"],
  [10, "host", "0080", "minbits"],
  [12, "host", "0100", "maxbits"],
  [14, "network", "40", "increment"],
  [15, "network", "00", "saltbits"],
  [16, "network", "14", "id"],
  [17, "network", "08", "ivlen"],
  [18, "host", "0080", "minbits"],
  [20, "host", "0100", "maxbits"],
  [22, "network", "40", "increment"],
  [23, "network", "20", "saltbits"],
];
const supported = {
  length: 3,
  reserved: 0x01020304,
  algorithms: [
    { id: 12, ivLength: 16, minBits: 128, maxBits: 256, reserved: 0, increment: 64, saltBits: 0 },
    { id: 20, ivLength: 8, minBits: 128, maxBits: 256, reserved: 0, increment: 64, saltBits: 32 },
  ],
};

const layouts: { name: string; extension: Extension; fields: Field[] }[] = [
  {
    name: "sadb_address, source, IPv6",
    extension: { kind: "addressSource", type: 5, length: 5, ...address, sockaddr: inet6 },
    fields: [...addressFields("0005", "0005"), ...inet6Fields("00000000")],
  },
  {
    name: "sadb_address, destination, IPv6 with a source id",
    extension: {
      kind: "addressDestination",
      type: 6,
      length: 5,
      ...address,
      sockaddr: { ...inet6, sourceId: 0x80000002 },
    },
    fields: [...addressFields("0005", "0006"), ...inet6Fields("80000002")],
  },
  {
    name: "sadb_address, inner source",
    extension: { kind: "addressProxy", type: 7, length: 3, ...address, sockaddr: inet },
    fields: [...addressFields("0003", "0007"), ...inetFields],
  },
  {
    name: "sadb_key, authentication, no salt",
    extension: {
      kind: "keyAuthentication",
      type: 8,
      length: 3,
      bits: 128,
      reserved: 0,
      key: bytesOfHex("000102030405060708090a0b0c0d0e0f"),
    },
    fields: [
      ...head("0003", "0008"),
      [4, "host", "0080", "bits"],
      [6, "host", "0000", "reserved"],
      [8, "network", "000102030405060708090a0b0c0d0e0f", "key"],
    ],
  },
  {
    name: "sadb_key, encryption, 24 bits of salt after it",
    extension: {
      kind: "keyEncryption",
      type: 9,
      length: 4,
      bits: 128,
      reserved: 24,
      key: bytesOfHex("000102030405060708090a0b0c0d0e0f"),
      salt: bytesOfHex("a0a1a2"),
    },
    fields: [
      ...head("0004", "0009"),
      [4, "host", "0080", "bits"],
      [6, "host", "0018", "reserved"],
      [8, "network", "000102030405060708090a0b0c0d0e0f", "key"],
      [24, "network", "a0a1a2", "salt"],
      [27, "network", "0000000000", "padding"],
    ],
  },
  {
    name: "sadb_prop with one sadb_comb",
    extension: {
      kind: "proposal",
      type: 13,
      length: 10,
      replay: 32,
      reserved: 0x010203,
      combinations: [
        {
          authentication: 2,
          encryption: 3,
          flags: 0x0405,
          authenticationMinBits: 0x0607,
          authenticationMaxBits: 0x0809,
          encryptionMinBits: 0x1011,
          encryptionMaxBits: 0x1213,
          saltBits: 0x14,
          reserved: 0x151617,
          ...limits,
        },
      ],
    },
    fields: [
      ...head("000a", "000d"),
      [4, "network", "20", "replay"],
      [5, "network", "010203", "reserved"],
      [8, "network", "02", "auth"],
      [9, "network", "03", "encrypt"],
      [10, "host", "0405", "flags"],
      [12, "host", "0607", "auth_minbits"],
      [14, "host", "0809", "auth_maxbits"],
      [16, "host", "1011", "encrypt_minbits"],
      [18, "host", "1213", "encrypt_maxbits"],
      [20, "network", "14", "encrypt_saltbits"],
      [21, "network", "151617", "reserved"],
      ...limitFields(24),
    ],
  },
  {
    name: "sadb_supported, authentication",
    extension: { kind: "supportedAuthentication", type: 14, ...supported },
    fields: [...head("0003", "000e"), ...supportedFields],
  },
  {
    name: "sadb_supported, encryption",
    extension: { kind: "supportedEncryption", type: 15, ...supported },
    fields: [...head("0003", "000f"), ...supportedFields],
  },
  {
    name: "sadb_x_ereg",
    extension: { kind: "extendedRegister", type: 17, length: 1, saTypes: [3, 2] },
    fields: [...head("0001", "0011"), [4, "network", "03020000", "satypes"]],
  },
  {
    name: "sadb_x_ereg of more than four types",
    extension: { kind: "extendedRegister", type: 17, length: 2, saTypes: [3, 2, 4, 5, 6] },
    fields: [...head("0002", "0011"), [4, "network", "030204050600000000000000", "satypes"]],
  },
  {
    name: "sadb_prop with two sadb_x_ecombs of two sadb_x_algdescs and none",
    extension: {
      kind: "extendedProposal",
      type: 18,
      length: 19,
      replay: 64,
      reserved: 1,
      combinations: [
        {
          reserved1: 3,
          flags: 0x0405,
          reserved2: 0x06070809,
          ...limits,
          algorithms: [
            { saType: 3, algorithmType: 2, algorithm: 20, saltBits: 32, minBits: 128, maxBits: 256 },
            { saType: 2, algorithmType: 1, algorithm: 7, saltBits: 0, minBits: 512, maxBits: 513 },
          ],
        },
        { reserved1: 0, flags: 0, reserved2: 0, ...limits, algorithms: [] },
      ],
    },
    fields: [
      ...head("0013", "0012"),
      [4, "network", "40", "replay"],
      [5, "network", "01", "eres"],
      [6, "host", "0002", "numecombs"],
      [8, "network", "02", "first numalgs"],
      [9, "network", "03", "reserved"],
      [10, "host", "0405", "flags"],
      [12, "host", "06070809", "reserved2"],
      ...limitFields(16),
      [72, "network", "03", "first satype"],
      [73, "network", "02", "algtype"],
      [74, "network", "14", "alg"],
      [75, "network", "20", "saltbits"],
      [76, "host", "0080", "minbits"],
      [78, "host", "0100", "maxbits"],
      [80, "network", "02", "second satype"],
      [81, "network", "01", "algtype"],
      [82, "network", "07", "alg"],
      [83, "network", "00", "saltbits"],
      [84, "host", "0200", "minbits"],
      [86, "host", "0201", "maxbits"],
      [88, "network", "00", "second numalgs"],
      [89, "network", "00", "reserved"],
      [90, "host", "0000", "flags"],
      [92, "host", "00000000", "reserved2"],
      ...limitFields(96),
    ],
  },
  {
    name: "sadb_x_kmc",
    extension: { kind: "kmCookie", type: 19, length: 2, protocol: 1, cookie: 0x1112131415161718n },
    fields: [
      ...head("0002", "0013"),
      [4, "host", "00000001", "proto"],
      [8, "host", "1112131415161718", "cookie64"],
    ],
  },
  {
    name: "sadb_address, NAT-T local",
    extension: { kind: "addressNatTLocal", type: 20, length: 3, ...address, sockaddr: inet },
    fields: [...addressFields("0003", "0014"), ...inetFields],
  },
  {
    name: "sadb_address, NAT-T remote",
    extension: { kind: "addressNatTRemote", type: 21, length: 5, ...address, sockaddr: inet6 },
    fields: [...addressFields("0005", "0015"), ...inet6Fields("00000000")],
  },
  {
    name: "sadb_address, inner destination",
    extension: { kind: "addressInnerDestination", type: 22, length: 3, ...address, sockaddr: inet },
    fields: [...addressFields("0003", "0016"), ...inetFields],
  },
  {
    name: "sadb_x_pair",
    extension: { kind: "pair", type: 23, length: 1, spi: 0xc1234567 },
    fields: [...head("0001", "0017"), [4, "network", "c1234567", "spi"]],
  },
  {
    name: "sadb_x_replay_ctr",
    extension: {
      kind: "replayValue",
      type: 24,
      length: 2,
      replay32: 0x01020304,
      replay64: 0x1112131415161718n,
    },
    fields: [
      ...head("0002", "0018"),
      [4, "host", "01020304", "rc_replay32"],
      [8, "host", "1112131415161718", "rc_replay64"],
    ],
  },
  {
    name: "sadb_x_edump",
    extension: {
      kind: "extendedDump",
      type: 25,
      length: 2,
      reserved: 0x01020304,
      timeout: 0x1112131415161718n,
    },
    fields: [
      ...head("0002", "0019"),
      [4, "host", "01020304", "reserved"],
      [8, "host", "1112131415161718", "timeout"],
    ],
  },
  {
    name: "sadb_lifetime, idle",
    extension: {
      kind: "lifetimeIdle",
      type: 26,
      length: 4,
      allocations: 0x01020304,
      bytes: 0x1112131415161718n,
      addTime: 0x2122232425262728n,
      useTime: 0x3132333435363738n,
    },
    fields: [
      ...head("0004", "001a"),
      [4, "host", "01020304", "allocations"],
      [8, "host", "1112131415161718", "bytes"],
      [16, "host", "2122232425262728", "addtime"],
      [24, "host", "3132333435363738", "usetime"],
    ],
  },
  {
    name: "sadb_sens, outer",
    extension: {
      kind: "outerSensitivity",
      type: 27,
      length: 4,
      dpd: 0x01020304,
      sensitivityLevel: 5,
      integrityLevel: 6,
      reserved: 3,
      sensitivityBitmap: [0x1112131415161718n],
      integrityBitmap: [0x2122232425262728n],
    },
    fields: [
      ...head("0004", "001b"),
      [4, "host", "01020304", "dpd"],
      [8, "network", "05", "sens_level"],
      [9, "network", "01", "sens_len"],
      [10, "network", "06", "integ_level"],
      [11, "network", "01", "integ_len"],
      [12, "host", "00000003", "flags"],
      [16, "host", "1112131415161718", "sensitivity bitmap"],
      [24, "host", "2122232425262728", "integrity bitmap"],
    ],
  },
  {
    name: "sadb_key, text",
    extension: {
      kind: "stringAuthentication",
      type: 28,
      length: 3,
      bits: 72,
      reserved: 0,
      key: bytesOfHex("7365637265746b6579"),
    },
    fields: [
      ...head("0003", "001c"),
      [4, "host", "0048", "bits"],
      [6, "host", "0000", "reserved"],
      [8, "network", "7365637265746b6579", "key"],
      [17, "network", "00000000000000", "padding"],
    ],
  },
];

describe.each(["little", "big"] as const)("layouts of illumos, %s endian", (byteOrder) => {
  const dialect = inByteOrder(illumos, byteOrder);
  it.each(layouts)("$name", ({ extension, fields }) => {
    const bytes = messageOf(assemble(extension.length * 8, fields, byteOrder), byteOrder);
    expect(encode(message([extension]), dialect)).toEqual(bytes);
    expect(decode(bytes, dialect)).toEqual({ bytes, message: message([extension]), problems: [] });

    const { type, length, ...outgoing } = extension;
    expect(encode({ ...message([]), extensions: [outgoing as Extension] }, dialect)).toEqual(bytes);
  });

  it("sadb_msg with a diagnostic", () => {
    const bytes = assemble(
      16,
      [
        [0, "network", "02", "version"],
        [1, "network", "0f", "type"],
        [2, "network", "03", "errno"],
        [3, "network", "04", "satype"],
        [4, "host", "0002", "len"],
        [6, "host", "014c", "x_msg_diagnostic"],
        [8, "host", "fffee969", "seq"],
        [12, "host", "87080910", "pid"],
      ],
      byteOrder,
    );
    const header: Message = {
      version: 2,
      type: "delpair-state",
      saType: "tcpsig",
      errno: 3,
      reserved: 332,
      sequence: 0xfffee969,
      pid: 0x87080910,
      extensions: [],
    };
    expect(encode(header, dialect)).toEqual(bytes);
    expect(decode(bytes, dialect)).toEqual({ bytes, message: header, problems: [] });
  });
});

it("has a layout for each kind that illumos has and Linux has not, or not in the same form", () => {
  const own = [...illumos.tables.extensions.byType.values()].filter(({ type, kind, structure }) => {
    const row = linux.tables.extensions.byType.get(type);
    return row?.kind !== kind || row.structure !== structure;
  });
  const kinds = new Set<string>(layouts.map(({ extension }) => extension.kind));
  expect(own.filter(({ kind }) => !kinds.has(kind))).toEqual([]);
});
