import { describe, expect, it } from "vitest";
import { decode } from "./decode.ts";
import { inByteOrder } from "./dialect.ts";
import { encode } from "./encode.ts";
import type { Extension } from "./extension.ts";
import { linux } from "./linux.ts";
import type { Message } from "./message.ts";
import { assemble, bytesOfHex, type Field, head, message, messageOf } from "./testing/layout.ts";

const inet = (at: number, port: string, address: string): Field[] => [
  [at, "host", "0002", "sin_family"],
  [at + 2, "network", port, "sin_port"],
  [at + 4, "network", address, "sin_addr"],
  [at + 8, "network", "0000000000000000", "sin_zero"],
];
const inet6 = (at: number, port: string, address: string): Field[] => [
  [at, "host", "000a", "sin6_family"],
  [at + 2, "network", port, "sin6_port"],
  [at + 4, "host", "00012345", "sin6_flowinfo"],
  [at + 8, "network", address, "sin6_addr"],
  [at + 24, "host", "00000007", "sin6_scope_id"],
];
const documentation6 = "20010db8000000000000000000000001";

const lifetimeFields: Field[] = [
  [4, "host", "01020304", "allocations"],
  [8, "host", "1112131415161718", "bytes"],
  [16, "host", "2122232425262728", "addtime"],
  [24, "host", "3132333435363738", "usetime"],
];
const lifetime = {
  length: 4,
  allocations: 0x01020304,
  bytes: 0x1112131415161718n,
  addTime: 0x2122232425262728n,
  useTime: 0x3132333435363738n,
};
const addressFields = (words: string, type: string): Field[] => [
  ...head(words, type),
  [4, "network", "11", "proto"],
  [5, "network", "18", "prefixlen"],
  [6, "host", "0102", "reserved"],
];
const address = { protocol: 17, prefixLength: 24, reserved: 0x0102 };
const inetSockaddr = { family: "inet", port: 4500, address: bytesOfHex("c0000201") } as const;
const inet6Sockaddr = {
  family: "inet6",
  port: 4500,
  flowInfo: 0x12345,
  address: bytesOfHex(documentation6),
  scopeId: 7,
} as const;
const identityFields: Field[] = [
  [4, "host", "0002", "type"],
  [6, "host", "0304", "reserved"],
  [8, "host", "0506070809101112", "id"],
  [16, "network", "686f737400000000", "identity"],
];
const identity = {
  length: 3,
  identityType: 2,
  reserved: 0x0304,
  id: 0x0506070809101112n,
  data: bytesOfHex("686f737400000000"),
};
const supportedFields: Field[] = [
  [4, "host", "01020304", "reserved"],
  [8, "network", "02", "id"],
  [9, "network", "08", "ivlen"],
  [10, "host", "0080", "minbits"],
  [12, "host", "0100", "maxbits"],
  [14, "host", "0304", "reserved"],
  [16, "network", "fb", "id"],
  [17, "network", "00", "ivlen"],
  [18, "host", "0000", "minbits"],
  [20, "host", "0800", "maxbits"],
  [22, "host", "0000", "reserved"],
];
const supported = {
  length: 3,
  reserved: 0x01020304,
  algorithms: [
    { id: 2, ivLength: 8, minBits: 128, maxBits: 256, reserved: 0x0304 },
    { id: 251, ivLength: 0, minBits: 0, maxBits: 2048, reserved: 0 },
  ],
};

const layouts: { name: string; extension: Extension; fields: Field[] }[] = [
  {
    name: "sadb_sa",
    extension: {
      kind: "sa",
      type: 1,
      length: 2,
      spi: 0xc1234567,
      replay: 32,
      state: 1,
      authentication: 3,
      encryption: 12,
      flags: 0x80000004,
    },
    fields: [
      ...head("0002", "0001"),
      [4, "network", "c1234567", "spi"],
      [8, "network", "20", "replay"],
      [9, "network", "01", "state"],
      [10, "network", "03", "auth"],
      [11, "network", "0c", "encrypt"],
      [12, "host", "80000004", "flags"],
    ],
  },
  {
    name: "sadb_lifetime, current",
    extension: { kind: "lifetimeCurrent", type: 2, ...lifetime },
    fields: [...head("0004", "0002"), ...lifetimeFields],
  },
  {
    name: "sadb_lifetime, hard",
    extension: { kind: "lifetimeHard", type: 3, ...lifetime },
    fields: [...head("0004", "0003"), ...lifetimeFields],
  },
  {
    name: "sadb_lifetime, soft",
    extension: { kind: "lifetimeSoft", type: 4, ...lifetime },
    fields: [...head("0004", "0004"), ...lifetimeFields],
  },
  {
    name: "sadb_address, source, IPv4",
    extension: { kind: "addressSource", type: 5, length: 3, ...address, sockaddr: inetSockaddr },
    fields: [...addressFields("0003", "0005"), ...inet(8, "1194", "c0000201")],
  },
  {
    name: "sadb_address, destination, IPv6",
    extension: { kind: "addressDestination", type: 6, length: 5, ...address, sockaddr: inet6Sockaddr },
    fields: [
      ...addressFields("0005", "0006"),
      ...inet6(8, "1194", documentation6),
      [36, "network", "00000000", "padding"],
    ],
  },
  {
    name: "sadb_address, proxy, AF_UNSPEC",
    extension: {
      kind: "addressProxy",
      type: 7,
      length: 2,
      ...address,
      sockaddr: { family: 0, data: bytesOfHex("010203040506") },
    },
    fields: [
      ...addressFields("0002", "0007"),
      [8, "host", "0000", "sa_family"],
      [10, "network", "010203040506", "sa_data"],
    ],
  },
  {
    name: "sadb_key, authentication, 20 bytes",
    extension: {
      kind: "keyAuthentication",
      type: 8,
      length: 4,
      bits: 160,
      reserved: 0x0102,
      key: bytesOfHex("000102030405060708090a0b0c0d0e0f10111213"),
    },
    fields: [
      ...head("0004", "0008"),
      [4, "host", "00a0", "bits"],
      [6, "host", "0102", "reserved"],
      [8, "network", "000102030405060708090a0b0c0d0e0f10111213", "key"],
      [28, "network", "00000000", "padding"],
    ],
  },
  {
    name: "sadb_key, encryption, bits that fill no byte",
    extension: {
      kind: "keyEncryption",
      type: 9,
      length: 2,
      bits: 41,
      reserved: 0,
      key: bytesOfHex("010203040580"),
    },
    fields: [
      ...head("0002", "0009"),
      [4, "host", "0029", "bits"],
      [6, "host", "0000", "reserved"],
      [8, "network", "010203040580", "key"],
      [14, "network", "0000", "padding"],
    ],
  },
  {
    name: "sadb_key, encryption, none",
    extension: { kind: "keyEncryption", type: 9, length: 1, bits: 0, reserved: 0, key: new Uint8Array() },
    fields: [...head("0001", "0009"), [4, "host", "0000", "bits"], [6, "host", "0000", "reserved"]],
  },
  {
    name: "sadb_ident, source",
    extension: { kind: "identitySource", type: 10, ...identity },
    fields: [...head("0003", "000a"), ...identityFields],
  },
  {
    name: "sadb_ident, destination",
    extension: { kind: "identityDestination", type: 11, ...identity },
    fields: [...head("0003", "000b"), ...identityFields],
  },
  {
    name: "sadb_sens",
    extension: {
      kind: "sensitivity",
      type: 12,
      length: 5,
      dpd: 0x01020304,
      sensitivityLevel: 5,
      integrityLevel: 6,
      reserved: 0x07080910,
      sensitivityBitmap: [0x1112131415161718n, 0x2122232425262728n],
      integrityBitmap: [0x3132333435363738n],
    },
    fields: [
      ...head("0005", "000c"),
      [4, "host", "01020304", "dpd"],
      [8, "network", "05", "sens_level"],
      [9, "network", "02", "sens_len"],
      [10, "network", "06", "integ_level"],
      [11, "network", "01", "integ_len"],
      [12, "host", "07080910", "reserved"],
      [16, "host", "1112131415161718", "sensitivity bitmap, first word"],
      [24, "host", "2122232425262728", "sensitivity bitmap, second word"],
      [32, "host", "3132333435363738", "integrity bitmap"],
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
          reserved: 0x14151617,
          softAllocations: 0x18192021,
          hardAllocations: 0x22232425,
          softBytes: 0x2627282930313233n,
          hardBytes: 0x3435363738394041n,
          softAddTime: 0x4243444546474849n,
          hardAddTime: 0x5051525354555657n,
          softUseTime: 0x5859606162636465n,
          hardUseTime: 0x6667686970717273n,
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
      [20, "host", "14151617", "reserved"],
      [24, "host", "18192021", "soft_allocations"],
      [28, "host", "22232425", "hard_allocations"],
      [32, "host", "2627282930313233", "soft_bytes"],
      [40, "host", "3435363738394041", "hard_bytes"],
      [48, "host", "4243444546474849", "soft_addtime"],
      [56, "host", "5051525354555657", "hard_addtime"],
      [64, "host", "5859606162636465", "soft_usetime"],
      [72, "host", "6667686970717273", "hard_usetime"],
    ],
  },
  {
    name: "sadb_prop with no sadb_comb",
    extension: { kind: "proposal", type: 13, length: 1, replay: 32, reserved: 0, combinations: [] },
    fields: [...head("0001", "000d"), [4, "network", "20", "replay"], [5, "network", "000000", "reserved"]],
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
    name: "sadb_spirange",
    extension: {
      kind: "spiRange",
      type: 16,
      length: 2,
      min: 0xc0000000,
      max: 0xcfffffff,
      reserved: 0x01020304,
    },
    fields: [
      ...head("0002", "0010"),
      [4, "host", "c0000000", "min"],
      [8, "host", "cfffffff", "max"],
      [12, "host", "01020304", "reserved"],
    ],
  },
  {
    name: "sadb_x_kmprivate",
    extension: { kind: "kmPrivate", type: 17, length: 1, reserved: 0x01020304 },
    fields: [...head("0001", "0011"), [4, "host", "01020304", "reserved"]],
  },
  {
    name: "sadb_x_policy with a sadb_x_ipsecrequest for transport, tunnel over IPv4 and tunnel over IPv6",
    extension: {
      kind: "policy",
      type: 18,
      length: 19,
      policyType: 2,
      direction: 1,
      reserved: 3,
      id: 0x01020304,
      priority: 0x80000001,
      requests: [
        { length: 16, protocol: 51, mode: 1, level: 1, reserved1: 0x0405, reqid: 0, reserved2: 0x06070809 },
        {
          length: 48,
          protocol: 50,
          mode: 2,
          level: 3,
          reserved1: 0,
          reqid: 0x10111213,
          reserved2: 0,
          source: inetSockaddr,
          destination: { family: "inet", port: 0, address: bytesOfHex("c0000202") },
        },
        {
          length: 72,
          protocol: 108,
          mode: 2,
          level: 2,
          reserved1: 0,
          reqid: 5,
          reserved2: 0,
          source: inet6Sockaddr,
          destination: { ...inet6Sockaddr, port: 0 },
        },
      ],
    },
    fields: [
      ...head("0013", "0012"),
      [4, "host", "0002", "type"],
      [6, "network", "01", "dir"],
      [7, "network", "03", "reserved"],
      [8, "host", "01020304", "id"],
      [12, "host", "80000001", "priority"],
      [16, "host", "0010", "first len"],
      [18, "host", "0033", "proto"],
      [20, "network", "01", "mode"],
      [21, "network", "01", "level"],
      [22, "host", "0405", "reserved1"],
      [24, "host", "00000000", "reqid"],
      [28, "host", "06070809", "reserved2"],
      [32, "host", "0030", "second len"],
      [34, "host", "0032", "proto"],
      [36, "network", "02", "mode"],
      [37, "network", "03", "level"],
      [38, "host", "0000", "reserved1"],
      [40, "host", "10111213", "reqid"],
      [44, "host", "00000000", "reserved2"],
      ...inet(48, "1194", "c0000201"),
      ...inet(64, "0000", "c0000202"),
      [80, "host", "0048", "third len"],
      [82, "host", "006c", "proto"],
      [84, "network", "02", "mode"],
      [85, "network", "02", "level"],
      [86, "host", "0000", "reserved1"],
      [88, "host", "00000005", "reqid"],
      [92, "host", "00000000", "reserved2"],
      ...inet6(96, "1194", documentation6),
      ...inet6(124, "0000", documentation6),
    ],
  },
  {
    name: "sadb_x_sa2",
    extension: {
      kind: "sa2",
      type: 19,
      length: 2,
      mode: 2,
      reserved1: 1,
      reserved2: 0x0203,
      sequence: 0x04050607,
      reqid: 0x08091011,
    },
    fields: [
      ...head("0002", "0013"),
      [4, "network", "02", "mode"],
      [5, "network", "01", "reserved1"],
      [6, "host", "0203", "reserved2"],
      [8, "host", "04050607", "sequence"],
      [12, "host", "08091011", "reqid"],
    ],
  },
  {
    name: "sadb_x_nat_t_type",
    extension: { kind: "natTType", type: 20, length: 1, natTType: 2, reserved: 0x010203 },
    fields: [...head("0001", "0014"), [4, "network", "02", "type"], [5, "network", "010203", "reserved"]],
  },
  {
    name: "sadb_x_nat_t_port, source",
    extension: { kind: "natTSourcePort", type: 21, length: 1, port: 4500, reserved: 0x0102 },
    fields: [...head("0001", "0015"), [4, "network", "1194", "port"], [6, "host", "0102", "reserved"]],
  },
  {
    name: "sadb_x_nat_t_port, destination",
    extension: { kind: "natTDestinationPort", type: 22, length: 1, port: 30000, reserved: 0 },
    fields: [...head("0001", "0016"), [4, "network", "7530", "port"], [6, "host", "0000", "reserved"]],
  },
  {
    name: "sadb_address, NAT-T original address",
    extension: { kind: "natTOriginalAddress", type: 23, length: 3, ...address, sockaddr: inetSockaddr },
    fields: [...addressFields("0003", "0017"), ...inet(8, "1194", "c0000201")],
  },
  {
    name: "sadb_x_sec_ctx",
    extension: {
      kind: "securityContext",
      type: 24,
      length: 2,
      algorithm: 1,
      doi: 2,
      context: bytesOfHex("6100"),
    },
    fields: [
      ...head("0002", "0018"),
      [4, "network", "01", "alg"],
      [5, "network", "02", "doi"],
      [6, "host", "0002", "len"],
      [8, "network", "6100", "context"],
      [10, "network", "000000000000", "padding"],
    ],
  },
  {
    name: "sadb_x_kmaddress, IPv4",
    extension: {
      kind: "kmAddress",
      type: 25,
      length: 5,
      reserved: 0x01020304,
      local: inetSockaddr,
      remote: { family: "inet", port: 0, address: bytesOfHex("c0000202") },
    },
    fields: [
      ...head("0005", "0019"),
      [4, "host", "01020304", "reserved"],
      ...inet(8, "1194", "c0000201"),
      ...inet(24, "0000", "c0000202"),
    ],
  },
  {
    name: "sadb_x_kmaddress, IPv6",
    extension: {
      kind: "kmAddress",
      type: 25,
      length: 8,
      reserved: 0,
      local: inet6Sockaddr,
      remote: inet6Sockaddr,
    },
    fields: [
      ...head("0008", "0019"),
      [4, "host", "00000000", "reserved"],
      ...inet6(8, "1194", documentation6),
      ...inet6(36, "1194", documentation6),
    ],
  },
  {
    name: "sadb_x_filter",
    extension: {
      kind: "filter",
      type: 26,
      length: 5,
      source: bytesOfHex("0a000000000000000000000000000000"),
      destination: bytesOfHex(documentation6),
      family: 2,
      sourcePrefixLength: 8,
      destinationPrefixLength: 64,
    },
    fields: [
      ...head("0005", "001a"),
      [4, "network", "0a000000000000000000000000000000", "saddr"],
      [20, "network", documentation6, "daddr"],
      [36, "host", "0002", "family"],
      [38, "network", "08", "splen"],
      [39, "network", "40", "dplen"],
    ],
  },
  {
    name: "unknown extension",
    extension: { kind: "raw", type: 0x3c3d, length: 2, data: bytesOfHex("0102030405060708090a0b0c") },
    fields: [...head("0002", "3c3d"), [4, "network", "0102030405060708090a0b0c", "data"]],
  },
];

describe.each(["little", "big"] as const)("layouts, %s endian", (byteOrder) => {
  const dialect = inByteOrder(linux, byteOrder);
  it.each(layouts)("$name", ({ extension, fields }) => {
    const bytes = messageOf(assemble(extension.length * 8, fields, byteOrder), byteOrder);
    expect(encode(message([extension]), dialect)).toEqual(bytes);
    expect(decode(bytes, dialect)).toEqual({ bytes, message: message([extension]), problems: [] });

    const { type, length, ...withoutHead } = extension;
    const outgoing = extension.kind === "raw" ? { ...extension } : withoutHead;
    expect(encode({ ...message([]), extensions: [outgoing as Extension] }, dialect)).toEqual(bytes);
  });

  it("sadb_msg", () => {
    const bytes = assemble(
      16,
      [
        [0, "network", "02", "version"],
        [1, "network", "0e", "type"],
        [2, "network", "11", "errno"],
        [3, "network", "09", "satype"],
        [4, "host", "0002", "len"],
        [6, "host", "0102", "reserved"],
        [8, "host", "83040506", "seq"],
        [12, "host", "87080910", "pid"],
      ],
      byteOrder,
    );
    const header: Message = {
      version: 2,
      type: "spdadd",
      saType: "ipcomp",
      errno: 17,
      reserved: 0x0102,
      sequence: 0x83040506,
      pid: 0x87080910,
      extensions: [],
    };
    expect(encode(header, dialect)).toEqual(bytes);
    expect(decode(bytes, dialect)).toEqual({ bytes, message: header, problems: [] });
  });
});

it("has a layout for each kind that Linux has", () => {
  const kinds = new Set(layouts.map(({ extension }) => extension.kind));
  expect([...kinds].sort()).toEqual([...linux.tables.extensions.byKind.keys(), "raw"].sort());
});
