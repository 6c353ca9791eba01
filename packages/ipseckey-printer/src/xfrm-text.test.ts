import { test } from "@fast-check/vitest";
import {
  decode,
  encode,
  inByteOrder,
  linuxXfrm,
  type OutgoingExtension,
  request,
  type SaExtension,
  type XfrmExtension,
} from "@keysock/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageText } from "./message-text.ts";
import { linesOf, sa, sampleHost } from "./testing/sample.ts";

const dialect = inByteOrder(linuxXfrm, "little");
const ip = (...bytes: number[]) => Uint8Array.from(bytes);
const lines = (extensions: readonly OutgoingExtension[], saType: "esp" | "ipcomp" = "esp") =>
  linesOf(extensions, { dialect }, { saType });

const selector = {
  source: ip(10, 0, 0, 0),
  destination: ip(10, 1, 0, 0),
  sourcePrefixLength: 8,
  destinationPrefixLength: 16,
  sourcePort: 23,
  sourcePortMask: 0xffff,
  destinationPort: 0,
  destinationPortMask: 0,
  protocol: 6,
  interfaceIndex: 3,
  user: 1000,
};
const template = {
  mode: 5,
  share: 3,
  spi: 256,
  authenticationAlgorithms: 0xffffffff,
  encryptionAlgorithms: 2,
  compressionAlgorithms: 0xffffffff,
  source: ip(10, 0, 0, 1),
  destination: ip(10, 0, 0, 2),
};

describe("what XFRM says beyond PF_KEY", () => {
  // biome-ignore format: one row a line
  const rows: [beyond: Partial<XfrmExtension>, ...lines: string[]][] = [
    [{}],
    [{ mode: 5 },                                   "Mode iptfs"],
    [{ mode: 9 },                                   "Mode <unknown 9>"],
    [{ mark: { value: 7, mask: 255 } },             "Mark 0x7, mask=0xff"],
    [{ outputMark: { value: 7, mask: 255 } },       "Output mark 0x7, mask=0xff"],
    [{ ifId: 42 },                                  "Interface id=42"],
    [{ flags: 0x180 },                              "flags=0x180 < ESN >"],
    [{ extraFlags: 3 },                             "extra flags=0x3 < DONTENCAPDSCP OSEQMAYWRAP >"],
    [{ direction: "out" },                          "Direction out"],
    [{ offload: { interfaceIndex: 3, flags: 6 } },  "Hardware offload to 3, flags=0x6 < INBOUND PACKET >"],
    [{ selector },                                  "Selector proto=6, interface=3, uid=1000", " From 10.0.0.0/8, port 23/0xffff", " To 10.1.0.0/16, port 0/0x0"],
    [{ selector: { ...selector, source: ip(), destination: ip(), interfaceIndex: 0 } }, "Selector proto=6, interface=any, uid=1000", " From any/8, port 23/0xffff", " To any/16, port 0/0x0"],
    [{ tfcPad: 1200, natKeepalive: 20, cpu: 3 },    "Padded to 1200 bytes", "NAT-T keepalive every 20 seconds", "CPU 3"],
    [{ encapOriginal: ip(192, 0, 2, 9) },           "NAT-T original address 192.0.2.9"],
    [{ policyType: 1, policyFlags: 1, share: 3 },   "Policy type sub", "policy flags=0x1 < LOCALOK >", "Share unique"],
    [{ policyType: 2, share: 9 },                   "Policy type 2", "Share <unknown 9>"],
    [{ templates: [template, { ...template, source: ip(), destination: ip() }] },
      "Transform #1 mode iptfs, share=3, spi=0x100, algorithms=0xffffffff/0x2/0xffffffff, 10.0.0.1 to 10.0.0.2",
      "Transform #2 mode iptfs, share=3, spi=0x100, algorithms=0xffffffff/0x2/0xffffffff",
    ],
    [{ other: [{ type: 15, bytes: ip(1, 2) }] },    "Unknown attribute 15, 2 bytes: 0102"],
    [{ authentication: { name: "cmac(aes)", truncationBits: 96 }, replayWindow: 64 }, "Authentication algorithm = aes-cmac", "replay window size=64"],
  ];
  it.each(rows)("%j", (beyond, ...expected) => {
    expect(lines([{ kind: "xfrm", ...beyond }])).toEqual([...expected.map((line) => `XFR: ${line}`), ""]);
  });
});

describe("what the lines of the SA say instead of PF_KEY's numbers", () => {
  // biome-ignore format: one row a line
  const rows: [beyond: Partial<XfrmExtension>, numbers: Partial<SaExtension>, ...lines: string[]][] = [
    [{},                                                                { encryption: 20 },    "SA: Encryption algorithm = aes-gcm"],
    [{ aead: { name: "rfc7539esp(chacha20,poly1305)", icvBits: 128 } }, {},                    "SA: Encryption algorithm = chacha20-poly1305"],
    [{ aead: { name: "rfc4106(gcm(aes))", icvBits: 32 } },              {},                    "SA: Encryption algorithm = rfc4106(gcm(aes)), ICV of 32 bits"],
    [{ encryption: { name: "cbc(aria)" } },                             {},                    "SA: Encryption algorithm = cbc(aria)"],
    [{ encryption: { name: "rfc4106(gcm(aes))" } },                     {},                    "SA: Encryption algorithm = rfc4106(gcm(aes))"],
    [{ encryption: { name: "a\nb" } },                                  {},                    "SA: Encryption algorithm = a\\012b"],
    [{ authentication: { name: "hmac(sha256)", truncationBits: 128 } }, { authentication: 5 }, "SA: Authentication algorithm = hmac-sha256-128"],
    [{ authentication: { name: "hmac(sha1)", truncationBits: 160 } },   { authentication: 3 }, "SA: Authentication algorithm = hmac(sha1), ICV of 160 bits"],
  ];
  it.each(rows)("%j", (beyond, numbers, ...expected) => {
    expect(lines([sa(numbers), { kind: "xfrm", ...beyond }])).toEqual([
      "SA: SADB_ASSOC spi=0x100, replay window size=0, state=MATURE",
      ...expected,
      "SA: flags=0x0 < >",
      "",
    ]);
  });

  it("window and compression", () => {
    const named = { compression: { name: "lzo" }, replayWindow: 4096 };
    expect(lines([sa({ replay: 32, encryption: 2 }), { kind: "xfrm", ...named }], "ipcomp")).toEqual([
      "SA: SADB_ASSOC spi=0x100, replay window size=4096, state=MATURE",
      "SA: Compression algorithm = lzo",
      "SA: flags=0x0 < >",
      "",
    ]);
  });
});

const rich = encode(
  request("dump", "esp", [
    sa(),
    {
      kind: "xfrm",
      authentication: { name: "cmac(aes)", truncationBits: 96 },
      encryption: { name: "cbc(aes)" },
      mark: { value: 1, mask: 2 },
      flags: 0x80,
      offload: { interfaceIndex: 2, flags: 7 },
      selector,
      encapOriginal: ip(1, 2, 3, 4),
      templates: [template],
      other: [{ type: 60, bytes: ip(1) }],
    },
  ]),
  dialect,
);

test.prop([fc.array(fc.tuple(fc.nat(rich.length - 1), fc.nat(255)), { maxLength: 4 })], { numRuns: 300 })(
  "prints lines of plain text, whatever the bytes",
  (changes) => {
    const bytes = rich.slice();
    for (const [at, byte] of changes) bytes[at] = byte;
    const { text } = messageText(decode(bytes, dialect), { dialect, host: sampleHost });
    expect(text).toMatch(/^[\t\n\x20-\x7e]*\n$/);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  },
);
