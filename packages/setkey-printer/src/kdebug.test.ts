import { fromHex } from "@keysock/goldens";
import { decode, encode, inByteOrder, linux, type OutgoingExtension, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { kdebug } from "./kdebug.ts";
import { recordedDialect } from "./testing/recorded-text.ts";
import * as sample from "./testing/sample.ts";

const { inet, inet6, source, destination } = sample;

const header = "sadb_msg{ version=2 type=3 errno=0 satype=3\n";

/** What follows the two lines of the header, without the empty line at the end. */
function extensionLines(extensions: OutgoingExtension[]): string {
  const lines = kdebug(sample.reply({ type: "add" }, extensions)).split("\n");
  return lines.slice(2, -2).join("\n");
}

it("prints every field of the header", () => {
  const message = { ...request("getspi", "ah"), errno: 17, reserved: 65535, sequence: 4294967295, pid: 4242 };
  expect(kdebug(decode(encode(message, linux), linux))).toBe(`sadb_msg{ version=2 type=1 errno=17 satype=2
  len=2 reserved=65535 seq=4294967295 pid=4242

`);
});

it("prints numbers that have no name, and other versions", () => {
  const bytes = fromHex("03c800c8020000000000000000000000");
  expect(
    kdebug(decode(bytes, recordedDialect), recordedDialect),
  ).toBe(`sadb_msg{ version=3 type=200 errno=0 satype=200
  len=2 reserved=0 seq=0 pid=0

`);
});

it("reads the length in the dialect's byte order", () => {
  const big = inByteOrder(linux, "big");
  const bytes = encode(request("add", "esp", [{ kind: "natTSourcePort", port: 4500, reserved: 0 }]), big);
  expect(kdebug(decode(bytes, big), big)).toBe(`${header}  len=3 reserved=0 seq=0 pid=0
sadb_ext{ len=1 type=21 }
sadb_x_nat_t_port{ port=4500 }

`);
});

const extensions: [name: string, OutgoingExtension, text: string][] = [
  [
    "sa",
    sample.sa({ spi: 0xc8cac029, replay: 32, authentication: 3, encryption: 12, flags: 0x80000040 }),
    `sadb_ext{ len=2 type=1 }
sadb_sa{ spi=3368730665 replay=32 state=1
  auth=3 encrypt=12 flags=0x80000040 }`,
  ],
  [
    "lifetime, of 64 bits the lower 32",
    sample.lifetime("lifetimeHard", {
      allocations: 7,
      bytes: 0x100000002n,
      addTime: 3600n,
      useTime: 0xffffffffn,
    }),
    `sadb_ext{ len=4 type=3 }
sadb_lifetime{ alloc=7, bytes=2
  addtime=3600, usetime=4294967295 }`,
  ],
  [
    "IPv4 address",
    source(inet(1, 500), { protocol: 6, prefixLength: 24 }),
    `sadb_ext{ len=3 type=5 }
sadb_address{ proto=6 prefixlen=24 reserved=0x0000 }
sockaddr{ len=16 family=2 port=500
 0a000001  }`,
  ],
  [
    "IPv6 address",
    destination({ ...inet6(sample.linkLocal, 2, 500), flowInfo: 0xabc } as never),
    `sadb_ext{ len=5 type=6 }
sadb_address{ proto=0 prefixlen=128 reserved=0x0000 }
sockaddr{ len=28 family=10 port=500
  flowinfo=0x00000abc, scope_id=0x00000002
 fe800000 00000000 00000000 00000001  }`,
  ],
  [
    "address of another family",
    source({ family: 9, data: new Uint8Array(14) }, { kind: "addressProxy" }),
    `sadb_ext{ len=3 type=7 }
sadb_address{ proto=0 prefixlen=32 reserved=0x0000 }
sockaddr{ len=16 family=9 port=0
  }`,
  ],
  [
    "original address",
    source(inet(9), { kind: "natTOriginalAddress" }),
    `sadb_ext{ len=3 type=23 }
sadb_address{ proto=0 prefixlen=32 reserved=0x0000 }
sockaddr{ len=16 family=2 port=0
 0a000009  }`,
  ],
  [
    "key: its own bytes, where the original printed others",
    { kind: "keyAuthentication", ...sample.countingKey(20) },
    `sadb_ext{ len=4 type=8 }
sadb_key{ bits=160 reserved=0
  key= 01020304 05060708 090a0b0c 0d0e0f10 11121314 }`,
  ],
  [
    "key of no bits",
    { kind: "keyEncryption", ...sample.countingKey(0) },
    `sadb_ext{ len=1 type=9 }
sadb_key{ bits=0 reserved=0
  key= }`,
  ],
  [
    "key of more than 32 bytes",
    { kind: "keyAuthentication", ...sample.countingKey(36) },
    `sadb_ext{ len=6 type=8 }
sadb_key{ bits=288 reserved=0
  key= 01020304 05060708 090a0b0c 0d0e0f10 11121314 15161718 191a1b1c 1d1e1f20
 21222324 }`,
  ],
  [
    "identity",
    {
      kind: "identitySource",
      identityType: 2,
      reserved: 0,
      id: 18446744073709551615n,
      data: text("gw.example.\0hidden"),
    },
    `sadb_ext{ len=5 type=10 }
sadb_ident_src{ type=2 id=18446744073709551615
  str="gw.example." }`,
  ],
  [
    "identity with bytes that do not print",
    { kind: "identityDestination", identityType: 3, reserved: 0, id: 0n, data: text("a\tb\x7f\xe9\0\0\0") },
    `sadb_ext{ len=3 type=11 }
sadb_ident_dst{ type=3 id=0
  str="a\\011b\\177\\351" }`,
  ],
  [
    "identity of a number only",
    { kind: "identitySource", identityType: 1, reserved: 0, id: 5n, data: new Uint8Array(0) },
    `sadb_ext{ len=2 type=10 }
sadb_ident_src{ type=1 id=5 }`,
  ],
  [
    "sensitivity",
    {
      kind: "sensitivity",
      dpd: 1,
      sensitivityLevel: 1,
      integrityLevel: 1,
      reserved: 0,
      sensitivityBitmap: [],
      integrityBitmap: [],
    },
    "sadb_ext{ len=2 type=12 }",
  ],
  ["SPI range", { kind: "spiRange", min: 256, max: 511, reserved: 0 }, "sadb_ext{ len=2 type=16 }"],
  ["private to key management", { kind: "kmPrivate", reserved: 0 }, "sadb_ext{ len=1 type=17 }"],
  [
    "empty proposal",
    { kind: "proposal", replay: 32, reserved: 0, combinations: [] },
    "sadb_ext{ len=1 type=13 }\nsadb_prop{ replay=32\n}",
  ],
  [
    "proposal",
    {
      kind: "proposal",
      replay: 32,
      reserved: 0,
      combinations: [
        {
          authentication: 3,
          encryption: 12,
          flags: 1,
          authenticationMinBits: 160,
          authenticationMaxBits: 161,
          encryptionMinBits: 128,
          encryptionMaxBits: 256,
          reserved: 2,
          softAllocations: 10,
          hardAllocations: 11,
          softBytes: 12n,
          hardBytes: 18446744073709551615n,
          softAddTime: 13n,
          hardAddTime: 14n,
          softUseTime: 15n,
          hardUseTime: 16n,
        },
      ],
    },
    `sadb_ext{ len=10 type=13 }
sadb_prop{ replay=32
sadb_comb{ auth=3 encrypt=12 flags=0x0001 reserved=0x00000002
  auth_minbits=160 auth_maxbits=161 encrypt_minbits=128 encrypt_maxbits=256
  soft_alloc=10 hard_alloc=11 soft_bytes=12 hard_bytes=18446744073709551615
  soft_alloc=13 hard_alloc=14 soft_bytes=15 hard_bytes=16 }
}`,
  ],
  [
    "supported algorithms",
    {
      kind: "supportedEncryption",
      reserved: 0,
      algorithms: [
        { id: 11, ivLength: 0, minBits: 0, maxBits: 0, reserved: 0 },
        { id: 12, ivLength: 8, minBits: 128, maxBits: 256, reserved: 0 },
      ],
    },
    `sadb_ext{ len=3 type=15 }
sadb_sup{
  { id=11 ivlen=0 min=0 max=0 }
  { id=12 ivlen=8 min=128 max=256 }
}`,
  ],
  [
    "policy",
    sample.policy({
      policyType: 2,
      direction: 1,
      id: 0x68,
      priority: 2344,
      requests: [
        sample.ipsecRequest({
          protocol: 108,
          mode: 2,
          level: 1,
          reqid: 16386,
          source: inet(1),
          destination: inet(2),
        }),
        sample.ipsecRequest({ level: 3, reqid: 16385 }),
      ],
    }),
    `sadb_ext{ len=10 type=18 }
sadb_x_policy{ type=2 dir=1 id=68 priority=2344 }
 { len=48 proto=108 mode=2 level=1 reqid=16386
sockaddr{ len=16 family=2 port=0
 0a000001  }
sockaddr{ len=16 family=2 port=0
 0a000002  }
 }
 { len=16 proto=50 mode=1 level=3 reqid=16385
 }`,
  ],
  [
    "sa2",
    sample.sa2({ mode: 2, reqid: 9, reserved1: 1, reserved2: 2, sequence: 3 }),
    `sadb_ext{ len=2 type=19 }
sadb_x_sa2{ mode=2 reqid=9
  reserved1=1 reserved2=2 sequence=3 }`,
  ],
  [
    "NAT-T type",
    { kind: "natTType", natTType: 2, reserved: 0 },
    "sadb_ext{ len=1 type=20 }\nsadb_x_nat_t_type{ type=2 }",
  ],
  [
    "NAT-T port",
    { kind: "natTDestinationPort", port: 30000, reserved: 0 },
    "sadb_ext{ len=1 type=22 }\nsadb_x_nat_t_port{ port=30000 }",
  ],
  [
    "security context, where the original stopped",
    sample.securityContext("system_u:object_r:t:s0"),
    `sadb_ext{ len=4 type=24 }
sadb_x_sec_ctx{ alg=1 doi=2 len=23
  str="system_u:object_r:t:s0" }`,
  ],
  [
    "addresses of key management",
    { kind: "kmAddress", reserved: 0, local: inet(1), remote: inet(2) },
    `sadb_ext{ len=5 type=25 }
sadb_x_kmaddress{ reserved=0x00000000 }
sockaddr{ len=16 family=2 port=0
 0a000001  }
sockaddr{ len=16 family=2 port=0
 0a000002  }`,
  ],
  [
    "filter, where the original stopped",
    {
      kind: "filter",
      source: Uint8Array.of(10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
      destination: new Uint8Array(16),
      family: 2,
      sourcePrefixLength: 32,
      destinationPrefixLength: 0,
    },
    `sadb_ext{ len=5 type=26 }
sadb_x_filter{ family=2 splen=32 dplen=0
  saddr= 0a000001 00000000 00000000 00000000
  daddr= 00000000 00000000 00000000 00000000 }`,
  ],
  [
    "unknown",
    sample.unknownExtension,
    "sadb_ext{ len=1 type=99 }\nkdebug_sadb: invalid ext_type 99 was passed.",
  ],
];

function text(chars: string): Uint8Array {
  return Uint8Array.from(chars, (char) => char.charCodeAt(0));
}

describe("an extension", () => {
  it.each(extensions)("%s", (_name, extension, lines) => {
    expect(extensionLines([extension])).toBe(lines);
  });

  it("does not end the message where it is unknown", () => {
    const port: OutgoingExtension = { kind: "natTSourcePort", port: 4500, reserved: 0 };
    expect(extensionLines([sample.unknownExtension, port])).toBe(`sadb_ext{ len=1 type=99 }
kdebug_sadb: invalid ext_type 99 was passed.
sadb_ext{ len=1 type=21 }
sadb_x_nat_t_port{ port=4500 }`);
  });

  it("shows reserved bytes as they lie", () => {
    const bytes = fromHex("020300030500000000000000000000000300050006200102020000000a0000010000000000000000");
    expect(kdebug(decode(bytes, recordedDialect), recordedDialect)).toContain(
      "sadb_address{ proto=6 prefixlen=32 reserved=0x0102 }\n",
    );
  });
});

const malformed: [name: string, hex: string, text: string][] = [
  ["nothing", "", "kdebug_sadb: message of 0 bytes was passed.\n\n"],
  ["half a header", "0203000302000000", "kdebug_sadb: message of 8 bytes was passed.\n\n"],
  [
    "an extension of length 0",
    "020300030300000000000000000000000000010000000000",
    `${header}  len=3 reserved=0 seq=0 pid=0
sadb_ext{ len=0 type=1 }
kdebug_sadb: invalid ext_len=0 was passed.

`,
  ],
  [
    "an extension past the end",
    "020300030300000000000000000000000200010000000301",
    `${header}  len=3 reserved=0 seq=0 pid=0
sadb_ext{ len=2 type=1 }
kdebug_sadb: ext_len exceeds end of buffer.

`,
  ],
  [
    "an SA of 8 bytes",
    "020300030300000000000000000000000100010000000301",
    `${header}  len=3 reserved=0 seq=0 pid=0
sadb_ext{ len=1 type=1 }
kdebug_sadb: malformed ext_type 1 was passed.

`,
  ],
  [
    "a key of more bits than it has bytes",
    "020300030400000000000000000000000200080000010000deadbeefdeadbeef",
    `${header}  len=4 reserved=0 seq=0 pid=0
sadb_ext{ len=2 type=8 }
kdebug_sadb: malformed ext_type 8 was passed.

`,
  ],
  [
    "an extension of type 0",
    "020300030300000000000000000000000100000000000000",
    `${header}  len=3 reserved=0 seq=0 pid=0
sadb_ext{ len=1 type=0 }
kdebug_sadb: invalid ext_type 0 was passed.

`,
  ],
  [
    "an extension twice",
    "0203000304000000000000000000000001001500119400000100150011940000",
    `${header}  len=4 reserved=0 seq=0 pid=0
sadb_ext{ len=1 type=21 }
sadb_x_nat_t_port{ port=4500 }
sadb_ext{ len=1 type=21 }
sadb_x_nat_t_port{ port=4500 }

`,
  ],
  [
    "a policy whose request is too short",
    "020300030600000000000000000000000400120002000200010000000000000008003200010200000000000000000000",
    `${header}  len=6 reserved=0 seq=0 pid=0
sadb_ext{ len=4 type=18 }
sadb_x_policy{ type=2 dir=2 id=1 priority=0 }
kdebug_sadb: malformed ext_type 18 was passed.

`,
  ],
  [
    "fewer bytes than stated",
    "02030003040000000000000000000000",
    `${header}  len=4 reserved=0 seq=0 pid=0
kdebug_sadb: len is not that of the buffer.

`,
  ],
  [
    "more bytes than stated",
    "0203000302000000000000000000000000000000",
    `${header}  len=2 reserved=0 seq=0 pid=0
kdebug_sadb: len is not that of the buffer.

`,
  ],
  [
    "a length below the header's",
    "02030003010000000000000000000000",
    `${header}  len=1 reserved=0 seq=0 pid=0
kdebug_sadb: len is not that of the buffer.

`,
  ],
];

describe("a malformed message", () => {
  it.each(malformed)("%s", (_name, hex, expected) => {
    expect(kdebug(decode(fromHex(hex), recordedDialect), recordedDialect)).toBe(expected);
  });

  it("takes time in proportion to its length, however much is wrong with it", () => {
    const count = 60_000;
    const bytes = new Uint8Array(16 + count * 8);
    bytes.set(fromHex("0203000362ea00000000000000000000"));
    for (let at = 16; at < bytes.length; at += 8) bytes.set(fromHex("0100010000000000"), at);
    const lines = kdebug(decode(bytes, recordedDialect), recordedDialect).split("\n");
    expect(lines.filter((line) => line === "kdebug_sadb: malformed ext_type 1 was passed.").length).toBe(
      count,
    );
  });
});
