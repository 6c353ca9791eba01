import { fromHex } from "@keysock/goldens";
import { decode, type OutgoingExtension } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { type SaEntryOptions, saEntry } from "./sa-entry.ts";
import { recordedDialect } from "./testing/recorded-text.ts";
import * as sample from "./testing/sample.ts";

/** From a public test of a Go program; the type byte set to 10 (DUMP). */
const published = fromHex(
  "020a0003220000005501000037000000" +
    "02000100c8cac0292001030c00000000" +
    "04000300000000000000000000000000100e0000000000000000000000000000" +
    "04000400000000000000000000000000c50b0000000000000000000000000000" +
    "040002000000000000000000000000001d7d8058000000000000000000000000" +
    "030005000020000002000000ac10010c0000000000000000" +
    "030006000020000002000000ac10010d0000000000000000" +
    "03000700ff00000002000000000000000000000000000000" +
    "04000800a000000082452eb87329e91111f82cba268656f4e17af65b00000000" +
    "030009008000000034f46bf2072d86b8f674e87857d20ee6" +
    "02001300020000000000000001000000",
);

it("prints every field of an SA", () => {
  const host = sample.hostAt(Date.parse("2017-01-19T09:00:00Z"));
  expect(saEntry(decode(published, recordedDialect), { host })).toBe(
    `172.16.1.12 172.16.1.13 
\tesp mode=tunnel spi=3368730665(0xc8cac029) reqid=1(0x00000001)
\tE: aes-cbc  34f46bf2 072d86b8 f674e878 57d20ee6
\tA: hmac-sha1  82452eb8 7329e911 11f82cba 268656f4 e17af65b
\tseq=0x00000000 replay=32 flags=0x00000000 state=mature 
\tcreated: Jan 19 08:47:25 2017\tcurrent: Jan 19 09:00:00 2017
\tdiff: 755(s)\thard: 3600(s)\tsoft: 3013(s)
\tlast:                     \thard: 0(s)\tsoft: 0(s)
\tcurrent: 0(bytes)\thard: 0(bytes)\tsoft: 0(bytes)
\tallocated: 0\thard: 0\tsoft: 0
\tsadb_seq=341 pid=55 refcnt=0
`,
  );
});

const { sa, sa2, source, destination, inet, inet6, countingKey, lifetime } = sample;
const addresses = [source(inet(1)), destination(inet(2))];
const natT: OutgoingExtension[] = [
  { kind: "natTType", natTType: 2, reserved: 0 },
  { kind: "natTSourcePort", port: 4500, reserved: 0 },
  { kind: "natTDestinationPort", port: 30000, reserved: 0 },
];
const originalAddress = source(inet(9), { kind: "natTOriginalAddress" });

const seqLine = "\tseq=0x00000000 replay=0 flags=0x00000000 state=mature \n";
const lastLine = "\tsadb_seq=0 pid=0 refcnt=0\n";
const typeLine = (type: string): string =>
  `\t${type} mode=transport spi=769(0x00000301) reqid=0(0x00000000)\n`;

interface Row {
  name: string;
  saType?: "unspec" | "ah" | "esp" | "ipcomp";
  extensions: OutgoingExtension[];
  options?: Partial<SaEntryOptions>;
  text: string;
}

const rows: Row[] = [
  {
    name: "no more than the least",
    extensions: [sa(), ...addresses, sa2()],
    text: `10.0.0.1 10.0.0.2 \n${typeLine("esp")}${seqLine}${lastLine}`,
  },
  {
    name: "SA type 0",
    saType: "unspec",
    extensions: [sa(), ...addresses, sa2()],
    text: `10.0.0.1 10.0.0.2 \n${typeLine("unspec")}${seqLine}${lastLine}`,
  },
  {
    name: "-p",
    extensions: [sa(), source(inet(1, 500)), destination(inet(2)), sa2()],
    options: { ports: true },
    text: `10.0.0.1[500] 10.0.0.2[0] \n${typeLine("esp")}${seqLine}${lastLine}`,
  },
  {
    name: "a scope by the interface's name, and by its number where it has none",
    extensions: [sa(), source(inet6(sample.linkLocal, 2)), destination(inet6(sample.linkLocal, 7)), sa2()],
    text: `fe80::1%eth0 fe80::1%7 \n${typeLine("esp")}${seqLine}${lastLine}`,
  },
  {
    name: "an address that is not IP",
    extensions: [
      sa(),
      source({ family: 9, data: new Uint8Array(14) }),
      destination({ family: 9, data: new Uint8Array(14) }),
      sa2(),
    ],
    text: `? ? \n${typeLine("esp")}${seqLine}${lastLine}`,
  },
  {
    name: "NAT-T",
    extensions: [sa(), ...addresses, sa2(), ...natT],
    text: `10.0.0.1[4500] 10.0.0.2[30000] \n${typeLine("esp-udp")}${seqLine}${lastLine}`,
  },
  {
    name: "NAT-T and -p",
    extensions: [sa(), ...addresses, sa2(), ...natT],
    options: { ports: true },
    text: `10.0.0.1[0][4500] 10.0.0.2[0][30000] \n${typeLine("esp-udp")}${seqLine}${lastLine}`,
  },
  {
    name: "NAT-T of another protocol than ESP, with the original address",
    saType: "ah",
    extensions: [sa(), ...addresses, sa2(), ...natT, originalAddress],
    text: `10.0.0.1[4500] 10.0.0.2[30000] \n${typeLine("natt+ah")}\tNAT OA=10.0.0.9\n${seqLine}${lastLine}`,
  },
  {
    name: "NAT-T of type 0 is none",
    extensions: [sa(), ...addresses, sa2(), { kind: "natTType", natTType: 0, reserved: 0 }, originalAddress],
    text: `10.0.0.1 10.0.0.2 \n${typeLine("esp")}${seqLine}${lastLine}`,
  },
  {
    name: "modes, states and algorithms without a name",
    extensions: [
      sa({ state: 4, encryption: 252, authentication: 10, replay: 32, flags: 0xa0000000, spi: 0xffffffff }),
      ...addresses,
      sa2({ mode: 3, reqid: 16385, sequence: 7 }),
      { kind: "keyEncryption", ...countingKey(5) },
      { kind: "keyAuthentication", ...countingKey(4) },
    ],
    text: `10.0.0.1 10.0.0.2 
\tesp mode=3 spi=4294967295(0xffffffff) reqid=16385(0x00004001)
\tE: 252  01020304 05
\tA: 10  01020304
\tseq=0x00000007 replay=32 flags=0xa0000000 state=4 
${lastLine}`,
  },
  {
    name: "a key of more than 32 bytes goes on at the margin",
    saType: "ah",
    extensions: [
      sa({ authentication: 7 }),
      ...addresses,
      sa2(),
      { kind: "keyAuthentication", ...countingKey(68) },
    ],
    text: `10.0.0.1 10.0.0.2 
${typeLine("ah")}\tA: hmac-sha512  01020304 05060708 090a0b0c 0d0e0f10 11121314 15161718 191a1b1c 1d1e1f20
 21222324 25262728 292a2b2c 2d2e2f30 31323334 35363738 393a3b3c 3d3e3f40
 41424344
${seqLine}${lastLine}`,
  },
  {
    name: "only whole bytes of a key",
    extensions: [
      sa({ encryption: 2 }),
      ...addresses,
      sa2(),
      { kind: "keyEncryption", bits: 15, reserved: 0, key: Uint8Array.of(1, 2) },
    ],
    text: `10.0.0.1 10.0.0.2 \n${typeLine("esp")}\tE: des-cbc  01\n${seqLine}${lastLine}`,
  },
  {
    name: "an encryption key is ESP's alone",
    saType: "ah",
    extensions: [sa(), ...addresses, sa2(), { kind: "keyEncryption", ...countingKey(4) }],
    text: `10.0.0.1 10.0.0.2 \n${typeLine("ah")}${seqLine}${lastLine}`,
  },
  {
    name: "IPComp has no line of its own",
    saType: "ipcomp",
    extensions: [sa({ encryption: 0, state: 0 }), ...addresses, sa2()],
    text: `10.0.0.1 10.0.0.2 
${typeLine("ipcomp")}\tC: none \tseq=0x00000000 replay=0 flags=0x00000000 state=larval 
${lastLine}`,
  },
  {
    name: "IPComp with an algorithm without a name",
    saType: "ipcomp",
    extensions: [sa({ encryption: 4 }), ...addresses, sa2()],
    text: `10.0.0.1 10.0.0.2 \n${typeLine("ipcomp")}\tC: 4 ${seqLine}${lastLine}`,
  },
  {
    name: "limits that are missing are 0, an SA never added is not old",
    extensions: [sa(), ...addresses, sa2(), lifetime("lifetimeCurrent")],
    text: `10.0.0.1 10.0.0.2 
${typeLine("esp")}${seqLine}\tcreated:                     \tcurrent: Jan  1 00:16:40 1970
\tdiff: 0(s)\thard: 0(s)\tsoft: 0(s)
\tlast:                     \thard: 0(s)\tsoft: 0(s)
\tcurrent: 0(bytes)\thard: 0(bytes)\tsoft: 0(bytes)
\tallocated: 0\thard: 0\tsoft: 0
${lastLine}`,
  },
  {
    name: "counters and limits; bytes as far as a double goes, an age before the clock as the unsigned number",
    extensions: [
      sa({ state: 3 }),
      ...addresses,
      sa2({ mode: 0 }),
      lifetime("lifetimeCurrent", {
        allocations: 4,
        bytes: 0xffffffffffffffffn,
        addTime: 1001n,
        useTime: 86400n,
      }),
      lifetime("lifetimeHard", { allocations: 1, bytes: 9007199254740993n, addTime: 2n, useTime: 3n }),
      lifetime("lifetimeSoft", { allocations: 5, bytes: 6n, addTime: 7n, useTime: 8n }),
    ],
    text: `10.0.0.1 10.0.0.2 
\tesp mode=any spi=769(0x00000301) reqid=0(0x00000000)
\tseq=0x00000000 replay=0 flags=0x00000000 state=dead 
\tcreated: Jan  1 00:16:41 1970\tcurrent: Jan  1 00:16:40 1970
\tdiff: 18446744073709551615(s)\thard: 2(s)\tsoft: 7(s)
\tlast: Jan  2 00:00:00 1970\thard: 3(s)\tsoft: 8(s)
\tcurrent: 18446744073709551616(bytes)\thard: 9007199254740992(bytes)\tsoft: 6(bytes)
\tallocated: 4\thard: 1\tsoft: 5
${lastLine}`,
  },
  {
    name: "a security context",
    extensions: [sa(), ...addresses, sa2(), sample.securityContext("system_u:object_r:t:s0")],
    text: `10.0.0.1 10.0.0.2 
${typeLine("esp")}${seqLine}\tsecurity context doi: 2
\tsecurity context algorithm: 1
\tsecurity context length: 23
\tsecurity context: system_u:object_r:t:s0
${lastLine}`,
  },
];

describe("an SA", () => {
  it.each(rows)("$name", ({ saType = "esp", extensions, options, text }) => {
    expect(saEntry(sample.reply({ saType }, extensions), { host: sample.hostAt(1000_000), ...options })).toBe(
      text,
    );
  });
});

const refusals: [name: string, saType: number | "esp" | "rsvp" | "mip", OutgoingExtension[], text: string][] =
  [
    ["no extensions", "esp", [], "no ADDRESS_SRC extension.\n"],
    ["a source only", "esp", [source(inet(1))], "10.0.0.1  no ADDRESS_DST extension.\n"],
    ["addresses only", "esp", addresses, "10.0.0.1 10.0.0.2 no SA extension.\n"],
    ["no mode", "esp", [...addresses, sa()], "10.0.0.1 10.0.0.2 no SA2 extension.\n"],
    ["SA type 1", 1, [sa(), ...addresses, sa2()], "Invalid SA type\n"],
    ["SA type 11, TCP's elsewhere", 11, [sa(), ...addresses, sa2()], "Invalid SA type\n"],
    ["RSVP", "rsvp", [sa(), ...addresses, sa2()], "Not supported\n"],
    ["Mobile IP", "mip", [sa(), ...addresses, sa2()], "Not supported\n"],
    ["an extension twice", "esp", [sa(), sa(), ...addresses, sa2()], "Invalid extension type\n"],
    [
      "an unknown extension",
      "esp",
      [sa(), ...addresses, sa2(), sample.unknownExtension],
      "Invalid extension type\n",
    ],
    [
      "a filter, which came after libipsec",
      "esp",
      [
        sa(),
        ...addresses,
        sa2(),
        {
          kind: "filter",
          source: new Uint8Array(16),
          destination: new Uint8Array(16),
          family: 0,
          sourcePrefixLength: 0,
          destinationPrefixLength: 0,
        },
      ],
      "Invalid extension type\n",
    ],
    [
      "a short SA extension",
      "esp",
      [{ kind: "raw", type: 1, data: new Uint8Array(4) }, ...addresses, sa2()],
      "Invalid extension type\n",
    ],
    [
      "two protocols",
      "esp",
      [sa(), source(inet(1), { protocol: 6 }), destination(inet(2)), sa2()],
      "Protocol mismatch\n",
    ],
    [
      "two families",
      "esp",
      [sa(), source(inet(1)), destination(inet6(sample.linkLocal)), sa2()],
      "Family mismatch\n",
    ],
  ];

describe("what is no SA", () => {
  it.each(refusals)("%s", (_name, saType, extensions, text) => {
    expect(saEntry(sample.reply({ saType }, extensions), { host: sample.hostAt() })).toBe(text);
  });

  const malformed: [name: string, hex: string, text: string][] = [
    ["a version of its own", "030a0003020000000000000000000000", "Invalid version\n"],
    ["half a header", "020a000302000000", "Invalid sadb message\n"],
    ["fewer bytes than stated", "020a0003040000000000000000000000", "Invalid sadb message\n"],
    [
      "an extension of length 0",
      "020a00030300000000000000000000000000010000000000",
      "Invalid extension type\n",
    ],
    [
      "an extension past the end",
      "020a00030300000000000000000000000200010000000000",
      "Invalid extension type\n",
    ],
  ];
  it.each(malformed)("%s", (_name, hex, text) => {
    expect(saEntry(decode(fromHex(hex), recordedDialect), { host: sample.hostAt() })).toBe(text);
  });
});
