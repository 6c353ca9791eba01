import { decodeStrict, encode, linux, type OutgoingMessage } from "@keysock/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StatementError } from "./statement-error.ts";
import { compileText, requestsOf } from "./testing/compiling.ts";

const word = (...words: string[]) => fc.constantFrom(...words);
const maybe = (text: fc.Arbitrary<string>) => fc.oneof(fc.constant(""), text);
/** Words in order, blanks between them. */
const line = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((words) => `${words.join(" ")};`);
const number = (max: number) => fc.nat(max).map(String);
const hexKey = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((key) => `0x${[...key].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);

const port = maybe(fc.oneof(number(65535), fc.constant("any")).map((text) => `[${text}]`));
const inet = fc.ipV4();
const inet6 = fc.ipV6().filter((text) => !/\d+\.\d+\.\d+\.\d+/.test(text));
const pair = (suffix: (bits: number) => fc.Arbitrary<string>) =>
  fc
    .oneof(fc.tuple(inet, suffix(32), inet, suffix(32)), fc.tuple(inet6, suffix(128), inet6, suffix(128)))
    .map(([source, first, destination, second]) => `${source}${first} ${destination}${second}`);

const ends = pair(() => port);
const ranges = pair((bits) =>
  fc.tuple(maybe(number(bits).map((length) => `/${length}`)), port).map((each) => each.join("")),
);
const spi = fc
  .integer({ min: 256, max: 0xffff_ffff })
  .map((value) => (value % 2 ? String(value) : `0x${value.toString(16)}`));

const option = fc.oneof(
  word(
    "-m transport",
    "-m tunnel",
    "-m any",
    "-f zero-pad",
    "-f random-pad",
    "-f seq-pad",
    "-f nocyclic-seq",
  ),
  number(32).map((size) => `-r ${size}`),
  number(0x7fff_ffff).map((reqid) => `-u ${reqid}`),
  fc.tuple(word("-lh", "-ls"), fc.bigInt(0n, 2n ** 63n - 1n)).map((each) => each.join(" ")),
  fc.tuple(word("-bh", "-bs"), fc.bigInt(0n, 2n ** 64n - 1n)).map((each) => each.join(" ")),
  number(255).map((algorithm) => `-ctx 1 ${algorithm} "system_u:object_r:t:s0"`),
);
const options = fc.array(option, { maxLength: 6 }).map((each) => each.join(" "));

const encryption = fc.oneof(
  word("-E null", "-E simple"),
  hexKey(8).map((key) => `-E des-cbc ${key}`),
  hexKey(24).map((key) => `-E 3des-cbc ${key}`),
  hexKey(32).map((key) => `-E aes-cbc ${key}`),
  hexKey(20).map((key) => `-E aes-ctr ${key}`),
);
const authentication = fc.oneof(
  word("-A null"),
  hexKey(16).map((key) => `-A hmac-md5 ${key}`),
  hexKey(64).map((key) => `-A hmac-sha512 ${key}`),
);
const compression = word("-C deflate", "-C lzs -R");
/** A protocol with what stands between it and the algorithms that it has a use for. */
const keyed = fc.oneof(
  line(word("esp", "esp-udp"), spi, options, encryption, maybe(authentication)),
  line(word("esp", "esp-udp"), spi, options, authentication),
  line(word("ah"), spi, options, maybe(word("-E null")), authentication),
  line(word("ipcomp"), spi, options, compression),
);

const protocol = word("esp", "esp-udp", "ah", "ipcomp");
const rule = fc
  .tuple(
    word("esp", "ah", "ipcomp"),
    fc.oneof(
      word("transport/"),
      fc.oneof(fc.tuple(inet, inet), fc.tuple(inet6, inet6)).map((each) => `tunnel/${each.join("-")}`),
    ),
    fc.oneof(
      word("default", "use", "require", "unique"),
      number(40000).map((id) => `unique:${id}`),
    ),
  )
  .map((each) => each.join("/"));
const priority = maybe(
  fc.tuple(word("prio low +", "prio def -", "prio high +"), number(1000)).map((each) => each.join(" ")),
);
const policy = fc
  .oneof(
    fc.tuple(word("in", "out", "fwd"), priority, word("none", "discard")),
    fc.tuple(
      word("in", "out", "fwd"),
      priority,
      word("ipsec"),
      fc.array(rule, { minLength: 1, maxLength: 6 }).map((each) => each.join(" ")),
    ),
  )
  .map((each) => `-P ${each.join(" ")}`);
const upper = fc.oneof(word("any", "tcp", "udp", "icmp6"), number(255));

const text = fc.oneof(
  fc.tuple(word("add", "update"), ends, keyed).map((each) => each.join(" ")),
  line(word("get", "delete", "getspi"), ends, maybe(protocol), spi, options),
  line(
    word("deleteall"),
    pair(() => fc.constant("")),
    maybe(protocol),
  ),
  line(word("flush", "dump"), maybe(protocol)),
  line(word("spdadd", "spdupdate", "spddelete"), ranges, upper, policy),
  line(word("spddump", "spdflush")),
);

/** A message with what the encoder fills in taken away. */
const bare = ({ extensions, ...message }: OutgoingMessage) => ({
  ...message,
  extensions: extensions.map(({ type: _, length: __, ...extension }) =>
    extension.kind === "policy"
      ? { ...extension, requests: extension.requests.map(({ length: _, ...each }) => each) }
      : extension,
  ),
});

describe.each(["default", "ipsec-tools"] as const)("random statements in face %s", (face) => {
  it("become messages that encode and decode to themselves", () => {
    fc.assert(
      fc.property(text, (each) => {
        fc.pre(face === "default" || (!each.startsWith("update") && !each.startsWith("getspi")));
        for (const request of requestsOf(each, { face })) {
          expect(bare(decodeStrict(encode(request, linux), linux))).toEqual(bare(request));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("refuse numbers, or send what fits into the field", () => {
    const digits = fc.bigInt(0n, 2n ** 70n).map(String);
    const wild = fc.oneof(
      digits.map((each) => `add 10.0.0.1 10.0.0.2 esp ${each} -E null;`),
      fc
        .tuple(word("-r", "-u", "-lh", "-bs"), digits)
        .map((each) => `add 10.0.0.1 10.0.0.2 esp 300 ${each.join(" ")} -E null;`),
      digits.map((each) => `spdadd 10.0.0.1/${each} 10.0.0.2[${each}] ${each} -P out none;`),
      digits.map((each) => `spdadd 10.0.0.1 10.0.0.2 icmp ${each},${each} -P out none;`),
      digits.map((each) => `spdadd 10.0.0.1 10.0.0.2 gre ${each},0 -P out none;`),
      digits.map((each) => `spdadd 10.0.0.1 10.0.0.2 gre 1.${each}.2.${each} -P out none;`),
    );
    fc.assert(
      fc.property(wild, (each) => {
        try {
          compileText(each, { face });
        } catch (error) {
          expect(error).toBeInstanceOf(StatementError);
          return;
        }
        for (const request of requestsOf(each, { face })) {
          expect(bare(decodeStrict(encode(request, linux), linux))).toEqual(bare(request));
        }
      }),
      { numRuns: 300 },
    );
  });
});
