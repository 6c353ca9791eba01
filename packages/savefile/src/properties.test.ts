import { test } from "@fast-check/vitest";
import { readAddress, readPrefix } from "@keysock/address";
import { type AlgorithmKind, algorithmByIpseckeyName } from "@keysock/algorithms";
import { illumos } from "@keysock/wire";
import fc from "fast-check";
import { expect } from "vitest";
import type { SavedText } from "./options.ts";
import { saveEntry } from "./save-entry.ts";
import {
  extensionsOf,
  type SampleAddress,
  type SampleLimits,
  type SamplePrefix,
  type SampleSa,
  sampleSa,
} from "./testing/arbitrary-sa.ts";
import { reply } from "./testing/sample.ts";

const saved = (sample: SampleSa): SavedText =>
  saveEntry(reply(extensionsOf(sample), { saType: sample.saType }), { dialect: illumos });

/** The words of the one command in a text, by ipseckey's rules. */
function wordsOf(text: string): string[] {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const command = lines.map((line) => line.replace(/\\$/, " ")).join("\n");
  const words = command.matchAll(/"([^"]*)"|([^"\s]+"[^"]*)"|([^"\s]+)/g);
  return Array.from(words, ([, quoted, middle, plain]) => quoted ?? middle ?? plain!);
}

const identityTypes = ["", "prefix", "fqdn", "user_fqdn", "der_dn", "der_gn"];

/** What an `add` says, by its words. */
function saidBy(text: string): Map<string, string | [string, string]> {
  const [verb, saType, ...words] = wordsOf(text);
  expect(verb).toBe("add");
  const said = new Map<string, string | [string, string]>([["type", saType!]]);
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    expect(said.has(word)).toBe(false);
    if (word === "inbound" || word === "outbound") said.set(word, "");
    else if (word === "srcidtype" || word === "dstidtype") {
      said.set(word, [words[at + 1]!, words[at + 2]!]);
      at += 2;
    } else said.set(word, words[++at]!);
  }
  return said;
}

function algorithmNumber(kind: AlgorithmKind, word: string): number {
  return algorithmByIpseckeyName(kind, word)?.numbers.illumos ?? Number(word);
}

test.prop([sampleSa], { numRuns: 300 })(
  "a text has every token that the SA's fields demand, and no other",
  (sample) => {
    const { text, warnings } = saved(sample);
    expect(warnings).toEqual([]);
    const said = saidBy(text);
    const take = (word: string) => {
      const value = said.get(word);
      said.delete(word);
      return value as string | undefined;
    };
    const number = (word: string) => Number(take(word) ?? 0);
    const address = (word: string, portWord: string): SampleAddress | undefined => {
      const text = take(word);
      return text === undefined ? undefined : { bytes: readAddress(text), port: number(portWord) };
    };
    const prefix = (word: string, portWord: string): SamplePrefix => {
      const { address, length } = readPrefix(take(word)!);
      return { bytes: address, length, port: number(portWord) };
    };
    const limits = (word: string): SampleLimits => {
      const limit = (name: string) => BigInt(take(`${word}_${name}`) ?? 0);
      return {
        allocations: Number(limit("alloc")),
        bytes: limit("bytes"),
        addTime: limit("addtime"),
        useTime: limit("usetime"),
      };
    };
    const orNone = <T extends object>(value: T): T | undefined =>
      Object.values(value).every((each) => BigInt(each) === 0n) ? undefined : value;
    const key = (word: string) => {
      const [digits = "", bits] = take(word)!.split("/");
      expect(Number(bits)).toBe(digits.length * 4);
      return Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    };
    const identity = (word: string) => {
      const [type, text] = (said.get(word) ?? []) as [string?, string?];
      said.delete(word);
      const named = identityTypes.indexOf(type ?? "");
      return type === undefined ? undefined : { type: named > 0 ? named : Number(type), text };
    };

    const isEsp = sample.saType === "esp";
    const { idle, inner, ...others } = sample;
    const found = {
      saType: take("type"),
      spi: number("spi"),
      replay: number("replay"),
      direction: take("inbound") === "" ? "inbound" : take("outbound") === "" ? "outbound" : undefined,
      authentication: algorithmNumber("authentication", take("auth_alg")!),
      authenticationKey: key("authkey"),
      encryption: isEsp ? algorithmNumber("encryption", take("encr_alg")!) : sample.encryption,
      encryptionKey: isEsp ? key("encrkey") : sample.encryptionKey,
      protocol: number("proto"),
      source: address("src", "sport"),
      destination: address("dst", "dport"),
      natLocal: address("nat_loc", "nat_lport"),
      natRemote: address("nat_rem", "nat_rport"),
      hard: orNone(limits("hard")),
      soft: orNone(limits("soft")),
      sourceIdentity: identity("srcidtype"),
      destinationIdentity: identity("dstidtype"),
      replayValue: said.has("replay_value") ? number("replay_value") : undefined,
    };
    expect(found).toEqual(others);
    expect(orNone(limits("idle"))).toEqual(idle && { allocations: 0, bytes: 0n, ...idle });
    const foundInner = said.has("isrc")
      ? {
          protocol: number("iproto"),
          source: prefix("isrc", "isport"),
          destination: prefix("idst", "idport"),
        }
      : undefined;
    expect(foundInner).toEqual(inner);
    expect(take("encap")).toBe(sample.natLocal || sample.natRemote ? "udp" : undefined);
    expect([...said]).toEqual([]);
  },
);

/** Fields that AH does not have. */
const ofEspOnly: ReadonlySet<string> = new Set(["encryption", "encryptionKey"]);

test.prop([sampleSa, sampleSa], { numRuns: 300 })(
  "two SAs that differ in a field have different texts",
  (one, other) => {
    for (const field of Object.keys(one) as (keyof SampleSa)[]) {
      if (one.saType === "ah" && ofEspOnly.has(field)) continue;
      const changed = { ...one, [field]: other[field] };
      const same = fc.stringify(one[field]) === fc.stringify(other[field]);
      expect(saved(changed).text === saved(one).text).toBe(same);
    }
  },
);
