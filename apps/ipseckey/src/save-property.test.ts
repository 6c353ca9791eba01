import fc from "fast-check";
import { expect, it } from "vitest";
import { type Machine, machine } from "./testing/machine.ts";

const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((key) => Buffer.from(key).toString("hex"));

const word = (name: string, value: fc.Arbitrary<unknown>) =>
  fc.option(value, { nil: undefined }).map((one) => (one === undefined ? "" : ` ${name} ${one}`));

const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((words) => words.join(""));

const ends = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).map(([from, to]) => ({
    src: `192.0.2.${from}`,
    dst: `198.51.100.${to}`,
  })),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).map(([from, to]) => ({
    src: `2001:db8::${from}`,
    dst: `2001:db8:1::${to}`,
  })),
);

/** Without a source it is the wildcard. */
const addresses = fc
  .tuple(ends, fc.boolean())
  .map(([{ src, dst }, hasSource]) => (hasSource ? ` src ${src} dst ${dst}` : ` dst ${dst}`));

/** With or without an inner source; of another family Linux does not show it as it is. */
const tunnels = fc
  .tuple(ends, fc.boolean(), fc.constantFrom("none", "any", "the source", "a prefix"))
  .map(([{ src, dst }, hasSource, inner]) => {
    const isIpv6 = src.includes(":");
    const words = {
      none: "",
      any: " iproto 0",
      "the source": ` isrc ${src}`,
      "a prefix": isIpv6 ? " isrc 2001:db8:2::/48" : " isrc 10.1.0.0/16",
    };
    return `${hasSource ? ` src ${src}` : ""} dst ${dst}${words[inner]}`;
  });

const authentication = fc.oneof(
  hex(16).map((key) => ` authalg md5 authkey ${key}`),
  hex(20).map((key) => ` authalg sha1 authkey ${key}`),
  hex(32).map((key) => ` authalg sha256 authkey ${key}`),
);

const encryption = fc.oneof(
  hex(8).map((key) => ` encralg des encrkey ${key}`),
  hex(24).map((key) => ` encralg 3des encrkey ${key}`),
  hex(16).map((key) => ` encralg aes encrkey ${key}`),
  hex(56).map((key) => ` encralg blowfish encrkey ${key}`),
);

const algorithms = fc.oneof(
  authentication.map((text) => ({ type: "ah", text })),
  encryption.map((text) => ({ type: "esp", text })),
  joined(encryption, authentication).map((text) => ({ type: "esp", text })),
  authentication.map((text) => ({ type: "esp", text: ` encralg null${text}` })),
);

const limits = joined(
  ...["addtime", "usetime", "bytes"].map((limit) =>
    fc
      .tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 1_000_000 }))
      .map(([one, other]) => ` soft_${limit} ${Math.min(one, other)} hard_${limit} ${Math.max(one, other)}`),
  ),
);

const idleLimits = joined(
  word("idle_addtime", fc.integer({ min: 1, max: 10_000 })),
  word("idle_usetime", fc.integer({ min: 1, max: 10_000 })),
);

const name = fc.stringMatching(/^[a-z0-9.@ -]{1,20}$/).map((text) => `"x${text}"`);

const others = joined(
  word("replay", fc.constantFrom(0, 1, 32, 64)),
  word("srcidtype fqdn", name),
  word("dstidtype user_fqdn", name),
  fc.constantFrom("", "", " encap udp nat_loc 203.0.113.1 nat_lport 4500", " sport 500 dport 500 proto 17"),
);

/** Any command that makes an SA on illumos, or a tunnel or not on Linux; some ask for what is refused. */
const adds = {
  illumos: commandWith(addresses, limits, idleLimits, others),
  linux: commandWith(tunnels, limits, word("replay", fc.constantFrom(0, 1, 32))),
};

function commandWith(...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc
    .tuple(algorithms, fc.integer({ min: 256, max: 0xffff }), joined(...parts))
    .map(([{ type, text }, spi, more]) => `add ${type} spi 0x${spi.toString(16)}${text}${more}\n`);
}

/** What the original says, too. */
const replayWarning = /^ipseckey: saved:\d+:\d+: WARNING: Replay with manual keying considered harmful\.\n/gm;

/** The SAs of a dump, apart from each other and without the number of the command. */
async function sadb({ ipseckey }: Machine): Promise<string[]> {
  const { stdout, exit } = await ipseckey(["-n", "dump"]);
  expect(exit).toBe(0);
  return stdout
    .replaceAll(/seq=\d+/g, "seq=N")
    .split("\n\n")
    .sort();
}

it.each(["illumos", "linux"] as const)(
  "a saved SADB of %s loads again, and is the same",
  async (personality) => {
    let added = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(adds[personality], { maxLength: 8 }), async (commands) => {
        const filled = machine({ personality });
        filled.files.set("keys", { content: commands.join(""), mode: 0o600 });
        await filled.ipseckey(["-f", "keys"]);
        const before = await sadb(filled);
        added += before.length - 1;
        expect(await filled.ipseckey(["-s", "saved"])).toEqual({ stdout: "", stderr: "", exit: 0 });
        await filled.ipseckey(["flush"]);
        expect(await sadb(filled)).toEqual(["Dump succeeded for SA type 0.\n"]);
        const { stderr, ...shown } = await filled.ipseckey(["-f", "saved"]);
        expect({ ...shown, stderr: stderr.replaceAll(replayWarning, "") }).toEqual({
          stdout: "",
          stderr: "",
          exit: 0,
        });
        expect(await sadb(filled)).toEqual(before);
      }),
      { numRuns: 100 },
    );
    // Most of what is tried is not refused.
    expect(added).toBeGreaterThan(200);
  },
);
