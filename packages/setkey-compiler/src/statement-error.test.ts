import { describe, expect, it } from "vitest";
import type { StatementError } from "./statement-error.ts";
import { type Circumstances, compileText, refusalOf } from "./testing/compiling.ts";

/** What ipsec-tools prints for an error: lines on standard output, then lines on standard error. */
function printed({ before, message, silent, remark, token, scannerLine }: StatementError) {
  const said = [...before, ...(silent ? [] : [{ message, token }])];
  return [
    said.map((each) => `line ${scannerLine}: ${each.message} at [${each.token.text}]`),
    remark === undefined ? [] : [remark],
  ];
}

const md5 = "-A hmac-md5 0x0102030405060708090a0b0c0d0e0f10";
const noName = "Name or service not known";

// Recorded, or by the rule of named-token.ts.
// biome-ignore format: a table
const compat: [text: string, stdout: string[], stderr?: string[]][] = [
  ['add 10.0.0.1 10.0.0.2 esp 0x10001 -E des-cbc "kame";',      ["line 1: Invalid key length at [kame]"], ["32 64 64"]],
  ["add 10.0.0.1 10.0.0.2 esp 0x10001 -E aes-cbc 0x123;",       ["line 1: Invalid key length at [0x123]"], ["16 128 256"]],
  ["add 10.0.0.1 ::1 esp 300 -E null;",                         []],
  ["delete 10.0.0.1 ::1 esp 300;",                              []],
  ["get 10.0.0.1 ::1 esp 300;",                                 []],
  ["spdadd 10.0.0.1 ::1 any -P out none;",                      []],
  ["add nohost.invalid 10.0.0.2 esp 300 -E null;",              [`line 1: ${noName} at [10.0.0.2]`]],
  ["add nohost.invalid[4500] 10.0.0.2 esp 300 -E null;",        [`line 1: ${noName} at []]`]],
  ["add 10.0.0.1 nohost.invalid esp 300 -E null;",              [`line 1: ${noName} at [esp]`]],
  ["add 10.0.0.1 nohost.invalid 300 -E null;",                  [`line 1: ${noName} at [300]`]],
  ["add\n nohost.invalid\n 10.0.0.2 esp 300 -E null;",          [`line 3: ${noName} at [10.0.0.2]`]],
  ["deleteall nohost.invalid 10.0.0.2 esp;",                    [`line 1: ${noName} at [nohost.invalid]`]],
  ["add 10.0.0.1 10.0.0.2 esp-udp nohost.invalid 300 -E null;", [`line 1: ${noName} at [nohost.invalid]`]],
  ["add 10.0.0.1[http] 10.0.0.2 esp 300 -E null;",              ["line 1: Servname not supported for ai_socktype at []]"]],
  ["add -n multi 10.0.0.2 esp 300 -E null;",                    [`line 1: ${noName} at [10.0.0.2]`]],
  ["add -6 10.0.0.1 10.0.0.2 esp 300 -E null;",                 ["line 1: Address family for hostname not supported at [10.0.0.2]"]],
  ["delete multi 10.0.0.2 esp 300;",                            ["line 1: multiple address specified at [;]"]],
  ["spdadd 10.0.0.1 multi any -P out none;",                    ["line 1: multiple address specified at [ out none;]"]],
  ["spdadd nohost.invalid 10.0.0.2 any -P out none;",           [`line 1: ${noName} at [ out none;]`]],
  ["spdadd nohost.invalid other.invalid any -P out none;",      [`line 1: ${noName} at [ out none;]`, `line 1: ${noName} at [ out none;]`]],
  ["spdadd 10.0.0.1[http] 10.0.0.2 tcp -P out none;",           ["line 1: Servname not supported for ai_socktype at [ out none;]"]],
  ["add 10.0.0.1 10.0.0.2 ah-old 300 -r 4 -A hmac-sha1 \"01234567890123456789\";", ["line 1: replay prevention cannot be used with ah/esp-old at [4]"]],
  ['add 10.0.0.1 10.0.0.2 esp-old 300 -E des-deriv "12345678";', ["line 1: algorithm mismatched at [12345678]"]],
  ['add 10.0.0.1 10.0.0.2 esp 300 -E des-32iv "12345678";',     ["line 1: algorithm mismatched at [12345678]"]],
  [`add 10.0.0.1 10.0.0.2 esp 300 -E simple -A hmac-md5 "1";`,  ["line 1: WARNING: obsolete algorithm at [simple]", "line 1: Invalid key length at [1]"], ["8 128 128"]],
  ["add 10.0.0.1 10.0.0.2 ah 300 -A keyed-md5 0x0102030405060708090a0b0c0d0e0f10;", ["line 1: Not supported at [0x0102030405060708090a0b0c0d0e0f10]"]],
  [`add 10.0.0.1 10.0.0.2 esp 5000000000 ${md5};`,              ["line 1: SPI too big. at [5000000000]"]],
  [`add 10.0.0.1 10.0.0.2 esp 0x100000000 ${md5};`,             ["line 1: SPI too big. at [0x100000000]"]],
  ["spdadd 10.0.0.1 10.0.0.2 foo -P out none;",                 ["line 1: invalid upper layer protocol at [foo]"]],
  ["spdadd 10.0.0.1 10.0.0.2 icmp a1 -P out none;",             ["line 1: invalid an upper layer protocol spec at [ out none;]"]],
  ["spdadd 10.0.0.1 10.0.0.2 gre a1 -P out none;",              ["line 1: invalid an upper layer protocol spec at [ out none;]"]],
  ["spdadd 10.0.0.1 10.0.0.2 tcp a1 -P out none;",              ["line 1: Servname not supported for ai_socktype at [ out none;]", "line 1: Servname not supported for ai_socktype at [ out none;]"]],
  ["spdadd 10.0.0.1 10.0.0.2 any -P out ipsec esp/tunnel//require;", ["line 1: Invalid address specification at [ out ipsec esp/tunnel//require]"]],
  ["spdadd 10.0.0.1 10.0.0.2 any -P out ipsec\n esp;",          ["line 2: Too few arguments at [ out ipsec\n esp]"]],
  ["spdadd 10.0.0.1 10.0.0.2 any -P out ipsec esp/tunnel/foo-bar/require;", [`line 1: ${noName} at [ out ipsec esp/tunnel/foo-bar/require]`], ['libipsec: invalid IP address while parsing "-"']],
  ["add 10.0.0.1 10.0.0.2 esp 300 -esp_frag 552 -E null;",     ["line 1: esp fragment size only valid for NAT-T at [552]"]],
  ['spdadd tagged "x" -P sideways none;',                       ["line 1: Invalid argument at [ sideways none]"], ['libipsec: syntax error while parsing "sideways"']],
];

const several: Circumstances["host"] = { names: { multi: ["10.0.0.11", "10.0.0.12"] } };

describe("what ipsec-tools prints", () => {
  it.each(compat)("%s", (text, stdout, stderr = []) => {
    expect(printed(refusalOf(text, { face: "ipsec-tools", host: several }))).toEqual([stdout, stderr]);
  });
});

/** The rest of an error: what the default face adds to the message. */
function explained({ message, culprit, expected, reason, secret }: StatementError) {
  return {
    message,
    culprit: secret ? "(key)" : culprit.text,
    column: culprit.position.column,
    ...(expected !== undefined && { expected }),
    ...(reason !== undefined && { reason }),
  };
}

const spi = "256 to 4294967295, in decimal or in hexadecimal with 0x";
const reserved = "SPIs from 0 to 255 are reserved";
const numeric = "an IPv4 or IPv6 address in figures";
const needsOption = "host names are looked up with --resolve only";
const tcpMd5 = "Linux's PF_KEY has no TCP MD5 signatures: programs set them on their sockets (TCP_MD5SIG)";
const overXfrm = (what: string) => `Linux takes ${what} over XFRM only: use --via=xfrm`;

// biome-ignore format: a table
const byDefault: [text: string, ReturnType<typeof explained>][] = [
  ["add 10.0.0.1 10.0.0.2 esp 0 -E null;",              { message: "invalid SPI", culprit: "0", column: 27, expected: spi, reason: reserved }],
  ["add 10.0.0.1 10.0.0.2 esp 0xff -E null;",           { message: "invalid SPI", culprit: "0xff", column: 27, expected: spi, reason: reserved }],
  ["get 10.0.0.1 10.0.0.2 esp 255;",                    { message: "invalid SPI", culprit: "255", column: 27, expected: spi, reason: reserved }],
  ["getspi 10.0.0.1 10.0.0.2 esp 255;",                 { message: "invalid SPI", culprit: "255", column: 30, expected: spi, reason: reserved }],
  ["add 10.0.0.1 10.0.0.2 esp 4294967296 -E null;",     { message: "SPI too big.", culprit: "4294967296", column: 27, expected: spi }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -r 33 -E null;",      { message: "invalid replay window", culprit: "33", column: 34, expected: "0 to 32 packets", reason: "Linux takes larger windows over XFRM only: use --via=xfrm" }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -r 4097 -E null;",    { message: "invalid replay window", culprit: "4097", column: 34, expected: "0 to 32 packets" }],
  ["add 10.0.0.1 10.0.0.2 esp-old 300 -r 4 -E null;",   { message: "replay prevention cannot be used with ah/esp-old", culprit: "4", column: 38 }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -u 4294967296 -E null;", { message: "invalid reqid", culprit: "4294967296", column: 34, expected: "0 to 4294967295" }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -lh 9223372036854775808 -E null;", { message: "invalid lifetime", culprit: "9223372036854775808", column: 35, expected: "0 to 9223372036854775807 seconds" }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -bs 18446744073709551616 -E null;", { message: "invalid lifetime", culprit: "18446744073709551616", column: 35, expected: "0 to 18446744073709551615 bytes" }],
  ['add 10.0.0.1 10.0.0.2 esp 300 -ctx 0 1 "a" -E null;', { message: "invalid security context", culprit: "0", column: 36, expected: "1 to 255" }],
  ['spdadd 10.0.0.1 10.0.0.2 any -ctx 1 256 "a" -P out none;', { message: "invalid security context", culprit: "256", column: 37, expected: "0 to 255" }],
  ["add multi 10.0.0.2 esp 300 -E null;",               { message: noName, culprit: "multi", column: 5, expected: numeric, reason: needsOption }],
  ["spdadd 10.0.0.1 192.0.2.300 any -P out none;",      { message: noName, culprit: "192.0.2.300", column: 17, expected: numeric, reason: needsOption }],
  ["add -n multi 10.0.0.2 esp 300 -E null;",            { message: noName, culprit: "multi", column: 8, expected: numeric }],
  ["add -6 10.0.0.1 10.0.0.2 esp 300 -E null;",         { message: "Address family for hostname not supported", culprit: "10.0.0.1", column: 8, expected: "an IPv6 address in figures" }],
  ["add 10.0.0.1 10.0.0.2[65536] esp 300 -E null;",     { message: "invalid port", culprit: "65536", column: 23, expected: "0 to 65535" }],
  ["spdadd 10.0.0.1[nosuch] 10.0.0.2 tcp -P out none;", { message: "Servname not supported for ai_socktype", culprit: "nosuch", column: 17, expected: "any, 0 to 65535 or a service of that protocol" }],
  ["add 10.0.0.1 ::1 esp 300 -E null;",                 { message: "Family mismatch", culprit: "::1", column: 14, expected: "an IPv4 address as the source is one" }],
  ["spdadd ::1 10.0.0.1 any -P out none;",              { message: "Family mismatch", culprit: "10.0.0.1", column: 12, expected: "an IPv6 address as the source is one" }],
  ["deleteall 10.0.0.1 ::1 esp;",                       { message: "Family mismatch", culprit: "::1", column: 20, expected: "an IPv4 address as the source is one" }],
  ["spdadd 10.0.0.0/33 10.0.0.2 any -P out none;",      { message: "Invalid prefix length", culprit: "33", column: 17, expected: "0 to 32" }],
  ["spdadd ::1 ::/129 any -P out none;",                { message: "Invalid prefix length", culprit: "129", column: 15, expected: "0 to 128" }],
  ["spdadd 10.0.0.1 10.0.0.2 256 -P out none;",         { message: "invalid upper layer protocol", culprit: "256", column: 26, expected: "0 to 255" }],
  ["spdadd 10.0.0.1 10.0.0.2 nosuch -P out none;",      { message: "invalid upper layer protocol", culprit: "nosuch", column: 26, expected: "any, icmp6, ip4, a word of /etc/protocols or 0 to 255" }],
  ["spdadd 10.0.0.1 10.0.0.2 icmp 256,0 -P out none;",  { message: "invalid an upper layer protocol spec", culprit: "256,0", column: 31, expected: "type,code or type, 0 to 255 each" }],
  ["spdadd 10.0.0.1 10.0.0.2 gre 1.2.3.400 -P out none;", { message: "invalid an upper layer protocol spec", culprit: "1.2.3.400", column: 30, expected: "a key from 0 to 4294967295 or as a.b.c.d" }],
  ["spdadd 10.0.0.1 10.0.0.2 tcp 8,0 -P out none;",     { message: "invalid an upper layer protocol spec", culprit: "8,0", column: 30, expected: "nothing: only icmp, icmp6, mobility-header and gre have more to say" }],
  ["spdadd 10.0.0.1[23] 10.0.0.2 icmp 8,0 -P out none;", { message: "invalid an upper layer protocol spec", culprit: "23", column: 17, expected: "no port where type and code or a key are given" }],
  ["spdadd 10.0.0.1 10.0.0.2 any -P out ipsec esp/transport//use/;", { message: "Invalid argument", culprit: "/", column: 61, expected: "esp, ah, ipcomp, tcp" }],
  ["spdadd 10.0.0.1 10.0.0.2 any -P out\n  ipsec esp/transprt//require;", { message: "Too few arguments", culprit: "transprt", column: 13, expected: "transport, tunnel", reason: "did you mean transport?" }],
  ["spdadd 10.0.0.1 10.0.0.2 any -P out ipsec tcp/transport//require;", { message: "Invalid ipsec protocol", culprit: " out ipsec tcp/transport//require", column: 32, expected: "esp, ah or ipcomp", reason: tcpMd5 }],
  ['spdadd tagged "x" -P out none;',                    { message: "Not supported", culprit: "x", column: 15, expected: "source and destination", reason: "tags are the BSDs' packet filter's, Linux's PF_KEY has none" }],
  ['add 10.0.0.1 10.0.0.2 tcp 0x1000 -A tcp-md5 "secret";', { message: "Not supported", culprit: "tcp", column: 23, expected: "esp, ah or ipcomp", reason: tcpMd5 }],
  ['add 10.0.0.1 10.0.0.2 esp 300 -E null -A tcp-md5 "secret";', { message: "Not supported", culprit: "tcp-md5", column: 42, reason: tcpMd5 }],
  ["flush tcp;",                                        { message: "Not supported", culprit: "tcp", column: 7, expected: "esp, ah or ipcomp", reason: tcpMd5 }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -esn -E null;",       { message: "Not supported", culprit: "-esn", column: 31, reason: overXfrm("-esn") }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -natt_mtu 1400 -E null;", { message: "Not supported", culprit: "1400", column: 41, reason: "Linux's PF_KEY does not set a fragment size: it follows the path MTU" }],
  [`add 10.0.0.1 10.0.0.2 ah 300 -E des-cbc "12345678" ${md5};`, { message: "algorithm mismatched", culprit: "des-cbc", column: 33, expected: "-A only for ah" }],
  ["add 10.0.0.1 10.0.0.2 ah 300 -C deflate;",          { message: "algorithm mismatched", culprit: "deflate", column: 33, expected: "-A only for ah" }],
  ["add 10.0.0.1 10.0.0.2 esp-old 300 -C deflate;",     { message: "algorithm mismatched", culprit: "deflate", column: 38, expected: "-E and -A for esp" }],
  ['add 10.0.0.1 10.0.0.2 ipcomp 300 -E des-cbc "12345678";', { message: "algorithm mismatched", culprit: "des-cbc", column: 37, expected: "-C for ipcomp" }],
  [`update 10.0.0.1 10.0.0.2 ipcomp 300 ${md5};`,       { message: "algorithm mismatched", culprit: "hmac-md5", column: 40, expected: "-C for ipcomp" }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -natt 10.0.0.3[4500] 10.0.0.4[4500] -E null;", { message: "Not supported", culprit: "10.0.0.3", column: 37, reason: "Linux takes NAT traversal as protocol esp-udp, with the ports in brackets after src and dst" }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -hwif eth0 -E null;", { message: "Not supported", culprit: "-hwif", column: 31, reason: overXfrm("-hwif") }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -mark 1 -E null;",    { message: "Not supported", culprit: "-mark", column: 31, reason: overXfrm("-mark") }],
  ["get 10.0.0.1 10.0.0.2 esp 300 -mark 1/1;",          { message: "Not supported", culprit: "-mark", column: 31, reason: overXfrm("-mark") }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -output-mark 1 -E null;", { message: "Not supported", culprit: "-output-mark", column: 31, reason: overXfrm("-output-mark") }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -if_id 1 -E null;",   { message: "Not supported", culprit: "-if_id", column: 31, reason: overXfrm("-if_id") }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -dir in -E null;",    { message: "Not supported", culprit: "-dir", column: 31, reason: overXfrm("-dir") }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -sel 10.0.0.0/8 10.1.0.0/16 any -E null;", { message: "Not supported", culprit: "-sel", column: 31, reason: overXfrm("-sel") }],
  ["spdadd -mark 1 10.0.0.1 10.0.0.2 any -P out none;", { message: "Not supported", culprit: "-mark", column: 8, reason: overXfrm("-mark") }],
  ["spddelete -if_id 1 10.0.0.1 10.0.0.2 any -P out;",  { message: "Not supported", culprit: "-if_id", column: 11, reason: overXfrm("-if_id") }],
  ["add 10.0.0.1 10.0.0.2 esp 300 -E aes-cbc 0x0102030405060708090a0b0c0d0e0f1011;", { message: "Invalid key length", culprit: "(key)", column: 42, expected: "a key of 128, 192 or 256 bits" }],
  ['add 10.0.0.1 10.0.0.2 esp 300 -E des-cbc "secret";', { message: "Invalid key length", culprit: "(key)", column: 42, expected: "a key of 64 bits" }],
];

describe("what the default face refuses", () => {
  it.each(byDefault)("%s", (text, expected) => {
    expect(explained(refusalOf(text))).toEqual(expected);
  });
});

describe("keys in what the default face refuses", () => {
  const secret = "5ec2e7cafe5ec2e7";
  const policy = "spdadd 10.0.0.1 10.0.0.2 any -P out";
  // biome-ignore format: one row a line
  it.each<[name: string, text: string]>([
    ["a policy without its semicolon",      `${policy} ipsec esp/transport//require\nadd A B esp 300 -E des-cbc 0x${secret};`],
    ["the same, on one line",               `${policy} none add A B esp 300 -A hmac-md5 ${secret.slice(0, 8)};`],
    ["a key for a policy",                  `${policy} 0x${secret};`],
    ["a key in a comment within a policy",  `${policy} ipsec # -E des-cbc "${secret}"\n esp/must_error;`],
    ["a key for an SPI",                    `add 10.0.0.1 10.0.0.2 esp 0x${secret} -E null;`],
  ])("%s", (_, text) => {
    const error = refusalOf(text);
    const { message, expected, reason, sourceLine, remark, before } = error;
    expect(JSON.stringify({ message, expected, reason, sourceLine, remark, before })).not.toContain("5ec2");
    expect(error.secret).toBe(true);
  });

  it("a policy with nothing of a key is shown", () => {
    const { secret, remark, sourceLine } = refusalOf(`${policy} ipsec esp/tunnel/FE80::1-ABCD::E/requir;`);
    expect([secret, remark, sourceLine]).toEqual([
      false,
      'libipsec: syntax error while parsing "requir"',
      `${policy} ipsec esp/tunnel/FE80::1-ABCD::E/requir;`,
    ]);
  });
});

describe("algorithms that are not offered", () => {
  const nothing = { authentication: new Map(), encryption: new Map() };
  const sha256 = new Map([[5, { minBits: 256, maxBits: 256 }]]);
  const key256 = `0x${"01".repeat(32)}`;
  const add = (algorithm: string) => `add 10.0.0.1 10.0.0.2 esp 300 ${algorithm};`;
  const gcm = "add 10.0.0.1 10.0.0.2 esp 300 -E aes-gcm-16 0x0102030405060708090a0b0c0d0e0f1011121314;";
  const keyed = "add 10.0.0.1 10.0.0.2 ah 300 -A hmac-md5 0x0102030405060708090a0b0c0d0e0f10;";
  // biome-ignore format: a table
  const table: [name: string, text: string, circumstances: Circumstances, [message: string, culprit: string, token: string, reason?: string]][] = [
    ["an AEAD, nobody asked",       gcm,   {},                                                ["Not supported", "aes-gcm-16", "key", overXfrm("aes-gcm-16")]],
    ["an AEAD, not offered",        gcm,   { supported: nothing },                            ["Not supported", "aes-gcm-16", "key", overXfrm("aes-gcm-16")]],
    ["an AEAD without a number",    add(`-E chacha20-poly1305 ${key256}01020304`), {},        ["Not supported", "chacha20-poly1305", "key", overXfrm("chacha20-poly1305")]],
    ["a MAC without a number",      add(`-E null -A aes-cmac ${key256.slice(0, 34)}`), {},    ["Not supported", "aes-cmac", "key", overXfrm("aes-cmac")]],
    ["another ICV",                 add(`-E null -A hmac-sha256-128 ${key256}`), {},          ["Not supported", "hmac-sha256-128", "key", overXfrm("hmac-sha256-128")]],
    ["another ICV, the hash offered", add(`-E null -A hmac-sha256-128 ${key256}`), { supported: { ...nothing, authentication: sha256 } }, ["Not supported", "hmac-sha256-128", "key", overXfrm("hmac-sha256-128")]],
    ["another, not offered",        keyed, { supported: nothing },                            ["Not supported", "hmac-md5", "key", "the kernel does not offer it"]],
    ["the same by ipsec-tools",     keyed, { supported: nothing, face: "ipsec-tools" },       ["Not supported", "hmac-md5", "key", "the kernel does not offer it"]],
  ];

  it.each(table)("%s", (_, text, circumstances, expected) => {
    const { message, culprit, token, reason, secret } = refusalOf(text, circumstances);
    expect([
      message,
      culprit.text,
      secret && token.text.startsWith("0x") ? "key" : token.text,
      reason,
    ]).toEqual(expected);
  });

  it("a key of no step passes where the kernel was asked: it refuses it itself", () => {
    const supported = {
      authentication: new Map(),
      encryption: new Map([[12, { minBits: 128, maxBits: 256 }]]),
    };
    const { warnings } = compileText(
      "add 10.0.0.1 10.0.0.2 esp 300 -E aes-cbc 0x0102030405060708090a0b0c0d0e0f1011;",
      { supported },
    );
    expect(warnings).toEqual([]);
  });
});

describe("warnings", () => {
  // biome-ignore format: a table
  const table: [text: string, compat: string[], byDefault: string[]][] = [
    ["add 10.0.0.1 10.0.0.2 esp 300 -E simple;",  ["WARNING: obsolete algorithm at [simple]"], ["WARNING: obsolete algorithm at [simple]"]],
    ["get 10.0.0.1 10.0.0.2 esp 300 -m tunnel;",  ["WARNING: mode is obsolete at [;]"],        []],
    ["delete 10.0.0.1 10.0.0.2 esp 300 -m transport;", ["WARNING: mode is obsolete at [;]"],   []],
    ["get 10.0.0.1 10.0.0.2 esp 300 -m any;",     [],                                          []],
    ["add 10.0.0.1 10.0.0.2 esp 300 -m tunnel -E null;", [],                                   []],
  ];

  it.each(table)("%s", (text, compatWarnings, defaultWarnings) => {
    const texts = (circumstances: Circumstances) =>
      compileText(text, circumstances).warnings.map(({ message, token }) => `${message} at [${token.text}]`);
    expect([texts({ face: "ipsec-tools" }), texts({})]).toEqual([compatWarnings, defaultWarnings]);
  });
});
