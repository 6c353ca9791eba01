import { illumos, linux, type Message, type OutgoingExtension } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { messageText } from "./message-text.ts";
import type { PrintOptions } from "./options.ts";
import { address, bytesOf, inet, linesOf, linuxLinesOf, reply, sa, sampleHost } from "./testing/sample.ts";

describe("the header", () => {
  const first = (
    header: Partial<Omit<Message, "extensions">>,
    options: Partial<PrintOptions> = {},
  ): string => {
    const { dialect = illumos } = options;
    return messageText(reply([], header, dialect), { dialect, host: sampleHost, ...options }).text;
  };
  const base = (type: string, saType: string): string =>
    `Base message (version 2) type ${type}, SA type ${saType}.\nMessage length 16 bytes, seq=0, pid=0.\n`;

  const types: [header: Partial<Message>, type: string, saType: string][] = [
    [{ type: 0 }, "RESERVED (warning: set to 0)", "ESP"],
    [{ type: "getspi" }, "GETSPI", "ESP"],
    [{ type: "update" }, "UPDATE", "ESP"],
    [{ type: "acquire", saType: "unspec" }, "ACQUIRE", "<unspecified/all>"],
    [{ type: "register", saType: "ah" }, "REGISTER", "AH"],
    [{ type: "expire", saType: 1 }, "EXPIRE", "<unknown 1>"],
    [{ type: "promisc", saType: "tcpsig" }, "X_PROMISC", "TCPSIG"],
    [{ type: "inverse-acquire", saType: "rsvp" }, "X_INVERSE_ACQUIRE", "RSVP"],
    [{ type: "updatepair", saType: "ospfv2" }, "UPDATE PAIR", "OSPFv2"],
    [{ type: "delpair", saType: "ripv2" }, "DELETE PAIR", "RIPv2"],
    [{ type: "delpair-state", saType: "mip" }, "Unknown (15)", "Mobile IP"],
    [{ type: 99, saType: 9 }, "Unknown (99)", "<unknown 9>"],
  ];
  it.each(types)("%o", (header, type, saType) => {
    expect(first(header)).toBe(base(type, saType));
  });

  it("does not know TCP signatures as the original", () => {
    expect(first({ saType: "tcpsig" }, { compat: true })).toBe(base("GET", "<unknown 4>"));
  });

  const linuxTypes: [header: Partial<Message>, type: string, saType: string][] = [
    [{ type: "spdadd", saType: "unspec" }, "X_SPDADD", "<unspecified/all>"],
    [{ type: "nat-t-new-mapping", saType: "ipcomp" }, "X_NAT_T_NEW_MAPPING", "IPCOMP"],
    [{ type: "pchange" }, "X_PCHANGE", "ESP"],
  ];
  it.each(linuxTypes)("of Linux: %o", (header, type, saType) => {
    expect(first(header, { dialect: linux })).toBe(base(type, saType));
  });

  const errors: [name: string, header: Partial<Message>, options: Partial<PrintOptions>, lines: string][] = [
    [
      "with a diagnostic",
      { errno: 22, reserved: 70 },
      {},
      "Error Invalid argument from PF_KEY.\n  Diagnostic code 70:  Source/destination protocol mismatch.\n",
    ],
    [
      "as the original writes it",
      { errno: 22, reserved: 70 },
      { compat: true },
      "Error Invalid argument from PF_KEY.\n  Diagnostic code 70:  Source/desination protocol mismatch.\n",
    ],
    ["of Linux", { errno: 3 }, { dialect: linux }, "Error No such process from PF_KEY.\n"],
  ];
  it.each(errors)("an error %s", (_, header, options, lines) => {
    expect(first(header, options)).toBe(
      `Base message (version 2) type GET, SA type ESP.\n${lines}Message length 16 bytes, seq=0, pid=0.\n`,
    );
  });
});

describe("an SA", () => {
  const states: [state: number, text: string][] = [
    [0, "LARVAL"],
    [1, "MATURE"],
    [2, "DYING"],
    [3, "DEAD"],
    [4, "ACTIVE_ELSEWHERE"],
    [5, "IDLE"],
    [6, "<unknown 6>"],
  ];
  it.each(states)("in state %d", (state, text) => {
    expect(linesOf([sa({ state })])[0]).toBe(`SA: SADB_ASSOC spi=0x100, replay window size=0, state=${text}`);
  });

  const rows: [name: string, lines: string[], expected: string[]][] = [
    [
      "with every flag",
      linesOf([sa({ flags: 0xffff_ffff })]),
      [
        "SA: flags=0xffffffff < PFS NOREPLAY X_USED X_PAIRED X_OUTBOUND X_INBOUND X_UNIQUE X_AALG1 X_AALG2 X_EALG1 " +
          "X_EALG2 X_NATT_LOC X_NATT_REM X_TUNNEL X_NATTED >",
      ],
    ],
    ["with an unknown flag", linesOf([sa({ flags: 0x40000 })]), ["SA: flags=0x40000 < >"]],
    [
      "with algorithms",
      linesOf([sa({ authentication: 7, encryption: 20 })]),
      [
        "SA: Authentication algorithm = hmac-sha512",
        "SA: Encryption algorithm = aes-gcm",
        "SA: flags=0x0 < >",
      ],
    ],
    [
      "with unknown algorithms",
      linesOf([sa({ authentication: 4, encryption: 1 })]),
      [
        "SA: Authentication algorithm = <unknown 4>",
        "SA: Encryption algorithm = <unknown 1>",
        "SA: flags=0x0 < >",
      ],
    ],
    [
      "of Linux, with flags and an algorithm of its own",
      linuxLinesOf([sa({ encryption: 22, flags: 0xe000_0001 })]),
      [
        "SA: Encryption algorithm = camellia-cbc",
        "SA: flags=0xe0000001 < PFS X_NOPMTUDISC X_DECAP_DSCP X_NOECN >",
      ],
    ],
    [
      "of Linux, compressing",
      linuxLinesOf([sa({ encryption: 2 })], {}, { saType: "ipcomp" }),
      ["SA: Compression algorithm = deflate", "SA: flags=0x0 < >"],
    ],
  ];
  it.each(rows)("%s", (_, lines, expected) => {
    expect(lines.slice(1)).toEqual([...expected, ""]);
  });
});

const mapped = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1);
const inet6 = (bytes: Uint8Array) =>
  ({ family: "inet6", port: 7, flowInfo: 0, address: bytes, scopeId: 0 }) as const;
const numeric = { numeric: true };

interface Row {
  name: string;
  extension: OutgoingExtension;
  options?: Partial<PrintOptions>;
  lines: string[];
}

const addresses: Row[] = [
  {
    name: "source by name",
    extension: address("addressSource", inet(1)),
    lines: ["SRC: Source address (proto=0/<unspecified>)", "SRC: AF_INET: port 0, 192.0.2.1 (gate.example)."],
  },
  {
    name: "destination without a name, protocol and prefix",
    extension: address("addressDestination", inet(2, 500), { protocol: 17, prefixLength: 24 }),
    lines: ["DST: Destination address (proto=17/udp)", "DST: AF_INET: port 500, 192.0.2.2/24 <unknown>."],
  },
  {
    name: "inner source of a protocol without a name, unspecified",
    extension: address(
      "addressProxy",
      { family: "inet", port: 0, address: new Uint8Array(4) },
      { protocol: 253 },
    ),
    lines: [
      "INS: Inner source address (proto=253/<unknown>)",
      "INS: AF_INET: port 0, 0.0.0.0 <unspecified>.",
    ],
  },
  {
    name: "inner destination in figures",
    extension: address("addressInnerDestination", inet(1), { protocol: 17 }),
    options: numeric,
    lines: ["IND: Inner destination address (proto=17)", "IND: AF_INET: port 0, 192.0.2.1."],
  },
  {
    name: "NAT-T local, an IPv4-mapped address",
    extension: address("addressNatTLocal", inet6(mapped)),
    lines: [
      "NLC: NAT-T local address (proto=0/<unspecified>)",
      "NLC: AF_INET6: port 7, ::ffff:192.0.2.1 (gate.example).",
    ],
  },
  {
    name: "NAT-T remote, IPv6 unspecified",
    extension: address("addressNatTRemote", inet6(new Uint8Array(16))),
    lines: ["NRM: NAT-T remote address (proto=0/<unspecified>)", "NRM: AF_INET6: port 7, :: <unspecified>."],
  },
  {
    name: "of another family",
    extension: address("addressSource", { family: 99, data: new Uint8Array(14) }),
    lines: ["SRC: Source address (proto=0/<unspecified>)", "SRC: Address type 99 not supported."],
  },
];

describe("an address", () => {
  it.each(addresses)("$name", ({ extension, options, lines }) => {
    expect(linesOf([extension], options)).toEqual([...lines, ""]);
  });

  it("of another family glues the next item on in the original", () => {
    const lines = linesOf([address("addressSource", { family: 99, data: new Uint8Array(14) }), sa()], {
      compat: true,
      numeric: true,
    });
    expect(lines.slice(0, 2)).toEqual([
      "SRC: Source address (proto=0)",
      "SRC: SA: SADB_ASSOC spi=0x100, replay window size=0, state=MATURE",
    ]);
  });
});

const key = Uint8Array.of(0xde, 0xad, 0xbe, 0xe0);
const keys: Row[] = [
  {
    name: "for authentication",
    extension: { kind: "keyAuthentication", bits: 32, reserved: 0, key },
    lines: ["AKY: Authentication key.", "AKY: deadbee0/32"],
  },
  {
    name: "of bits that are no whole bytes",
    extension: { kind: "keyEncryption", bits: 27, reserved: 0, key },
    lines: ["EKY: Encryption key.", "EKY: deadbee0/27"],
  },
  {
    name: "hidden",
    extension: { kind: "keyEncryption", bits: 16, reserved: 16, key: key.slice(0, 2), salt: key.slice(2) },
    options: { paranoid: true },
    lines: ["EKY: Encryption key.", "EKY: XXXX[XXXX]/16+16"],
  },
  {
    name: "with salt",
    extension: { kind: "keyEncryption", bits: 16, reserved: 16, key: key.slice(0, 2), salt: key.slice(2) },
    lines: ["EKY: Encryption key.", "EKY: dead[bee0]/16+16"],
  },
  {
    name: "with less room than salt, where the original reads on",
    extension: { kind: "keyEncryption", bits: 64, reserved: 32, key: new Uint8Array(8) },
    lines: ["EKY: Encryption key.", "EKY: 0000000000000000[]/64+32"],
  },
  {
    name: "of text, which the original does not know",
    extension: { kind: "stringAuthentication", bits: 24, reserved: 0, key: bytesOf("key") },
    lines: ["UNK: Unknown ext. 28, len 16.", "UNK: 0x18001c0002", "UNK: 0x79656b"],
  },
  {
    name: "of text, hidden",
    extension: { kind: "stringAuthentication", bits: 24, reserved: 0, key: bytesOf("key") },
    options: { paranoid: true },
    lines: ["UNK: Unknown ext. 28, len 16.", "UNK: 0x18001c0002", "UNK: 0xXXXXXXXXXXXXXXXX"],
  },
];

it.each(keys)("a key $name", ({ extension, options, lines }) => {
  expect(linesOf([extension], options)).toEqual([...lines, ""]);
});

const identity = (identityType: number, text: string, id = 0n): OutgoingExtension => ({
  kind: "identitySource",
  identityType,
  reserved: 0,
  id,
  data: bytesOf(text),
});
const commonName = "\x30\x10\x31\x0e\x30\x0c\x06\x03\x55\x04\x03\x0c\x05alice";

const others: Row[] = [
  {
    name: "an identity without its NUL, its bytes made printable",
    extension: identity(2, "a\x1b[31m\xe9.example\\"),
    lines: ["SID: Source identity, uid=0, type FQDN", "SID: a\\033[31m\\351.example\\"],
  },
  {
    name: "an identity with a uid",
    extension: { ...identity(3, "u@h\0rest", 1n << 32n), kind: "identityDestination" } as OutgoingExtension,
    lines: ["DID: Destination identity, uid=4294967296, type user-FQDN (mbox)", "DID: u@h"],
  },
  {
    name: "an identity with a uid, as the original prints it",
    extension: identity(7, "1.2.3.4-1.2.3.5", 0xffff_ffffn),
    options: { compat: true },
    lines: ["SID: Source identity, uid=-1, type Address range", "SID: 1.2.3.4-1.2.3.5"],
  },
  {
    name: "a distinguished name",
    extension: identity(4, commonName),
    lines: ["SID: Source identity, uid=0, type ASN.1 DER Distinguished Name", "SID: CN=alice"],
  },
  {
    name: "a distinguished name as the original prints it without its library",
    extension: identity(4, commonName),
    options: { compat: true },
    lines: ["SID: Source identity, uid=0, type ASN.1 DER Distinguished Name", "SID: <cannot interpret>"],
  },
  {
    name: "what is no general name",
    extension: identity(5, "name"),
    lines: ["SID: Source identity, uid=0, type ASN.1 DER Generic Name", "SID: <cannot interpret>"],
  },
  {
    name: "a sensitivity label",
    extension: {
      kind: "sensitivity",
      dpd: 1,
      sensitivityLevel: 2,
      integrityLevel: 3,
      reserved: 1,
      sensitivityBitmap: [0xffn],
      integrityBitmap: [0n],
    },
    lines: [
      "SNS: Plaintext Sensitivity DPD 1, sens level=2, integ level=3, flags=1",
      "SNS:  Plaintext Sensitivity BM extended word 0 0xff",
      "SNS:  Integrity BM extended word 0 0x0",
    ],
  },
  {
    name: "an outer sensitivity label",
    extension: {
      kind: "outerSensitivity",
      dpd: 0,
      sensitivityLevel: 0,
      integrityLevel: 0,
      reserved: 0,
      sensitivityBitmap: [],
      integrityBitmap: [],
    },
    lines: ["OSN: Ciphertext Sensitivity DPD 0, sens level=0, integ level=0, flags=0"],
  },
  {
    name: "a pair",
    extension: { kind: "pair", spi: 0x5150 },
    lines: ["OTH: Paired with spi=0x5150"],
  },
  {
    name: "a replay value",
    extension: { kind: "replayValue", replay32: 0, replay64: 1n << 40n },
    lines: ["RPL: Replay Value 1099511627776"],
  },
  {
    name: "a manual cookie",
    extension: { kind: "kmCookie", protocol: 0, cookie: 0x1_0000_0005n },
    lines: ['KMC:  Protocol 0, cookie="Manual SA with cookie:" (0x100000005/4294967301)'],
  },
  {
    name: "an IKE cookie",
    extension: { kind: "kmCookie", protocol: 1, cookie: 5n },
    options: { cookieLabel: (cookie) => `label ${cookie}` },
    lines: ['KMC:  Protocol 1, cookie="label 5" (5)'],
  },
  {
    name: "an IKE cookie without a label",
    extension: { kind: "kmCookie", protocol: 1, cookie: 5n },
    lines: ['KMC:  Protocol 1, cookie="<Label not found.>" (5)'],
  },
  {
    name: "an IKE version 2 cookie",
    extension: { kind: "kmCookie", protocol: 3, cookie: 5n },
    lines: ['KMC:  Protocol 3, cookie="IKEV2:" (0x5/5)'],
  },
  {
    name: "an extension that nobody knows",
    extension: { kind: "raw", type: 99, data: bytesOf("abcdefghijkl") },
    lines: ["UNK: Unknown ext. 99, len 16.", "UNK: 0x6463626100630002", "UNK: 0x6c6b6a6968676665"],
  },
];

it.each(others)("$name", ({ extension, options, lines }) => {
  expect(linesOf([extension], options)).toEqual([...lines, ""]);
});

const ofLinux: Row[] = [
  {
    name: "mode and request id",
    extension: { kind: "sa2", mode: 2, reserved1: 0, reserved2: 0, sequence: 3, reqid: 7 },
    lines: ["OTH: Mode tunnel, request id=7, sequence=3"],
  },
  {
    name: "an unknown mode",
    extension: { kind: "sa2", mode: 9, reserved1: 0, reserved2: 0, sequence: 0, reqid: 0 },
    lines: ["OTH: Mode <unknown 9>, request id=0, sequence=0"],
  },
  {
    name: "NAT-T",
    extension: { kind: "natTType", natTType: 2, reserved: 0 },
    lines: ["OTH: NAT-T encapsulation type=2"],
  },
  {
    name: "a NAT-T source port",
    extension: { kind: "natTSourcePort", port: 4500, reserved: 0 },
    lines: ["OTH: NAT-T source port=4500"],
  },
  {
    name: "a NAT-T destination port",
    extension: { kind: "natTDestinationPort", port: 1024, reserved: 0 },
    lines: ["OTH: NAT-T destination port=1024"],
  },
  {
    name: "a NAT-T original address",
    extension: address("natTOriginalAddress", inet(9)),
    options: numeric,
    lines: ["NOA: NAT-T original address (proto=0)", "NOA: AF_INET: port 0, 192.0.2.9."],
  },
  {
    name: "a proxy address",
    extension: address("addressProxy", inet(9), { prefixLength: 24 }),
    options: numeric,
    lines: ["PXY: Proxy address (proto=0)", "PXY: AF_INET: port 0, 192.0.2.9/24."],
  },
  {
    name: "an SPI range",
    extension: { kind: "spiRange", min: 0x100, max: 0xffff, reserved: 0 },
    lines: ["SPR: SPI Range, min=0x100, max=0xffff"],
  },
  {
    name: "a security context",
    extension: { kind: "securityContext", algorithm: 1, doi: 2, context: bytesOf("system_u:object_r\0") },
    lines: ["SEC: Security context, algorithm=1, doi=2", "SEC: system_u:object_r"],
  },
  {
    name: "a policy",
    extension: {
      kind: "policy",
      policyType: 2,
      direction: 2,
      reserved: 0,
      id: 9,
      priority: 1,
      requests: [
        {
          protocol: 50,
          mode: 2,
          level: 3,
          reserved1: 0,
          reqid: 5,
          reserved2: 0,
          source: inet(1),
          destination: inet(2),
        },
        { protocol: 51, mode: 1, level: 2, reserved1: 0, reqid: 0, reserved2: 0 },
      ],
    },
    options: numeric,
    lines: [
      "POL: Policy type ipsec, direction out, id=9, priority=1",
      "POL:  Transform #1 proto=50, mode tunnel, level unique, request id=5",
      "POL:  From AF_INET: port 0, 192.0.2.1.",
      "POL:  To AF_INET: port 0, 192.0.2.2.",
      "POL:  Transform #2 proto=51, mode transport, level require, request id=0",
    ],
  },
  {
    name: "key management addresses",
    extension: { kind: "kmAddress", reserved: 0, local: inet(1), remote: inet(2) },
    options: numeric,
    lines: [
      "KMA: Key management addresses.",
      "KMA: Local AF_INET: port 0, 192.0.2.1.",
      "KMA: Remote AF_INET: port 0, 192.0.2.2.",
    ],
  },
  {
    name: "a key, whose reserved bits are no salt",
    extension: { kind: "keyEncryption", bits: 16, reserved: 16, key: key.slice(0, 2) },
    lines: ["EKY: Encryption key.", "EKY: dead/16"],
  },
  {
    name: "an algorithm that is offered",
    extension: {
      kind: "supportedEncryption",
      reserved: 0,
      algorithms: [{ id: 12, ivLength: 8, minBits: 128, maxBits: 256, reserved: 0 }],
    },
    lines: [
      "SUE: Supported encryption algorithms.",
      "SUE: aes-cbc minbits=128, maxbits=256, ivlen=8, saltbits=0, increment=0.",
    ],
  },
  {
    name: "what key management keeps for itself",
    extension: { kind: "kmPrivate", reserved: 5 },
    lines: ["UNK: Unknown ext. 17, len 8.", "UNK: 0x500110001"],
  },
];

it.each(ofLinux)("of Linux: $name", ({ extension, options, lines }) => {
  expect(linuxLinesOf([extension], options)).toEqual([...lines, ""]);
});
