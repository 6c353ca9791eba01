import { ipseckeyCase } from "@keysock/goldens";
import { describe, expect, it } from "vitest";
import { attributeWords, parseCommand } from "./index.ts";
import { identityTypes, verbs } from "./words.ts";

const one = (text: string, compat?: "illumos") => {
  const command = parseCommand(text, { compat });
  if (command === undefined || !("attributes" in command)) throw new Error(`"${text}" has no attributes`);
  return command;
};
const problemFree = { problems: [], token: 2 };

it("knows the attributes that `help attr` shows, in its order", () => {
  expect(attributeWords).toEqual(ipseckeyCase("help-attr").stdout.trim().split(/\s+/).slice(2));
});

describe("numbers", () => {
  it.each([
    ["spi", "spi", 32],
    ["pair-spi", "pair-spi", 32],
    ["replay", "replay", 8],
    ["soft_alloc", "soft_alloc", 32],
    ["soft_bytes", "soft_bytes", 64],
    ["soft_addtime", "soft_addtime", 64],
    ["soft_usetime", "soft_usetime", 64],
    ["hard_alloc", "hard_alloc", 32],
    ["hard_bytes", "hard_bytes", 64],
    ["hard_addtime", "hard_addtime", 64],
    ["hard_usetime", "hard_usetime", 64],
    ["idle_addtime", "idle_addtime", 64],
    ["idle_usetime", "idle_usetime", 64],
    ["sport", "sport", 16],
    ["dport", "dport", 16],
    ["innersport", "isport", 16],
    ["isport", "isport", 16],
    ["innerdport", "idport", 16],
    ["idport", "idport", 16],
    ["proto", "proto", 8],
    ["ulp", "proto", 8],
    ["iproto", "iproto", 8],
    ["iulp", "iproto", 8],
    ["nat_lport", "nat_lport", 16],
    ["nat_rport", "nat_rport", 16],
    ["reserved_bits", "reserved_bits", 32],
    ["replay_value", "replay_value", 32],
  ])("%s", (word, name, bits) => {
    const value = { value: 17n, text: "0x11" };
    const { attributes } = one(`add esp ${word} 0x11`);
    expect(attributes).toEqual([{ ...problemFree, name, word, bits, value, next: 4 }]);
  });

  it.each(["idle_addtime", "idle_usetime"])("%s has 32 bits in illumos", (word) => {
    expect(one(`add esp ${word} 1`, "illumos").attributes[0]).toMatchObject({ bits: 32 });
  });
});

describe("addresses", () => {
  const families = [
    ["src", ["saddr", "srcaddr", "src"]],
    ["dst", ["daddr", "dstaddr", "dst"]],
    ["inner-src", ["proxyaddr", "proxy", "innersrc", "isrc"]],
    ["inner-dst", ["innerdst", "idst"]],
  ] as const;
  const rows = families.flatMap(([name, words]) =>
    words.flatMap((word) => [
      [word, name, "any"],
      [`${word}6`, name, "inet6"],
    ]),
  );
  rows.push(["nat_loc", "nat_loc", "any"], ["nat_rem", "nat_rem", "any"]);

  it.each(rows)("%s is %s, family %s", (word, name, family) => {
    const value = { text: "host.example", prefix: undefined };
    const { attributes } = one(`add esp ${word} host.example`);
    expect(attributes).toEqual([{ ...problemFree, name, word, family, value, next: 4 }]);
  });

  it("may have names that are words of the language", () => {
    const { attributes, problems } = one("add esp src proxy dst flags isrc get");
    expect(attributes.map(({ name }) => name)).toEqual(["src", "dst", "inner-src"]);
    expect(problems).toEqual([]);
  });
});

describe("other values", () => {
  it.each([
    ["auth_alg md5", { name: "auth-algorithm", value: { text: "md5", number: undefined } }],
    ["authalg 0x2", { name: "auth-algorithm", value: { text: "0x2", number: 2n } }],
    ["encr_alg 3des", { name: "encryption-algorithm", value: { text: "3des", number: undefined } }],
    ["encralg 12", { name: "encryption-algorithm", value: { text: "12", number: 12n } }],
    ["state larval", { name: "state", value: { text: "larval", number: 0 } }],
    ["state mature", { name: "state", value: { text: "mature", number: 1 } }],
    ["state dying", { name: "state", value: { text: "dying", number: 2 } }],
    ["state dead", { name: "state", value: { text: "dead", number: 3 } }],
    ["state 1", { name: "state", value: { text: "1", number: 1 } }],
    ["encap udp", { name: "encap", value: "udp" }],
    ["encap udpfoo", { name: "encap", value: "udpfoo" }],
    ["label PUBLIC", { name: "label", value: "PUBLIC" }],
    ["outer-label PUBLIC", { name: "outer-label", value: "PUBLIC" }],
    ["implicit-label PUBLIC", { name: "implicit-label", value: "PUBLIC" }],
  ])("%s", (text, value) => {
    const word = text.split(" ")[0];
    expect(one(`add esp ${text}`).attributes).toEqual([{ ...problemFree, word, next: 4, ...value }]);
  });

  it.each(["inbound", "outbound"])("%s takes none", (word) => {
    expect(one(`add esp ${word}`).attributes).toEqual([{ ...problemFree, name: word, word, next: 3 }]);
  });

  it.each(["authkey", "encrkey"])("%s", (word) => {
    const value = { bits: 12, bytes: Uint8Array.of(0x12, 0x30), digits: 3 };
    const { attributes } = one(`add esp ${word} 123/12`);
    expect(attributes).toEqual([{ ...problemFree, name: word, word, value, next: 4 }]);
  });

  it.each(["srcidtype", "dstidtype"])("%s", (word) => {
    const rows = [...identityTypes, ["FQDN", 2], ["7", 7], ["65535", 65535]] as const;
    for (const [text, number] of rows) {
      const { attributes } = one(`add esp ${word} ${text} "a name"`);
      const value = { type: { text, number }, value: "a name" };
      expect(attributes).toEqual([{ ...problemFree, name: word, word, ...value, next: 5 }]);
    }
  });
});

describe("delete, delete-pair and get", () => {
  const taken = ["spi", "sport", "dport", "proto", "ulp", "inbound", "outbound"];
  const rejected = attributeWords.filter(
    (word) => !taken.includes(word) && !/^(?:[sd]addr|src|dst)(?:addr)?6?$/.test(word),
  );

  it.each(["delete", "delete-pair", "get"])("%s names an SA and nothing else", (verb) => {
    const refused = attributeWords.filter((word) => {
      const { problems } = one(`${verb} esp ${word} 1`);
      return problems.some(({ code }) => code === "rejected-attribute");
    });
    expect(refused).toEqual(rejected);
  });

  it("leave the value to be reported again in illumos, and not by default", () => {
    const text = "get esp spi 1 srcidtype fqdn a dst b";
    expect(one(text, "illumos").problems.map(({ original }) => original)).toEqual([
      "Don't use extension srcidtype for 'get' command.\n",
      'Unknown extension field "fqdn"\n',
      'Unknown extension field "a"\n',
    ]);
    expect(one(text).problems.map(({ message }) => message)).toEqual([
      "Don't use extension srcidtype for get.",
    ]);
  });
});

it("has every verb of the manual page", () => {
  const manual = "add update delete get flush monitor passive_monitor pmonitor dump save help exit load";
  expect(manual.split(" ").filter((word) => !verbs.has(word))).toEqual([]);
});
