import { find, linuxXfrm, type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { explainRefusal } from "./refusals.ts";
import { requestsOf } from "./testing/compiling.ts";

/** A request as ipsec-tools makes it, which checks little. */
const of = (text: string) => requestsOf(text, { face: "ipsec-tools" })[0]!;
const add = (rest: string) => of(`add 10.0.0.1 10.0.0.2 ${rest};`);
const xfrmAdd = (rest: string) => requestsOf(`add 10.0.0.1 10.0.0.2 ${rest};`, { dialect: linuxXfrm })[0]!;
const policy = (text: string) => of(`spdadd 10.0.0.1 10.0.0.2 any -P ${text};`);
/** With the mode of its SA and of its policy's requests changed: setkey has no word for some. */
const inMode = (message: OutgoingMessage, mode: number): OutgoingMessage => ({
  ...message,
  extensions: message.extensions.map((extension) => {
    if (extension.kind === "sa2") return { ...extension, mode };
    if (extension.kind !== "policy") return extension;
    return { ...extension, requests: extension.requests.map((each) => ({ ...each, mode })) };
  }),
});
const withoutKeys = (message: OutgoingMessage): OutgoingMessage => ({
  ...message,
  extensions: message.extensions.filter(
    ({ kind }) => kind !== "keyEncryption" && kind !== "keyAuthentication",
  ),
});
const withEncryption = (message: OutgoingMessage, encryption: number): OutgoingMessage => ({
  ...message,
  extensions: message.extensions.map((extension) =>
    extension.kind === "sa" ? { ...extension, encryption } : extension,
  ),
});

const sha1 = "-A hmac-sha1 0x0102030405060708090a0b0c0d0e0f1011121314";
const aes = "-E aes-cbc 0x0102030405060708090a0b0c0d0e0f10";
const aesOf17 = "-E aes-cbc 0x0102030405060708090a0b0c0d0e0f1011";
const des = "-E des-cbc 0x0102030405060708";
const seven = "esp/transport//require ".repeat(7);

// biome-ignore format: a table
const table: [name: string, request: OutgoingMessage, errno: number, text: string | undefined][] = [
  ["EPERM",                               of("flush;"),                                   1, "IPsec takes root or CAP_NET_ADMIN"],
  ["ENOENT of getspi",                    request("getspi", "esp"),                       2, "that SPI, or each of the range, is taken"],
  ["ENOENT of add",                       add(`esp 300 ${aes}`),                          2, "the kernel lacks a module for it: that of the algorithm, or a random number source (drbg) for its IV"],
  ["ENOENT of spddelete",                 of("spddelete 10.0.0.1 10.0.0.2 any -P out;"),  2, "no policy has this selector and direction"],
  ["ESRCH of get without a protocol",     of("get 10.0.0.1 10.0.0.2 300;"),               3, "the kernel looks for no SA without a protocol: say esp, ah or ipcomp"],
  ["ESRCH of get",                        of("get 10.0.0.1 10.0.0.2 esp 300;"),           3, "no SA has this destination, SPI and protocol"],
  ["ESRCH of update",                     request("update", "esp"),                       3, "there is no such SA to update: add it"],
  ["EEXIST of add",                       add(`esp 300 ${aes}`),                          17, "there is an SA with this destination, SPI and protocol; the source makes no difference"],
  ["EEXIST of spdadd",                    policy("out none"),                             17, "there is a policy with this selector and direction: spdupdate replaces it"],
  ["EINVAL: one lifetime",                add(`esp 300 -lh 60 ${aes}`),                   22, "Linux takes a hard and a soft lifetime together or neither"],
  ["EINVAL: AH without key",              add("ah 300 -A null"),                          22, "AH takes an authentication algorithm with a key (-A)"],
  ["EINVAL: AH with encryption alone",    add(`ah 300 ${des}`),                           22, "AH takes an authentication algorithm with a key (-A)"],
  ["EINVAL: ESP without encryption",      add(`esp 300 ${sha1}`),                         22, "ESP takes an encryption algorithm (-E), if only null"],
  ["EINVAL: IPComp without algorithm",    add(`ipcomp 300 ${sha1}`),                      22, "IPComp takes a compression algorithm (-C)"],
  ["EINVAL: BEET",                        inMode(add(`esp 300 ${aes}`), 3),               22, "mode BEET cannot be set over PF_KEY, only over XFRM"],
  ["EINVAL: key length",                  add(`esp 300 ${aesOf17}`),                      22, "aes-cbc takes a key of 128, 192 or 256 bits"],
  ["EINVAL: key length, key not known",   withoutKeys(add(`esp 300 ${aesOf17}`)),         22, "aes-cbc takes a key of 128, 192 or 256 bits"],
  ["EINVAL: of a key that is right",      add(`esp 300 ${aes}`),                          22, undefined],
  ["EINVAL: key not known, each fits",    withoutKeys(add(`esp 300 ${des}`)),             22, undefined],
  ["EINVAL: getspi without a protocol",   request("getspi", "unspec"),                    22, "an SPI is one of a protocol: say esp, ah or ipcomp"],
  ["EINVAL: policy without addresses",    of('spdadd tagged "x" -P out none;'),           22, "a policy takes a source and a destination"],
  ["EINVAL: bypass",                      policy("out bypass"),                           22, "entrust and bypass are for a socket's own policies"],
  ["EINVAL: mode any in a policy",        inMode(policy("out ipsec esp/transport//require"), 0), 22, "mode any is for no policy: say transport or tunnel"],
  ["EINVAL: BEET in a policy",            inMode(policy("out ipsec esp/transport//require"), 3), 22, "mode BEET cannot be set over PF_KEY, only over XFRM"],
  ["EINVAL: use-level tunnel out",        policy("out ipsec esp/tunnel/10.0.0.1-10.0.0.2/use"), 22, "level use is not for a tunnel in direction out"],
  ["EINVAL: prefix length",               of("spdadd 10.0.0.0/33 10.0.0.2 any -P out none;"), 22, "a prefix length is out of its range, 0 to 32 or 0 to 128"],
  ["EINVAL: of a policy that is right",   policy("in ipsec esp/tunnel/10.0.0.1-10.0.0.2/use"), 22, undefined],
  ["ENOSYS: AEAD",                        withEncryption(add(`esp 300 ${aes}`), 20),      38, "Linux takes aes-gcm-16 over XFRM only, PF_KEY has no combined-mode algorithm"],
  ["ENOSYS: two algorithms",              add(`esp 300 ${aes} ${sha1}`),                  38, "this kernel lacks aes-cbc or hmac-sha1"],
  ["ENOSYS: compression",                 add("ipcomp 300 -C lzs"),                       38, "this kernel lacks lzs"],
  ["ENOSYS: a number without name",       withEncryption(add(`esp 300 ${aes}`), 99),      38, "this kernel lacks encryption 99"],
  ["ELOOP",                               policy(`out ipsec ${seven}`),                   40, "a policy takes six requests at most"],
  ["EPROTONOSUPPORT: no protocol",        add(`300 ${aes}`),                              93, "an SA is one of a protocol: say esp, ah or ipcomp"],
  ["EPROTONOSUPPORT",                     add("ipcomp 300 -C deflate"),                   93, "the kernel lacks the module of that protocol or mode (esp4, ah4, ipcomp, xfrm4_tunnel, ...)"],
  ["ENOBUFS",                             of("dump;"),                                    105, "the kernel has no room for it now"],
  ["an errno that says nothing",          of("dump;"),                                    5, undefined],
];

describe("why Linux refused", () => {
  it.each(table)("%s", (_, message, errno, text) => {
    expect(explainRefusal(message, errno)).toBe(text);
  });

  // biome-ignore format: one row a line
  const overXfrm: [name: string, request: OutgoingMessage, errno: number, text: string | undefined][] = [
    ["ESRCH of get",                 of("get 10.0.0.1 10.0.0.2 esp 300;"),          3,  "no SA has this destination, SPI, protocol and mark"],
    ["ENOENT of spddelete",          of("spddelete 10.0.0.1 10.0.0.2 any -P out;"), 2,  "no policy has this selector, direction, mark and interface id"],
    ["EEXIST of spdadd",             policy("out none"),                            17, "there is a policy with this selector, direction, mark and interface id: spdupdate replaces it"],
    ["EINVAL: BEET",                 inMode(add(`esp 300 ${aes}`), 3),              22, undefined],
    ["EINVAL: one lifetime",         add(`esp 300 -lh 60 ${aes}`),                  22, undefined],
    ["EINVAL: AEAD without number",  xfrmAdd(`esp 300 -E chacha20-poly1305 0x${"01".repeat(36)}`), 22, undefined],
    ["EINVAL: AH with named MAC",    xfrmAdd(`ah 300 -A aes-cmac 0x${"01".repeat(16)}`), 22, undefined],
    ["EINVAL: ESN of IPComp",        xfrmAdd("ipcomp 300 -esn -C deflate"),         22, "extended sequence numbers are for ESP and AH"],
    ["EINVAL: AEAD with MAC",        withEncryption(add(`esp 300 ${aes} ${sha1}`), 20), 22, "aes-gcm-16 authenticates what it enciphers: leave -A out"],
    ["ENOSYS: AEAD",                 xfrmAdd(`esp 300 -E aes-gcm-16 0x${"01".repeat(20)}`), 38, "this kernel lacks aes-gcm-16"],
    ["ENOSYS: AEAD without number",  xfrmAdd(`esp 300 -E chacha20-poly1305 0x${"01".repeat(36)}`), 38, "this kernel lacks rfc7539esp(chacha20,poly1305)"],
    ["ENOSYS: named MAC",            xfrmAdd(`ah 300 -A aes-cmac 0x${"01".repeat(16)}`), 38, "this kernel lacks cmac(aes)"],
  ];
  it.each(overXfrm)("over XFRM: %s", (_, message, errno, text) => {
    expect(explainRefusal(message, errno, linuxXfrm)).toBe(text);
  });

  it("a policy of six requests is not too long", () => {
    const six = policy(`out ipsec ${"esp/transport//require ".repeat(6)}`);
    expect(find(six, "policy")?.requests.length).toBe(6);
    expect(explainRefusal(six, 40)).toBeUndefined();
  });
});
