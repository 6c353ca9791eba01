import fc, { type Arbitrary } from "fast-check";
import type {
  Algorithms,
  Marking,
  Policy,
  PolicyRule,
  Range,
  SaOption,
  SpdStatement,
  Statement,
  Word,
} from "../statement.ts";
import {
  authenticationNames,
  encryptionNames,
  reservedWords,
  widerAuthenticationNames,
  widerEncryptionNames,
  widerReservedWords,
} from "../words.ts";

// Any statement of the default face. Token numbers are 0 and nothing else of the source is there.
const w = <T>(value: Arbitrary<T>): Arbitrary<Word<T>> => value.map((one) => ({ value: one, token: 0 }));
const word = <T extends string>(...values: T[]): Arbitrary<Word<T>> => w(fc.constantFrom(...values));
const some = <T extends object>(
  model: { [K in keyof T]-?: Arbitrary<NonNullable<T[K]>> },
  needed: (keyof T)[],
): Arbitrary<T> => fc.record(model, { requiredKeys: needed as never }) as unknown as Arbitrary<T>;

const isName = (text: string) =>
  /^[A-Za-z:]/.test(text) && !reservedWords.has(text) && !widerReservedWords.has(text);
const decimal = fc.bigInt(0n, 1n << 70n).map(String);
const name = fc.stringMatching(/^[A-Za-z:][A-Za-z0-9:%.-]{0,20}$/).filter(isName);
const address = fc.oneof(fc.ipV4(), fc.ipV6(), name, fc.constant("fe80::1%eth0"));
const port = fc.oneof(decimal, fc.constant("any"), name);
const quoted = fc.stringMatching(/^[^"]{0,20}$/).map((text) => text.replaceAll(/[^\0-\xff]/g, "\xff"));
const bytes = w(fc.uint8Array({ maxLength: 64 }));

const endpoint = some<Range>({ address: w(address), port: w(port), prefixLength: w(decimal) }, [
  "address",
]).map(({ prefixLength: _, ...end }) => end);
const range = some<Range>({ address: w(address), port: w(port), prefixLength: w(decimal) }, ["address"]);
const addressFlags = some<{ family?: "inet" | "inet6"; numericOnly: boolean }>(
  { family: fc.constantFrom("inet", "inet6"), numericOnly: fc.boolean() },
  ["numericOnly"],
);
const plainProtocol = word("esp", "esp-old", "ah", "ah-old", "ipcomp", "tcp");
const protocol = fc.oneof(
  fc.constant({}),
  fc.record({ protocol: plainProtocol }),
  fc.record({ protocol: word("esp-udp") }),
  fc.record({ protocol: word("esp-udp"), originalAddress: w(address) }),
);
const context = fc.record({ doi: w(decimal), algorithm: w(decimal), context: w(quoted) });
const natEnd = fc.record({ address: w(address), port: w(decimal) });
const count = w(fc.oneof(decimal, fc.stringMatching(/^0[xX][0-9a-fA-F]{1,16}$/)));
const marking = some<Marking>({ value: count, mask: count }, ["value"]);
const upper = some<Pick<SpdStatement, "upper" | "upperDetail">>(
  {
    upper: w(fc.oneof(decimal, name, fc.constantFrom("any", "tcp", "esp", "ah", "ipcomp"))),
    upperDetail: w(fc.oneof(decimal, name, fc.constantFrom("135,0", "8,"))),
  },
  ["upper"],
);

const option: Arbitrary<SaOption> = fc.oneof(
  fc.record({ kind: fc.constant("mode" as const), value: word("transport", "tunnel", "any") }),
  fc.record({
    kind: fc.constantFrom(
      "reqid",
      "replay",
      "hardTime",
      "softTime",
      "hardBytes",
      "softBytes",
      "espFragment" as const,
    ),
    value: w(decimal),
  }),
  fc.record({
    kind: fc.constant("flag" as const),
    value: word("zero-pad", "random-pad", "seq-pad", "nocyclic-seq"),
  }),
  context.map((one) => ({ kind: "securityContext" as const, ...one })),
  fc.record({ kind: fc.constant("natT" as const), source: natEnd, destination: natEnd }),
  fc.record({ kind: fc.constant("natTMtu" as const), value: w(decimal) }),
  fc.record({ kind: fc.constant("esn" as const), value: w(fc.constant(true as const)) }),
  some<Extract<SaOption, { kind: "hardwareInterface" }>>(
    { kind: fc.constant("hardwareInterface"), value: w(name), packet: w(fc.constant(true as const)) },
    ["kind", "value"],
  ),
  fc
    .tuple(fc.constantFrom("mark" as const, "outputMark" as const), marking)
    .map(([kind, one]) => ({ kind, ...one })),
  fc.record({ kind: fc.constant("ifId" as const), value: count }),
  fc.record({ kind: fc.constant("direction" as const), value: word("in", "out") }),
  fc
    .tuple(fc.record({ kind: fc.constant("selector" as const), source: range, destination: range }), upper)
    .map(([ends, above]) => ({ ...ends, ...above })),
);

const keyed = (...names: string[]) => fc.record({ name: word(...names), key: bytes });
const encryption = fc.oneof(
  keyed(...encryptionNames, ...widerEncryptionNames, "null"),
  fc.record({ name: word("null", "simple") }),
);
const authentication = fc.oneof(
  keyed(...authenticationNames, ...widerAuthenticationNames),
  fc.record({ name: word("null") }),
);
const algorithms: Arbitrary<Algorithms> = fc.oneof(
  fc.record({ encryption }),
  fc.record({ encryption, authentication }),
  fc.record({ authentication }),
  fc.record({ compression: fc.record({ name: word("oui", "deflate", "lzs"), rawCpi: fc.boolean() }) }),
);

const end = (texts: Arbitrary<string>) => texts.map((text) => ({ address: text }));
const withPort = (texts: Arbitrary<string>) =>
  fc.record({ address: texts, port: fc.oneof(decimal, fc.constant("any")) });
const ends = fc
  .constantFrom(fc.ipV4(), fc.ipV6())
  .chain((texts) =>
    fc.oneof(
      fc.record({ source: end(texts), destination: end(texts) }),
      fc.record({ source: withPort(texts), destination: withPort(texts) }),
    ),
  );
const level = fc.oneof(
  fc.record({ level: fc.constantFrom("default", "use", "require", "unique" as const) }),
  fc.record({ level: fc.constant("unique" as const), reqid: fc.nat(0xffffffff) }),
);
const ruleProtocol = fc.constantFrom("esp", "ah", "ipcomp", "tcp" as const);
const rule: Arbitrary<PolicyRule> = fc
  .tuple(
    ruleProtocol,
    fc.oneof(
      fc.tuple(fc.constant("tunnel" as const), ends),
      fc.tuple(fc.constant("transport" as const), fc.oneof(ends, fc.constant({}))),
    ),
    level,
  )
  .map(([protocol, [mode, between], upTo]) => ({ protocol, mode, ...between, ...upTo }));

const direction = fc.constantFrom("in", "out", "fwd" as const);
const policy: Arbitrary<Word<Policy>> = w(
  fc.oneof(
    fc.record({ direction, rules: fc.constant([]) }),
    some<Policy>(
      {
        direction,
        action: fc.constantFrom("discard", "none", "ipsec", "entrust", "bypass"),
        priority: fc.nat(0xffffffff),
        rules: fc.array(rule, { maxLength: 5 }),
      },
      ["direction", "action", "rules"],
    ),
  ),
);

const spi = fc.oneof(decimal, fc.stringMatching(/^0[xX][0-9a-fA-F]{1,16}$/));
const sa = {
  addressFlags,
  source: endpoint,
  destination: endpoint,
  spi: w(spi),
  options: fc.array(option, { maxLength: 6 }),
};
const merged = ([statement, more]: [object, object]): object => ({ ...statement, ...more });

/** Any statement of the default face, without its tokens and positions and with 0 for the number of each token. */
export const anyStatement = fc.oneof(
  fc.tuple(fc.record({ kind: fc.constantFrom("add", "update"), ...sa, algorithms }), protocol).map(merged),
  fc
    .tuple(
      fc.record({ kind: fc.constantFrom("get", "delete", "getspi"), ...sa, algorithms: fc.constant({}) }),
      protocol,
    )
    .map(merged),
  fc
    .tuple(
      fc.record({
        kind: fc.constant("deleteall"),
        addressFlags,
        source: fc.record({ address: w(address) }),
        destination: fc.record({ address: w(address) }),
      }),
      fc.oneof(fc.constant({}), fc.record({ protocol: plainProtocol })),
    )
    .map(merged),
  fc.record({ kind: fc.constantFrom("flush", "dump"), protocol: plainProtocol }, { requiredKeys: ["kind"] }),
  fc
    .tuple(
      fc.record(
        {
          kind: fc.constantFrom("spdadd", "spdupdate", "spddelete"),
          addressFlags,
          mark: marking,
          ifId: count,
          source: range,
          destination: range,
          securityContext: context,
          policy,
        },
        { requiredKeys: ["kind", "addressFlags", "source", "destination", "policy"] },
      ),
      upper,
    )
    .map(merged),
  fc.record({ kind: fc.constantFrom("spdadd-tagged", "spdupdate-tagged"), tag: w(quoted), policy }),
  fc.record({ kind: fc.constantFrom("spddump", "spdflush", "exit") }),
) as Arbitrary<Statement>;
