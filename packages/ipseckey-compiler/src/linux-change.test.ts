import { describe, expect, it } from "vitest";
import { type Circumstances, compileText, hexOf, onLinux, problemsOf } from "./testing/compiling.ts";

const key = "encralg aes encrkey 00112233445566778899aabbccddeeff";
const spaced = (hex: string) => hex.replaceAll(/\s/g, "");
const to2 = "03000600 00200000 02000000 c0000202 00000000 00000000";
const from1 = "03000500 00200000 02000000 c0000201 00000000 00000000";
const fromAny = "03000500 00200000 02000000 00000000 00000000 00000000";
const aesKey = "03000900 80000000 00112233 44556677 8899aabb ccddeeff";

// Laid out by hand from linux/pfkeyv2.h.
// biome-ignore format: columns
const messages: [name: string, text: string, messages: string[], circumstances?: Circumstances][] = [
  ["ESP in transport mode from anywhere", `add esp spi 0x100 dst you.domain.com ${key}`, [
    `02030003 0f000000 00000000 00000000
     02000100 00000100 0001000c 00000000 02001300 01000000 00000000 00000000
     ${aesKey} ${to2} ${fromAny}`,
  ]],
  ["AH with one lifetime", "add ah spi 0x100 src 192.0.2.1 dst 192.0.2.2 authalg md5 authkey 1234567890abcdef1234567890abcdef hard_bytes 16000000", [
    `02030002 17000000 00000000 00000000
     02000100 00000100 00010200 00000000 02001300 01000000 00000000 00000000
     04000300 00000000 0024f400 00000000 00000000 00000000 00000000 00000000
     04000400 00000000 00000000 00000000 00000000 00000000 00000000 00000000
     03000800 80000000 12345678 90abcdef 12345678 90abcdef ${to2} ${from1}`,
  ]],
  ["the NULL cipher, whose key is empty", "add esp spi 0x100 dst 192.0.2.2 authalg md5 authkey 1234567890abcdef1234567890abcdef", [
    `02030003 10000000 00000000 00000000
     02000100 00000100 0001020b 00000000 02001300 01000000 00000000 00000000
     01000900 00000000 03000800 80000000 12345678 90abcdef 12345678 90abcdef ${to2} ${fromAny}`,
  ]],
  ["IPv4 in a tunnel of IPv6", `add esp spi 0x100 dst6 2001:db8::2 ${key} isrc 10.1.0.0/16 idst 0.0.0.0/0 proto 4`, [
    `02030003 16000000 00000000 00000000
     02000100 00000100 0001000c 00000000 02001300 02000000 00000000 00000000 ${aesKey}
     05000600 00800000 0a000000 00000000 20010db8 00000000 00000000 00000002 00000000 00000000
     05000500 00800000 0a000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
     03000700 00100000 02000000 0a010000 00000000 00000000`,
  ]],
  ["a tunnel of which only the destination is said to be any", `add esp spi 0x100 dst6 2001:db8::2 ${key} idst 0.0.0.0/0`, [
    `02030003 16000000 00000000 00000000
     02000100 00000100 0001000c 00000000 02001300 02000000 00000000 00000000 ${aesKey}
     05000600 00800000 0a000000 00000000 20010db8 00000000 00000000 00000002 00000000 00000000
     05000500 00800000 0a000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
     03000700 00000000 02000000 00000000 00000000 00000000`,
  ]],
  ["UDP encapsulation of what comes in", `add esp spi 0x100 src 192.0.2.1 dst 192.0.2.2 ${key} encap udp nat_loc 192.0.2.2 nat_rport 1024`, [
    `02030003 12000000 00000000 00000000
     02000100 00000100 0001000c 00000000 02001300 01000000 00000000 00000000 ${aesKey} ${to2} ${from1}
     01001400 02000000 01001500 04000000 01001600 11940000`,
  ]],
  ["combined modes where they can be had", "add esp spi 0x100 dst 192.0.2.2 encralg aes-gcm encrkey 00112233445566778899aabbccddeeff01020304", [
    `02030003 10000000 00000000 00000000
     02000100 00000100 00010014 00000000 02001300 01000000 00000000 00000000
     04000900 a0000000 00112233 44556677 8899aabb ccddeeff 01020304 00000000 ${to2} ${fromAny}`,
  ], { combinedModes: true }],
  ["an algorithm that only Linux has", "add esp spi 0x100 dst 192.0.2.2 encralg camellia-cbc encrkey 00112233445566778899aabbccddeeff", [
    `02030003 0f000000 00000000 00000000
     02000100 00000100 00010016 00000000 02001300 01000000 00000000 00000000 ${aesKey} ${to2} ${fromAny}`,
  ]],
  ["delete in the order of the command", "delete ah dst 192.0.2.2 spi 1", [
    `02040002 0a000000 00000000 00000000 ${to2} 02000100 00000001 00000000 00000000 ${fromAny}`,
  ]],
  ["get with a source", "get ah spi 1 src 192.0.2.1 dst 192.0.2.2 sport 0", [
    `02050002 0a000000 00000000 00000000 02000100 00000001 00000000 00000000 ${from1} ${to2}`,
  ]],
  ["each address of a name, the wildcard of its family", "delete ah spi 1 dst dual.example", [
    `02040002 0a000000 00000000 00000000 02000100 00000001 00000000 00000000
     03000600 00200000 02000000 c000023d 00000000 00000000 ${fromAny}`,
    `02040002 0e000000 00000000 00000000 02000100 00000001 00000000 00000000
     05000600 00800000 0a000000 00000000 20010db8 00000000 00000000 00000061 00000000 00000000
     05000500 00800000 0a000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000`,
  ]],
];

describe("messages to Linux", () => {
  it.each(messages)("%s", (_, text, expected, circumstances) => {
    expect(hexOf(text, { ...onLinux, ...circumstances })).toEqual(expected.map(spaced));
  });
});

const add = `add esp spi 0x100 src 192.0.2.1 dst 192.0.2.2 ${key}`;
const cannot = (what: string, reason: string) => `${what} cannot be had on Linux: ${reason}.`;
const drops = "Linux drops the original addresses of NAT-T: only those of the SA itself may stand here";

// biome-ignore format: columns
const refusals: [name: string, text: string, messages: string[], circumstances?: Circumstances][] = [
  ["pairs", "update-pair esp spi 1 dst 192.0.2.2 soft_bytes 1", [cannot("update-pair", "Linux has no pairs of SAs")]],
  ["pairs to delete", "delete-pair esp spi 1 dst 192.0.2.2", [cannot("delete-pair", "Linux has no pairs of SAs")]],
  ["several at once", `${add} pair-spi 2 idle_addtime 1 label PUBLIC sport 5`, [
    cannot("pair-spi", "Linux has no pairs of SAs"),
    cannot("idle_addtime", "Linux has no idle lifetimes"),
    cannot("label", "Linux's SAs have no sensitivity labels"),
    cannot("sport", "an SA of Linux's PF_KEY is for any port and protocol: say it in the policy"),
  ]],
  ["tunnelled protocols without a tunnel", `${add} proto 4`, [cannot("proto", "an SA of Linux's PF_KEY is for any port and protocol: say it in the policy")]],
  ["mixed families inside", `${add} isrc 10.0.0.0/8 idst ::/0`, [cannot("idst", "inner source and inner destination are of different families")]],
  ["a whole inner destination", `${add} idst 10.0.0.1`, [cannot("idst", "Linux's PF_KEY has no place for the inner destination: say it in the policy")]],
  ["an original address", `${add} encap udp nat_loc 198.51.100.1`, [cannot("encap udp", drops)]],
  ["an original address where src is any", `add esp spi 1 dst 192.0.2.2 ${key} encap udp nat_loc 192.0.2.1`, [cannot("encap udp", drops)]],
  ["ports of which nobody knows the side", `${add} encap udp nat_lport 1`, [
    cannot("encap udp", "Linux wants source and destination port: say inbound or outbound, or with nat_loc which of src and dst is the local one"),
  ]],
  ["sides that contradict each other", `${add} encap udp nat_loc 192.0.2.1 inbound`, [
    cannot("encap udp", "inbound, outbound, nat_loc and nat_rem do not agree on which of src and dst is the local one"),
  ]],
  ["mixed families in figures", `add esp spi 1 src 2001:db8::1 dst 192.0.2.2 ${key}`, [
    "src and dst cannot be had on Linux: source and destination are of different families.",
  ], { face: "illumos", numericOnly: true }],
  ["a key of the wrong size for authentication", "add ah spi 1 dst 192.0.2.2 authalg sha1 authkey 1234567890abcdef1234567890abcdef", [
    "Bad number of authentication bits: 128 found, hmac-sha1 takes 160 bits.",
  ]],
  ["a key of the wrong size for encryption", "add esp spi 1 dst 192.0.2.2 encralg aes encrkey 0011", [
    "Bad number of encryption bits: 16 found, aes-cbc takes 128, 192 or 256 bits.",
  ]],
  ["a weak key", "add esp spi 1 dst 192.0.2.2 encralg des encrkey 0101010101010101", ["Weak encryption key."]],
  ["a weak part of a key", "add esp spi 1 dst 192.0.2.2 encralg 3des encrkey be02938e7def2839fefefefefefefefe8bd4a52e10127deb", ["Weak encryption key."]],
  ["no key for encryption", "add esp spi 1 dst 192.0.2.2 encralg aes authalg md5 authkey 1234567890abcdef1234567890abcdef", ["Missing encryption key."]],
  ["no key for authentication", `${add} authalg md5`, ["Missing authentication key."]],
  ["a key that nothing needs", `${add} authkey 1234567890abcdef1234567890abcdef`, ["Authentication key not needed: no authalg found."]],
  ["an encryption key of AH", "add ah spi 1 dst 192.0.2.2 authalg md5 authkey 1234567890abcdef1234567890abcdef encrkey 0011", ["Encryption key not needed."]],
];

describe("refusals for Linux", () => {
  it.each(refusals)("%s", (_, text, expected, circumstances) => {
    const problems = problemsOf(text, { ...onLinux, ...circumstances });
    expect(problems.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual(
      expected,
    );
  });

  it("equal ports need no side", () => {
    expect(() => compileText(`${add} encap udp nat_lport 1024 nat_rport 1024`, onLinux)).not.toThrow();
  });
});
