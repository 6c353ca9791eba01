import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completions, parseStatement } from "./index.ts";
import { anyStatement } from "./testing/any-statement.ts";
import { printStatement } from "./testing/print-statement.ts";

const statements =
  "deleteall add get delete flush dump spdadd spdupdate spddelete spddump spdflush exit quit bye update getspi";
const protocols = "esp ah ipcomp esp-old ah-old tcp esp-udp";
const options =
  "-m -u -r -lh -ls -bh -bs -esp_frag -f -E -A -C -ctx -natt -natt_mtu -esn -hwif -mark -output-mark -if_id -dir -sel";
const ciphers =
  "null simple des-cbc 3des-cbc des-deriv des-32iv cast128-cbc blowfish-cbc aes-cbc rijndael-cbc aes-ctr " +
  "camellia-cbc twofish-cbc aes-gcm-8 aes-gcm-12 aes-gcm-16 aes-ccm-8 aes-ccm-12 aes-ccm-16 aes-gmac chacha20-poly1305";
const rules = "esp/ ah/ ipcomp/ tcp/";

const add = "add 10.0.0.1 10.0.0.2 esp 0x1000";
const out = "spdadd 10.0.0.1[any] 10.0.0.2 any -P out";

/** What stands before the cursor, and the words that may follow. */
const places: [text: string, words: string][] = [
  ["", statements],
  ["f", "flush"],
  ["F", ""],
  ["flush", "flush"],
  ["flush ", protocols],
  ["flush; spd", "spdadd spdupdate spddelete spddump spdflush"],
  ["flush; # all\nqu", "quit"],
  ["bogus; qu", "quit"],
  ["add ", "-4 -6 -n"],
  ["add -4n 10.0.0.1 10.0.0.2 ah", "ah ah-old"],
  ["add\t10.0.0.1\r\n\t10.0.0.2\t", protocols],
  [`${add} -`, options],
  [`${add} -m `, "transport tunnel any"],
  [`${add} -m tunnel -u `, ""],
  [`${add} -f `, "zero-pad random-pad seq-pad nocyclic-seq"],
  [`${add} -E `, ciphers],
  [`${add} -E aes-c`, "aes-cbc aes-ctr aes-ccm-8 aes-ccm-12 aes-ccm-16"],
  [`${add} -E 3`, "3des-cbc"],
  [`${add} -E des-cbc `, ""],
  [`${add} -E des-cbc add`, ""],
  [`${add} -E des-cbc "flush; d`, ""],
  [`${add} -E des-cbc "ESP SA!!" -`, "-A"],
  [`${add} -A hmac-sha2-`, "hmac-sha2-256 hmac-sha2-384 hmac-sha2-512"],
  [`${add} -C deflate `, "-R"],
  ["get 10.0.0.1 10.0.0.2 esp 0x1000 -E", ""],
  ["spdadd ", "tagged -4 -6 -n -mark -if_id"],
  ["spdadd -if_id ", ""],
  ["spdadd -if_id 7 ", "-4 -6 -n -mark -if_id"],
  [`${add} -dir `, "in out"],
  [`${add} -dir in -hwif eth0 p`, "packet"],
  [`${add} -sel 10.0.0.0/8 10.1.0.0/16 `, "any tcp esp ah ipcomp"],
  ["spdadd 10.0.0.1[a", "any]"],
  ["spdadd 10.0.0.1 10.0.0.2 ", "any tcp esp ah ipcomp"],
  ["spdadd 10.0.0.1 10.0.0.2 any -", "-P -ctx"],
  ["spdadd 10.0.0.1 10.0.0.2 any -P ", "in out fwd"],
  [`${out}`, "out"],
  [`${out} p`, "priority prio"],
  [`${out} prio `, "low def high"],
  [`${out} ipsec `, rules],
  [`${out} ipsec esp/t`, "transport tunnel/"],
  [`${out} ipsec esp/tunnel/`, ""],
  [`${out} ipsec esp/transport/m`, "me-"],
  [`${out} ipsec esp/transport/me-a`, "any"],
  [`${out} ipsec esp/transport/10.0.0.1-10.0.0.2/u`, "use unique"],
  [`${out} ipsec esp/transport//require `, rules],
  [`${out} ipsec # e`, ""],
  [`${out} ipsec # of all\n e`, "esp/"],
  [`${out} bogus `, ""],
  ["flush -P ", ""],
  ["# fl", ""],
  ["flush # es", ""],
  ["flush $ ", ""],
];

const sorted = (words: readonly string[]) => [...words].sort();

describe("the words that may follow", () => {
  it.each(places)("%j", (text, words) => {
    const { words: offered } = completions(text);
    expect(sorted(offered)).toEqual(sorted(words.split(" ").filter((word) => word !== "")));
  });

  it("have the part of a word that is there already", () => {
    const begun = [`${add} -l`, `${add} -E aes-c`, `${out} ipsec esp/transport/me-a`, "flush "];
    expect(begun.map((text) => completions(text).begun)).toEqual(["-l", "aes-c", "a", ""]);
  });
});

const wordTypes = new Set(["keyword", "protocol", "flag", "numberFlag", "encryption", "authentication"]);
const policyWords =
  /\b(?:in|out|fwd|prio|discard|none|ipsec|entrust|bypass|esp|ah|ipcomp|tcp|transport|tunnel|any|default|use|require|unique)\b/g;

it("each word of a statement is among them where it stands, however much of it is there", () => {
  fc.assert(
    fc.property(anyStatement, fc.nat(), (statement, letters) => {
      const text = printStatement(statement);
      for (const { type, text: word, position } of parseStatement(text).tokens) {
        const words =
          type === "policy"
            ? [...word.matchAll(policyWords)].map(({ 0: part, index }) => ({ part, at: index }))
            : wordTypes.has(type)
              ? [{ part: word, at: 0 }]
              : [];
        for (const { part, at } of words) {
          const place = position.offset + at;
          const { begun, words: offered } = completions(text.slice(0, place + (letters % (part.length + 1))));
          expect(part.startsWith(begun)).toBe(true);
          expect(offered.map((one) => one.replace(/[/\]-]$/, ""))).toContain(part);
        }
      }
    }),
    { numRuns: 100 },
  );
});

it("none throws, whatever the text", () => {
  const bits = fc.constantFrom(
    ...'add 10.0.0.1 -E -A -P null ; " # \n [ ] / esp out ipsec $ é'.split(/(?= )/),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(bits, fc.string()), { maxLength: 12 }), (parts) => {
      const { begun, words } = completions(parts.join(""));
      expect(words.filter((word) => !word.startsWith(begun))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
