import { parseCommand } from "@keysock/ipseckey-grammar";
import { decode, encode, type OutgoingMessage } from "@keysock/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CommandError } from "./command-error.ts";
import { compile } from "./compile.ts";
import { littleIllumos, littleLinux, requestsOf } from "./testing/compiling.ts";
import { linuxSa } from "./testing/linux-sa.ts";
import { recordingHost } from "./testing/recordings.ts";

const number = fc.oneof(
  fc.bigInt(0n, 300n).map(String),
  fc.bigInt(0n, (1n << 32n) - 1n).map((value) => `0x${value.toString(16)}`),
  fc.constantFrom("-1", "0", "18446744073709551615", "x"),
);
const address = fc.constantFrom(
  ...[
    "192.0.2.1",
    "192.0.2.2",
    "2001:db8::1",
    "::",
    "fe80::1",
    "me.domain.com",
    "multi.example",
    "dual.example",
  ],
  ...["two6.example", "nosuch.example", "224.0.0.1", "::ffff:192.0.2.1"],
);
const prefixed = fc
  .tuple(address, fc.constantFrom("", "/0", "/8", "/24", "/32", "/128", "/200"))
  .map((pair) => pair.join(""));
const hex = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("hex"));
const key = fc.tuple(hex, fc.constantFrom("", "/3", "/12", "/64", "/0")).map((pair) => pair.join(""));
const word = fc.constantFrom("a", "user@example.com", "spi", "dst", "fqdn", '"with blanks"');
const numbers = fc.constantFrom(
  ...[
    "spi",
    "pair-spi",
    "replay",
    "soft_alloc",
    "hard_alloc",
    "soft_bytes",
    "hard_bytes",
    "soft_addtime",
    "hard_addtime",
  ],
  ...[
    "soft_usetime",
    "hard_usetime",
    "idle_addtime",
    "idle_usetime",
    "sport",
    "dport",
    "isport",
    "idport",
    "nat_lport",
  ],
  ...["nat_rport", "proto", "iproto", "reserved_bits", "replay_value"],
);
const attribute = fc
  .oneof(
    fc.tuple(numbers, number),
    fc.tuple(fc.constantFrom("src", "dst", "src6", "dst6", "nat_loc", "nat_rem"), address),
    fc.tuple(fc.constantFrom("isrc", "idst", "proxy", "isrc6"), prefixed),
    fc.tuple(fc.constantFrom("authkey", "encrkey"), key),
    fc.tuple(
      fc.constantFrom("authalg", "encralg"),
      fc.constantFrom("md5", "sha256", "des", "3des", "aes", "aes-gcm", "null", "any", "99"),
    ),
    fc.tuple(fc.constantFrom("srcidtype", "dstidtype"), fc.constantFrom("fqdn", "prefix", "7"), word),
    fc.tuple(
      fc.constantFrom(
        "inbound",
        "outbound",
        "encap udp",
        "state mature",
        "state 2",
        "label x",
        "bogus",
        "flags 1",
      ),
    ),
  )
  .map((words) => words.join(" "));

/** Commands that begin well, so that many of them come through. */
const command = fc
  .tuple(
    fc.constantFrom(
      "add esp spi 0x100 dst 192.0.2.2 encralg aes encrkey 00112233445566778899aabbccddeeff",
      "add ah spi 0x100 dst dual.example authalg md5 authkey 1234567890abcdef1234567890abcdef",
      ...[
        "update esp spi 0x100 dst 192.0.2.2",
        "update-pair ah spi 1 dst 2001:db8::2",
        "delete esp spi 1",
        "get ah",
        "add esp",
      ],
    ),
    fc.array(attribute, { maxLength: 5 }),
  )
  .map(([start, attributes]) => [start, ...attributes].join(" "));

/** As it was sent: number and length of an extension are the dialect's. */
const bare = ({ extensions, ...header }: OutgoingMessage): OutgoingMessage => ({
  ...header,
  extensions: extensions.map(({ type, length, ...rest }) => rest as OutgoingMessage["extensions"][number]),
});

describe("any command", () => {
  for (const face of ["default", "illumos"] as const) {
    for (const dialect of [littleIllumos, littleLinux]) {
      it(`compiles for ${dialect.name} in the ${face} face to messages that are read back as they are, or is refused`, () => {
        fc.assert(
          fc.property(command, fc.boolean(), (text, numericOnly) => {
            const parsed = parseCommand(text, face === "illumos" ? { compat: face } : {})!;
            try {
              const compiled = compile(parsed, { host: recordingHost, dialect, face, numericOnly });
              for (const request of requestsOf(compiled.command, () => [linuxSa()])) {
                const bytes = encode(request, dialect);
                const { message, problems } = decode(bytes, dialect);
                expect(encode(message, dialect)).toEqual(bytes);
                // Illumos's face sends keys that are shorter than they say.
                if (face === "illumos" && request.extensions.some(({ kind }) => kind === "raw")) continue;
                expect(problems).toEqual([]);
                expect(bare(message)).toEqual(bare(request));
              }
            } catch (error) {
              if (!(error instanceof CommandError)) throw error;
              expect(error.problems.length).toBeGreaterThan(0);
            }
          }),
          { numRuns: 300 },
        );
      });
    }
  }
});
