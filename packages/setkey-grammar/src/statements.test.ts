import { describe, expect, it } from "vitest";
import { parseStatement } from "./index.ts";
import { withoutSource } from "./testing/without-source.ts";

const w = (value: unknown, token: number) => ({ value, token });
const at = (address: string, token: number) => ({ address: w(address, token) });
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const key = (text: string, token: number) => w(bytes(text), token);
const noFlags = { numericOnly: false };
const nothing = { direction: "out", action: "none", rules: [] };

/** `add A B esp 300`: five tokens. */
const sa = {
  kind: "add",
  addressFlags: noFlags,
  source: at("10.0.0.1", 1),
  destination: at("10.0.0.2", 2),
  protocol: w("esp", 3),
  spi: w("300", 4),
  options: [],
  algorithms: { encryption: { name: w("null", 6) } },
};
const add = (rest: string) => `add 10.0.0.1 10.0.0.2 esp 300 ${rest} -E null;`;
const nullAt = (token: number) => ({ encryption: { name: w("null", token) } });
const plain = { addressFlags: noFlags, source: at("A", 1), destination: at("B", 2) };

/** `spdadd A B any -P out none`: six tokens. */
const sp = {
  kind: "spdadd",
  ...plain,
  upper: w("any", 3),
  policy: w(nothing, 5),
};

// biome-ignore format: one row a line
describe.each([
  {
    name: "statements of SAs",
    rows: [
      ["add 10.0.0.1 10.0.0.2 esp 300 -E null;", sa],
      ["update 10.0.0.1 10.0.0.2 esp 300 -E null;", { ...sa, kind: "update" }],
      ["getspi 10.0.0.1 10.0.0.2 esp 300;", { ...sa, kind: "getspi", algorithms: {} }],
      ["get 10.0.0.1 10.0.0.2 esp 300;", { ...sa, kind: "get", algorithms: {} }],
      ["delete 10.0.0.1 10.0.0.2 esp 300;", { ...sa, kind: "delete", algorithms: {} }],
      ["delete 10.0.0.1 10.0.0.2 esp 300 -m any ;", { ...sa, kind: "delete", algorithms: {}, options: [{ kind: "mode", value: w("any", 6) }] }],
      ["deleteall A B ;", { kind: "deleteall", ...plain }],
      ["deleteall A B esp;", { kind: "deleteall", ...plain, protocol: w("esp", 3) }],
      ["deleteall -n A B esp-udp C;", { kind: "deleteall", addressFlags: { numericOnly: true }, source: at("A", 2), destination: at("B", 3), protocol: w("esp-udp", 4) }],
      ["flush;", { kind: "flush" }],
      ["flush esp;", { kind: "flush", protocol: w("esp", 1) }],
      ["dump ah-old;", { kind: "dump", protocol: w("ah-old", 1) }],
    ],
  },
  {
    name: "addresses",
    rows: [
      ["get -4 A B 1;", { kind: "get", addressFlags: { family: "inet", numericOnly: false }, source: at("A", 2), destination: at("B", 3), spi: w("1", 4), options: [], algorithms: {} }],
      ["get -46n -n A B 1;", { kind: "get", addressFlags: { family: "inet6", numericOnly: true }, source: at("A", 3), destination: at("B", 4), spi: w("1", 5), options: [], algorithms: {} }],
      ["get -6 -4 A B 1;", { kind: "get", addressFlags: { family: "inet", numericOnly: false }, source: at("A", 3), destination: at("B", 4), spi: w("1", 5), options: [], algorithms: {} }],
      ["get fe80::1%eth0 dump.example 0x1;", { kind: "get", addressFlags: noFlags, source: at("fe80::1%eth0", 1), destination: at("dump.example", 2), spi: w("0x1", 3), options: [], algorithms: {} }],
      ["get A[500] B [any] 1;", { kind: "get", addressFlags: noFlags, source: { ...at("A", 1), port: w("500", 3) }, destination: { ...at("B", 5), port: w("any", 7) }, spi: w("1", 9), options: [], algorithms: {} }],
      ["get A[ l2tp ] my_host 1;", { kind: "get", addressFlags: noFlags, source: { ...at("A", 1), port: w("l2tp", 3) }, destination: at("my_host", 5), spi: w("1", 6), options: [], algorithms: {} }],
    ],
  },
  {
    name: "protocols",
    rows: [
      ...["esp", "esp-old", "esp-udp", "ah", "ah-old", "ipcomp", "tcp"].map((name) => [`get 10.0.0.1 10.0.0.2 ${name} 300;`, { ...sa, kind: "get", protocol: w(name, 3), algorithms: {} }]),
      ["get 10.0.0.1 10.0.0.2 esp-udp 1.2.3.4 300;", { ...sa, kind: "get", protocol: w("esp-udp", 3), originalAddress: w("1.2.3.4", 4), spi: w("300", 5), algorithms: {} }],
    ],
  },
  {
    name: "extensions",
    rows: [
      ...["transport", "tunnel", "any"].map((mode) => [add(`-m ${mode}`), { ...sa, options: [{ kind: "mode", value: w(mode, 6) }], algorithms: nullAt(8) }]),
      ...[["-u", "reqid"], ["-r", "replay"], ["-lh", "hardTime"], ["-ls", "softTime"], ["-bh", "hardBytes"], ["-bs", "softBytes"], ["-esp_frag", "espFragment"], ["-natt_mtu", "natTMtu"]].map(([flag, kind]) => [add(`${flag} 007`), { ...sa, options: [{ kind, value: w("007", 6) }], algorithms: nullAt(8) }]),
      ...["zero-pad", "random-pad", "seq-pad", "nocyclic-seq"].map((flag) => [add(`-f ${flag}`), { ...sa, options: [{ kind: "flag", value: w(flag, 6) }], algorithms: nullAt(8) }]),
      [add('-ctx 1 2 "a b"'), { ...sa, options: [{ kind: "securityContext", doi: w("1", 6), algorithm: w("2", 7), context: w("a b", 8) }], algorithms: nullAt(10) }],
      [add("-natt A[1] B [2]"), { ...sa, options: [{ kind: "natT", source: { ...at("A", 6), port: w("1", 8) }, destination: { ...at("B", 10), port: w("2", 12) } }], algorithms: nullAt(15) }],
      [add("-esn"), { ...sa, options: [{ kind: "esn", value: w(true, 5) }], algorithms: nullAt(7) }],
      [add("-hwif eth0"), { ...sa, options: [{ kind: "hardwareInterface", value: w("eth0", 6) }], algorithms: nullAt(8) }],
      [add("-hwif eth0 packet"), { ...sa, options: [{ kind: "hardwareInterface", value: w("eth0", 6), packet: w(true, 7) }], algorithms: nullAt(9) }],
      [add("-mark 7"), { ...sa, options: [{ kind: "mark", value: w("7", 6) }], algorithms: nullAt(8) }],
      [add("-mark 0x7/0xff"), { ...sa, options: [{ kind: "mark", value: w("0x7", 6), mask: w("0xff", 8) }], algorithms: nullAt(10) }],
      [add("-output-mark 7 / 255"), { ...sa, options: [{ kind: "outputMark", value: w("7", 6), mask: w("255", 8) }], algorithms: nullAt(10) }],
      [add("-if_id 0x2a"), { ...sa, options: [{ kind: "ifId", value: w("0x2a", 6) }], algorithms: nullAt(8) }],
      ...["in", "out"].map((direction) => [add(`-dir ${direction}`), { ...sa, options: [{ kind: "direction", value: w(direction, 6) }], algorithms: nullAt(8) }]),
      [add("-sel A B any"), { ...sa, options: [{ kind: "selector", source: at("A", 6), destination: at("B", 7), upper: w("any", 8) }], algorithms: nullAt(10) }],
      [add("-sel A/8[1] B icmp 8,0 -dir in"), { ...sa, options: [{ kind: "selector", source: { ...at("A", 6), prefixLength: w("8", 8), port: w("1", 10) }, destination: at("B", 12), upper: w("icmp", 13), upperDetail: w("8,0", 14) }, { kind: "direction", value: w("in", 16) }], algorithms: nullAt(18) }],
      [add("-u 1 -mtunnel -u2"), { ...sa, options: [{ kind: "reqid", value: w("1", 6) }, { kind: "mode", value: w("tunnel", 8) }, { kind: "reqid", value: w("2", 10) }], algorithms: nullAt(12) }],
    ],
  },
  {
    name: "algorithms and keys",
    rows: [
      ['-E des-cbc "ESP SA!!"', { encryption: { name: w("des-cbc", 6), key: key("ESP SA!!", 7) } }],
      ['-E aes-cbc ""', { encryption: { name: w("aes-cbc", 6), key: key("", 7) } }],
      ["-E aes-cbc 0x0102fF", { encryption: { name: w("aes-cbc", 6), key: key("\x01\x02\xff", 7) } }],
      ["-E aes-cbc 0X123", { encryption: { name: w("aes-cbc", 6), key: key("\x01\x23", 7) } }],
      ["-E aes-cbc 0x0102030405f", { encryption: { name: w("aes-cbc", 6), key: key("\x00\x10\x20\x30\x40\x5f", 7) } }],
      ["-E des-cbc 0123456789abcdef", { encryption: { name: w("des-cbc", 6), key: key("\x01\x23\x45\x67\x89\xab\xcd\xef", 7) } }],
      ["-E des-cbc 12345678", { encryption: { name: w("des-cbc", 6), key: key("\x12\x34\x56\x78", 7) } }],
      ["-E des-cbc add", { encryption: { name: w("des-cbc", 6), key: key("\x0a\xdd", 7) } }],
      ["-E simple", { encryption: { name: w("simple", 6) } }],
      ['-E null ""', { encryption: { name: w("null", 6), key: key("", 7) } }],
      ...["aes-gcm-8", "aes-gcm-12", "aes-gcm-16", "aes-ccm-8", "aes-ccm-12", "aes-ccm-16", "aes-gmac", "chacha20-poly1305"].map((name) => [`-E ${name} 0x01`, { encryption: { name: w(name, 6), key: key("\x01", 7) } }]),
      ...["hmac-sha256", "hmac-sha256-128", "aes-cmac"].map((name) => [`-A ${name} 0x01`, { authentication: { name: w(name, 6), key: key("\x01", 7) } }]),
      ["-E null -A null", { encryption: { name: w("null", 6) }, authentication: { name: w("null", 8) } }],
      ['-E des-cbc "\xe9\xff\x01" -A hmac-md5 0xff', { encryption: { name: w("des-cbc", 6), key: key("\xe9\xff\x01", 7) }, authentication: { name: w("hmac-md5", 9), key: key("\xff", 10) } }],
      ['-E des-cbc "a;b#c\nd"', { encryption: { name: w("des-cbc", 6), key: key("a;b#c\nd", 7) } }],
      ["-A hmac-sha1 0x01", { authentication: { name: w("hmac-sha1", 6), key: key("\x01", 7) } }],
      ["-C deflate", { compression: { name: w("deflate", 6), rawCpi: false } }],
      ["-C lzs -R", { compression: { name: w("lzs", 6), rawCpi: true } }],
      ["-C oui", { compression: { name: w("oui", 6), rawCpi: false } }],
    ].map(([text, algorithms]) => [`add 10.0.0.1 10.0.0.2 esp 300 ${text};`, { ...sa, algorithms }]),
  },
  {
    name: "policies of the SPD",
    rows: [
      ["spdadd A B any -P out none;", sp],
      ["spdupdate A B any -P out none;", { ...sp, kind: "spdupdate" }],
      ["spddelete A B any -Pout;", { ...sp, kind: "spddelete", policy: w({ direction: "out", rules: [] }, 5) }],
      ["spdadd -n4 A B any -P out none;", { ...sp, addressFlags: { family: "inet", numericOnly: true }, source: at("A", 2), destination: at("B", 3), upper: w("any", 4), policy: w(nothing, 6) }],
      ["spdadd -mark 7/0xff A B any -P out none;", { ...sp, mark: { value: w("7", 2), mask: w("0xff", 4) }, source: at("A", 5), destination: at("B", 6), upper: w("any", 7), policy: w(nothing, 9) }],
      ["spddelete -if_id 1 -4 -mark 2 -if_id 3 A B any -P out;", { ...sp, kind: "spddelete", addressFlags: { family: "inet", numericOnly: false }, mark: { value: w("2", 5) }, ifId: w("3", 7), source: at("A", 8), destination: at("B", 9), upper: w("any", 10), policy: w({ direction: "out", rules: [] }, 12) }],
      ["spdadd 10.0.0.0/24 ::/0[any] any -P out none;", { ...sp, source: { ...at("10.0.0.0", 1), prefixLength: w("24", 3) }, destination: { ...at("::", 4), prefixLength: w("0", 6), port: w("any", 8) }, upper: w("any", 10), policy: w(nothing, 12) }],
      ["spdadd 0.0.0.0/0 [l2tp] B [23] udp -P out none;", { ...sp, source: { ...at("0.0.0.0", 1), prefixLength: w("0", 3), port: w("l2tp", 5) }, destination: { ...at("B", 7), port: w("23", 9) }, upper: w("udp", 11), policy: w(nothing, 13) }],
      ...["17", "any", "tcp", "udp", "icmp6", "ip4", "gre", "esp", "ah", "ipcomp"].map((upper) => [`spdadd A B ${upper} -P out none;`, { ...sp, upper: w(upper, 3) }]),
      ...[["icmp6", "135,0"], ["icmp", "8"], ["icmp", "8,"], ["gre", "1234"], ["gre", "10.0.0.1"], ["58", "135,0"]].map(([upper, detail]) => [`spdadd A B ${upper} ${detail} -P out none;`, { ...sp, upper: w(upper, 3), upperDetail: w(detail, 4), policy: w(nothing, 6) }]),
      ['spdadd A B any -ctx 1 1 "t:s0" -P out none;', { ...sp, securityContext: { doi: w("1", 5), algorithm: w("1", 6), context: w("t:s0", 7) }, policy: w(nothing, 9) }],
      ['spdadd tagged "x y" -P out none;', { kind: "spdadd-tagged", tag: w("x y", 2), policy: w(nothing, 4) }],
      ['spdupdate tagged "x" -P out none;', { kind: "spdupdate-tagged", tag: w("x", 2), policy: w(nothing, 4) }],
      ["spddump;", { kind: "spddump" }],
      ["spdflush ;", { kind: "spdflush" }],
    ],
  },
  {
    name: "the words that end the input",
    rows: ["exit", "quit", "bye"].map((word) => [`${word};`, { kind: "exit" }]),
  },
  {
    name: "blanks and comments",
    rows: [
      ["\r\n flush \r\n;", { kind: "flush" }],
      ["flush # ; \" all of them\n\t;", { kind: "flush" }],
      ["#!/usr/sbin/setkey -f\nspddump\n;# done", { kind: "spddump" }],
      ["spdadd A B any # why\n -P out none # because; \"it\n ;", sp],
      ["spdadd A B any -P # first\r\n out # then\r\n none;", sp],
    ],
  },
] as { name: string; rows: [string, object][] }[])("$name", ({ rows }) => {
  it.each(rows)("%j", (text, statement) => {
    expect(withoutSource(parseStatement(text))).toEqual(statement);
  });
});

it("keeps all tokens in order, and where they stood", () => {
  expect(parseStatement("\tspddelete  A\nB any\n-P\nout ;").tokens).toEqual([
    { type: "keyword", text: "spddelete", position: { line: 1, column: 2, offset: 1 } },
    { type: "string", text: "A", position: { line: 1, column: 13, offset: 12 } },
    { type: "string", text: "B", position: { line: 2, column: 1, offset: 14 } },
    { type: "keyword", text: "any", position: { line: 2, column: 3, offset: 16 } },
    { type: "flag", text: "-P", position: { line: 3, column: 1, offset: 20 } },
    { type: "policy", text: "\nout ", position: { line: 3, column: 3, offset: 22 } },
    { type: ";", text: ";", position: { line: 4, column: 5, offset: 27 } },
  ]);
});
