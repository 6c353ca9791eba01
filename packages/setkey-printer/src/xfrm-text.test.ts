import { test } from "@fast-check/vitest";
import {
  decode,
  encode,
  inByteOrder,
  linuxXfrm,
  type OutgoingExtension,
  request,
  type XfrmExtension,
} from "@keysock/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kdebug } from "./kdebug.ts";
import { saEntry } from "./sa-entry.ts";
import { spEntry } from "./sp-entry.ts";
import * as sample from "./testing/sample.ts";

const { sa, sa2, source, destination, inet, countingKey, policy, ipsecRequest } = sample;
const host = sample.hostAt();
const little = inByteOrder(linuxXfrm, "little");

type Beyond = Partial<XfrmExtension>;
const reply = (
  type: "dump" | "spddump",
  saType: "esp" | "ah" | "ipcomp" | "unspec",
  extensions: OutgoingExtension[],
) => decode(encode(request(type, saType, extensions), little), little);
const withXfrm = (beyond: Beyond | undefined): OutgoingExtension[] =>
  beyond === undefined ? [] : [{ kind: "xfrm", ...beyond }];

const addresses = [source(inet(1)), destination(inet(2))];
const ip = (...bytes: number[]) => Uint8Array.from(bytes);

const selector = {
  source: ip(10, 0, 0, 0),
  destination: ip(10, 1, 0, 0),
  sourcePrefixLength: 8,
  destinationPrefixLength: 16,
  sourcePort: 0,
  sourcePortMask: 0,
  destinationPort: 0,
  destinationPortMask: 0,
  protocol: 0,
  interfaceIndex: 0,
  user: 0,
};
const port = (number: number, mask = 0xffff) => ({ sourcePort: number, sourcePortMask: mask });
const toPort = (number: number) => ({ destinationPort: number, destinationPortMask: 0xffff });

const entry = (beyond?: Beyond, numbers: Parameters<typeof sa>[0] = {}) =>
  saEntry(
    reply("dump", "esp", [
      sa(numbers),
      ...addresses,
      { kind: "keyEncryption", ...countingKey(4) },
      { kind: "keyAuthentication", ...countingKey(4) },
      sa2(),
      ...withXfrm(beyond),
    ]),
    { host },
  );
const plain = entry();

describe("the lines of an SA that PF_KEY never has", () => {
  // biome-ignore format: one row a line
  const rows: [beyond: Beyond, ...lines: string[]][] = [
    [{}],
    [{ mark: { value: 7, mask: 0xff } },                     "mark=0x00000007/0x000000ff"],
    [{ outputMark: { value: 0xffffffff, mask: 0 } },         "output-mark=0xffffffff/0x00000000"],
    [{ ifId: 42 },                                           "if_id=42(0x0000002a)"],
    [{ direction: "in" },                                    "dir=in"],
    [{ offload: { interfaceIndex: 2, flags: 6 } },           "hwif=eth0 in packet"],
    [{ offload: { interfaceIndex: 9, flags: 0x11 } },        "hwif=9 ipv6 0x10"],
    [{ flags: 0x80 },                                        "xfrm-flags=esn"],
    [{ flags: 0xf8 },                                        "xfrm-flags=wildrecv,icmp,af-unspec,align4,esn"],
    [{ flags: 0 },                                           "xfrm-flags=0"],
    [{ flags: 0x80000000 },                                  "xfrm-flags=0x80000000"],
    [{ extraFlags: 3 },                                      "extra-flags=dont-encap-dscp,oseq-may-wrap"],
    [{ selector },                                           "sel=10.0.0.0/8[any] 10.1.0.0/16[any] any"],
    [{ selector: { ...selector, protocol: 6, ...port(23) } }, "sel=10.0.0.0/8[23] 10.1.0.0/16[any] tcp"],
    [{ selector: { ...selector, protocol: 6, ...port(16, 0xfff0) } }, "sel=10.0.0.0/8[16/0xfff0] 10.1.0.0/16[any] tcp"],
    [{ selector: { ...selector, protocol: 6, ...port(16, 0) } }, "sel=10.0.0.0/8[16/0x0] 10.1.0.0/16[any] tcp"],
    [{ selector: { ...selector, protocol: 1 } },             "sel=10.0.0.0/8 10.1.0.0/16 icmp"],
    [{ selector: { ...selector, protocol: 1, ...port(8) } }, "sel=10.0.0.0/8 10.1.0.0/16 icmp 8"],
    [{ selector: { ...selector, protocol: 1, ...port(8), ...toPort(0) } }, "sel=10.0.0.0/8 10.1.0.0/16 icmp 8,0"],
    [{ selector: { ...selector, protocol: 1, ...toPort(4) } }, "sel=10.0.0.0/8 10.1.0.0/16 icmp any,4"],
    [{ selector: { ...selector, protocol: 47, ...port(258), ...toPort(772) } }, "sel=10.0.0.0/8 10.1.0.0/16 gre 16909060"],
    [{ selector: { ...selector, protocol: 47, ...toPort(5) } }, "sel=10.0.0.0/8 10.1.0.0/16 gre 5"],
    [{ selector: { ...selector, protocol: 47, ...port(0), ...toPort(5) } }, "sel=10.0.0.0/8 10.1.0.0/16 gre 0,5"],
    [{ selector: { ...selector, protocol: 200, sourcePrefixLength: 32, interfaceIndex: 2, user: 1000 } }, "sel=10.0.0.0[any] 10.1.0.0/16[any] 200 dev=eth0 user=1000"],
    [{ selector: { ...selector, source: ip(), destination: ip(), interfaceIndex: 9 } }, "sel=any[any] any[any] any dev=9"],
    [{ tfcPad: 1200 },                                       "tfcpad=1200(bytes)"],
    [{ natKeepalive: 20 },                                   "nat-keepalive=20(s)"],
    [{ cpu: 3 },                                             "cpu=3"],
    [{ encapOriginal: ip(192, 0, 2, 9) },                    "NAT OA=192.0.2.9"],
    [{ other: [{ type: 15, bytes: ip(1, 2, 3, 4, 5) }, { type: 60, bytes: ip() }] }, "xfrma=15 01020304 05", "xfrma=60"],
    [
      { other: [{ type: 15, bytes: ip(0) }], ifId: 1, mark: { value: 1, mask: 1 } },
      "mark=0x00000001/0x00000001",
      "if_id=1(0x00000001)",
      "xfrma=15 00",
    ],
  ];
  it.each(rows)("%j", (beyond, ...lines) => {
    const last = "\tsadb_seq=0 pid=0 refcnt=0\n";
    expect(entry(beyond)).toBe(plain.replace(last, lines.map((line) => `\t${line}\n`).join("") + last));
  });
});

describe("what an SA says in its own lines", () => {
  // biome-ignore format: one row a line
  const rows: [beyond: Beyond, numbers: Parameters<typeof sa>[0], before: string, after: string][] = [
    [{ replayWindow: 4096 },                                            { replay: 32 },        "replay=0 ",  "replay=4096 "],
    [{ mode: 2 },                                                       {},                    "mode=transport", "mode=ro"],
    [{ mode: 3 },                                                       {},                    "mode=transport", "mode=in_trigger"],
    [{ mode: 5 },                                                       {},                    "mode=transport", "mode=iptfs"],
    [{ mode: 9 },                                                       {},                    "mode=transport", "mode=9"],
    [{},                                                                { encryption: 18 },    "E: null",    "E: aes-gcm-8"],
    [{},                                                                { encryption: 16 },    "E: null",    "E: aes-ccm-16"],
    [{},                                                                { encryption: 23 },    "E: null",    "E: aes-gmac"],
    [{ aead: { name: "rfc7539esp(chacha20,poly1305)", icvBits: 128 } }, { encryption: 0 },     "E: null",    "E: chacha20-poly1305"],
    [{ aead: { name: "rfc4106(gcm(aes))", icvBits: 32 } },              { encryption: 0 },     "E: null",    "E: rfc4106(gcm(aes))/32"],
    [{ encryption: { name: "cbc(aria)" } },                             { encryption: 0 },     "E: null",    "E: cbc(aria)"],
    [{ encryption: { name: "cbc(aes)" } },                              { encryption: 0 },     "E: null",    "E: aes-cbc"],
    [{ encryption: { name: "rfc4106(gcm(aes))" } },                     { encryption: 0 },     "E: null",    "E: rfc4106(gcm(aes))"],
    [{ encryption: { name: "a\nb\xff" } },                              { encryption: 0 },     "E: null",    "E: a\\012b\\377"],
    [{ authentication: { name: "hmac(sha256)", truncationBits: 128 } }, { authentication: 5 }, "A: none",    "A: hmac-sha256-128"],
    [{ authentication: { name: "cmac(aes)", truncationBits: 96 } },     {},                    "A: none",    "A: aes-cmac"],
    [{ authentication: { name: "hmac(sha1)", truncationBits: 160 } },   { authentication: 3 }, "A: none",    "A: hmac(sha1)/160"],
    [{ authentication: { name: "hmac(sm3)", truncationBits: 128 } },    {},                    "A: none",    "A: hmac(sm3)/128"],
  ];
  it.each(rows)("%j", (beyond, numbers, before, after) => {
    expect(entry(beyond, numbers)).toBe(plain.replace(before, after));
  });

  it("compression by the kernel's name", () => {
    const of = (beyond?: Beyond) =>
      saEntry(reply("dump", "ipcomp", [sa({ encryption: 2 }), ...addresses, sa2(), ...withXfrm(beyond)]), {
        host,
      });
    expect(of({ compression: { name: "lzo" } })).toBe(of().replace("C: deflate", "C: lzo"));
  });
});

const template = {
  mode: 0,
  share: 0,
  spi: 0,
  authenticationAlgorithms: 0xffffffff,
  encryptionAlgorithms: 0xffffffff,
  compressionAlgorithms: 0xffffffff,
  source: ip(),
  destination: ip(),
};

describe("the lines of a policy that PF_KEY never has", () => {
  const of = (beyond?: Beyond, mode = 1) =>
    spEntry(
      reply("spddump", "unspec", [
        source(inet(1), { protocol: 255 }),
        destination(inet(2), { protocol: 255 }),
        policy({ policyType: 2, requests: [ipsecRequest({ mode }), ipsecRequest({ protocol: 51 })] }),
        ...withXfrm(beyond),
      ]),
      { host, wildcard: "any" },
    );

  // biome-ignore format: one row a line
  const rows: [beyond: Beyond, ...lines: string[]][] = [
    [{ mark: { value: 7, mask: 0xff }, ifId: 3 },  "mark=0x00000007/0x000000ff", "if_id=3(0x00000003)"],
    [{ policyType: 1, policyFlags: 7, share: 3 },  "ptype=sub", "policy-flags=localok,icmp,cpu-acquire", "share=unique"],
    [{ selector: { ...selector, user: 5 } },       "sel=10.0.0.0/8[any] 10.1.0.0/16[any] any user=5"],
    [{ templates: [template, template] }],
    [
      {
        templates: [
          template,
          { ...template, share: 1, spi: 256, authenticationAlgorithms: 1, encryptionAlgorithms: 2, compressionAlgorithms: 3, source: ip(10, 0, 0, 1), destination: ip(10, 0, 0, 2) },
        ],
      },
      "tmpl=2 share=session spi=256(0x00000100) aalgos=0x00000001 ealgos=0x00000002 calgos=0x00000003 10.0.0.1-10.0.0.2",
    ],
  ];
  it.each(rows)("%j", (beyond, ...lines) => {
    const last = "\tspid=";
    expect(of(beyond)).toBe(of().replace(last, lines.map((line) => `\t${line}\n`).join("") + last));
  });

  // biome-ignore format: one row a line
  it.each([
    [0, 2, "ro"],
    [0, 3, "in_trigger"],
    [0, 5, "iptfs"],
    [3, 4, "beet"],
    [2, 1, "tunnel"],
  ])("a request of mode %d that is %d in XFRM is %s", (mode, xfrmMode, word) => {
    expect(of({ templates: [{ ...template, mode: xfrmMode }, template] }, mode)).toBe(
      of().replace("esp/transport", `esp/${word}`),
    );
  });
});

it("kdebug shows all of it", () => {
  const beyond: Beyond = {
    authentication: { name: "hmac(sha256)", truncationBits: 128 },
    replayWindow: 64,
    mark: { value: 7, mask: 0xff },
    offload: { interfaceIndex: 2, flags: 2 },
  };
  const text = kdebug(reply("dump", "esp", withXfrm(beyond)));
  expect(text).toBe(
    "sadb_msg{ version=2 type=10 errno=0 satype=3\n  len=9 reserved=0 seq=0 pid=0\n" +
      "sadb_ext{ len=7 type=65368 }\n" +
      "sadb_x_xfrm{ auth=hmac-sha256-128\n  replay=64\n  mark=0x00000007/0x000000ff\n  hwif=2 in }\n\n",
  );
});

const rich = encode(
  request("dump", "esp", [
    sa(),
    ...addresses,
    sa2(),
    policy({ policyType: 2, requests: [ipsecRequest()] }),
    {
      kind: "xfrm",
      authentication: { name: "cmac(aes)", truncationBits: 96 },
      encryption: { name: "cbc(aes)" },
      mode: 5,
      mark: { value: 1, mask: 2 },
      flags: 0x80,
      offload: { interfaceIndex: 2, flags: 7 },
      selector,
      encapOriginal: ip(1, 2, 3, 4),
      policyType: 1,
      policyFlags: 1,
      share: 1,
      templates: [template],
      other: [{ type: 60, bytes: ip(1) }],
    },
  ]),
  little,
);

test.prop([fc.array(fc.tuple(fc.nat(rich.length - 1), fc.nat(255)), { maxLength: 4 })], { numRuns: 300 })(
  "prints lines of plain text, whatever the bytes",
  (changes) => {
    const bytes = rich.slice();
    for (const [at, byte] of changes) bytes[at] = byte;
    const decoded = decode(bytes, little);
    for (const text of [
      saEntry(decoded, { host }),
      spEntry(decoded, { host, wildcard: "any" }),
      kdebug(decoded),
    ]) {
      expect(text).toMatch(/^[\t\n\x20-\x7e]*\n$/);
      expect(text).not.toMatch(/undefined|NaN|null\)|\[object/);
    }
  },
);
