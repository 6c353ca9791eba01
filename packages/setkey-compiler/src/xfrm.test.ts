import {
  decodeStrict,
  encode,
  find,
  linuxXfrm,
  type OutgoingMessage,
  request,
  type XfrmExtension,
} from "@keysock/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Circumstances, compileText, refusalOf, requestsOf } from "./testing/compiling.ts";

const xfrm: Circumstances = { dialect: linuxXfrm, host: { interfaces: { eth0: 3 } } };
const gcm = (bytes: number) => `0x${"01".repeat(bytes)}`;
const add = (rest: string) => `add 10.0.0.1 10.0.0.2 esp 300 ${rest};`;
const ip = (...bytes: number[]) => Uint8Array.from(bytes);

/** Replay window, encryption and authentication, as PF_KEY says them. */
type Numbers = [replay: number, encryption: number, authentication: number];

const selector = {
  source: ip(10, 0, 0, 0),
  destination: ip(10, 1, 0, 0),
  sourcePrefixLength: 8,
  destinationPrefixLength: 16,
  sourcePort: 0,
  sourcePortMask: 0,
  destinationPort: 0,
  destinationPortMask: 0,
  protocol: 0,
  interfaceIndex: 0,
  user: 0,
};
const nullSa: Numbers = [0, 11, 0];

// biome-ignore format: one row a line
const sas: [text: string, numbers: Numbers, beyond?: Partial<XfrmExtension>][] = [
  [add("-E null"),                                 nullSa],
  [add(`-E aes-gcm-8 ${gcm(20)}`),                 [32, 18, 0]],
  [add(`-E aes-gcm-12 ${gcm(28)}`),                [32, 19, 0]],
  [add(`-E aes-gcm-16 ${gcm(36)}`),                [32, 20, 0]],
  [add(`-E aes-ccm-8 ${gcm(19)}`),                 [32, 14, 0]],
  [add(`-E aes-ccm-12 ${gcm(27)}`),                [32, 15, 0]],
  [add(`-E aes-ccm-16 ${gcm(35)}`),                [32, 16, 0]],
  [add(`-E aes-gmac ${gcm(20)}`),                  [32, 23, 0]],
  [add(`-E chacha20-poly1305 ${gcm(36)}`),         [32, 0, 0], { aead: { name: "rfc7539esp(chacha20,poly1305)", icvBits: 128 } }],
  [add(`-E null -A hmac-sha256 ${gcm(32)}`),       [32, 11, 5]],
  [add(`-E null -A hmac-sha256-128 ${gcm(32)}`),   [32, 11, 5], { authentication: { name: "hmac(sha256)", truncationBits: 128 } }],
  [add(`-E null -A aes-cmac ${gcm(16)}`),          [32, 11, 0], { authentication: { name: "cmac(aes)", truncationBits: 96 } }],
  [add("-r 32 -E null"),                           [32, 11, 0]],
  [add("-r 33 -E null"),                           [32, 11, 0], { replayWindow: 33 }],
  [add("-r 4096 -E null"),                         [32, 11, 0], { replayWindow: 4096 }],
  [add("-esn -E null"),                            [32, 11, 0], { replayWindow: 32, flags: 0x80 }],
  [add("-esn -r 8 -E null"),                       [8, 11, 0], { replayWindow: 8, flags: 0x80 }],
  [add("-esn -dir out -E null"),                   nullSa, { replayWindow: 0, flags: 0x80, direction: "out" }],
  [add(`-dir in -E aes-gcm-16 ${gcm(20)}`),        [32, 20, 0], { direction: "in" }],
  [add(`-dir out -E aes-gcm-16 ${gcm(20)}`),       [0, 20, 0], { direction: "out" }],
  [add("-r 0 -dir out -E null"),                   nullSa, { direction: "out" }],
  [add("-mark 7 -E null"),                         nullSa, { mark: { value: 7, mask: 0xffffffff } }],
  [add("-mark 0x7/0xff -E null"),                  nullSa, { mark: { value: 7, mask: 0xff } }],
  [add("-mark 1 -mark 2/3 -E null"),               nullSa, { mark: { value: 2, mask: 3 } }],
  [add("-output-mark 4294967295/0 -E null"),       nullSa, { outputMark: { value: 0xffffffff, mask: 0 } }],
  [add("-if_id 0x2a -E null"),                     nullSa, { ifId: 42 }],
  [add("-hwif eth0 -dir out -E null"),             nullSa, { direction: "out", offload: { interfaceIndex: 3, flags: 0 } }],
  [add("-dir in -hwif eth0 packet -E null"),       nullSa, { direction: "in", offload: { interfaceIndex: 3, flags: 6 } }],
  [add("-sel 10.0.0.0/8 10.1.0.0/16 any -E null"), nullSa, { selector }],
  [add("-sel 10.0.0.0/8[23] 10.1.0.0/16[any] tcp -E null"), nullSa, { selector: { ...selector, sourcePort: 23, sourcePortMask: 0xffff, protocol: 6 } }],
  [add("-sel 10.0.0.0/8 10.1.0.0/16 icmp 8,0 -E null"), nullSa, { selector: { ...selector, sourcePort: 8, sourcePortMask: 0xffff, protocol: 1 } }],
  [add("-sel 10.0.0.0/8 10.1.0.0/16 58 135,4 -E null"), nullSa, { selector: { ...selector, sourcePort: 135, sourcePortMask: 0xffff, destinationPort: 4, destinationPortMask: 0xffff, protocol: 58 } }],
  [add("-sel 2001:db8::/32 ::/0 any -E null"),     nullSa, { selector: { ...selector, source: ip(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), sourcePrefixLength: 32, destination: new Uint8Array(16), destinationPrefixLength: 0 } }],
  ["get 10.0.0.1 10.0.0.2 esp 300 -mark 7/0xff;",  [0, 0, 0], { mark: { value: 7, mask: 0xff } }],
  ["delete 10.0.0.1 10.0.0.2 esp 300 -mark 7 -if_id 1;", [0, 0, 0], { mark: { value: 7, mask: 0xffffffff }, ifId: 1 }],
  ["getspi 10.0.0.1 10.0.0.2 esp 300 -if_id 1;",   [0, 0, 0], { ifId: 1 }],
  [add("-mark 7 -E null").replace("add", "update"), nullSa, { mark: { value: 7, mask: 0xffffffff } }],
];

describe("SAs over XFRM", () => {
  it.each(sas)("%s", (text, numbers, beyond) => {
    const [message] = requestsOf(text, xfrm);
    const { replay, encryption, authentication } = find(message!, "sa")!;
    expect([replay, encryption, authentication]).toEqual(numbers);
    expect(find(message!, "xfrm")).toEqual(beyond && { kind: "xfrm", ...beyond });
  });

  it("has nothing of XFRM in an SA that says nothing of it, and else one extension, the last", () => {
    expect(requestsOf(add("-u 1 -E null"), xfrm)).toEqual(requestsOf(add("-u 1 -E null")));
    const kinds = requestsOf(add("-u 1 -if_id 2 -E null"), xfrm)[0]!.extensions.map(({ kind }) => kind);
    expect(kinds).toEqual(["keyEncryption", "sa", "sa2", "addressSource", "addressDestination", "xfrm"]);
  });
});

describe("policies over XFRM", () => {
  const without = (text: string) => requestsOf(text, xfrm);
  it.each(["spdadd", "spdupdate", "spddelete"])("%s with mark and interface", (verb) => {
    const rest = "10.0.0.0/8 10.1.0.0/16 any -P in ipsec esp/transport//unique:5;";
    expect(without(`${verb} -mark 0x10/0xf0 -if_id 7 ${rest}`)).toEqual(
      without(`${verb} ${rest}`).map((message) => ({
        ...message,
        extensions: [...message.extensions, { kind: "xfrm", mark: { value: 16, mask: 240 }, ifId: 7 }],
      })),
    );
  });
});

describe("what is refused over XFRM, too", () => {
  // biome-ignore format: one row a line
  const table: [text: string, message: string, culprit: string, expected: string | undefined, reason?: string][] = [
    [add("-r 4097 -E null"),                   "invalid replay window", "4097", "0 to 4096 packets"],
    [add("-r 1 -dir out -E null"),             "invalid replay window", "1", "0, or none, with -dir out"],
    [add("-esn -r 0 -E null"),                 "invalid replay window", "0", "1 to 4096 packets with -esn"],
    [add("-mark 4294967296 -E null"),          "invalid mark", "4294967296", "0 to 4294967295"],
    [add("-mark 1/0x100000000 -E null"),       "invalid mask", "0x100000000", "0 to 4294967295"],
    [add("-if_id 0 -E null"),                  "invalid interface id", "0", "1 to 4294967295"],
    [add("-hwif eth9 -dir in -E null"),        "invalid interface", "eth9", "the name of an interface of this machine"],
    [add("-hwif eth0 -E null"),                "invalid interface", "eth0", "-dir in or -dir out beside it"],
    [add("-sel 10.0.0.0/33 10.1.0.0 any -E null"), "Invalid prefix length", "33", "0 to 32"],
    [add("-sel 10.0.0.0 ::1 any -E null"),     "Family mismatch", "::1", "an IPv4 address as the source is one"],
    [add("-sel 10.0.0.0 10.1.0.0 bogus -E null"), "invalid upper layer protocol", "bogus", "any, icmp6, ip4, a word of /etc/protocols or 0 to 255"],
    ["add 10.0.0.1 10.0.0.2 esp-old 300 -esn -E null;", "replay prevention cannot be used with ah/esp-old", "-esn", undefined],
    [add(`-E aes-gcm-16 ${gcm(20)} -A null`),  "Not supported", "null", "no -A", "aes-gcm-16 authenticates what it enciphers"],
    [add(`-E aes-gcm-16 ${gcm(16)}`),          "Invalid key length", gcm(16), "a key of 160, 224 or 288 bits, the last 32 of them the salt"],
    [add(`-E chacha20-poly1305 ${gcm(32)}`),   "Invalid key length", gcm(32), "a key of 288 bits, the last 32 of them the salt"],
    [add(`-E null -A hmac-sha256-128 ${gcm(20)}`), "Invalid key length", gcm(20), "a key of 256 bits"],
    [add("-natt_mtu 1400 -E null"),            "Not supported", "1400", undefined, "Linux's PF_KEY does not set a fragment size: it follows the path MTU"],
  ];
  it.each(table)("%s", (text, message, culprit, expected, reason) => {
    const error = refusalOf(text, xfrm);
    expect([error.message, error.culprit.text, error.expected, error.reason]).toEqual([
      message,
      culprit,
      expected,
      reason,
    ]);
    expect(error.secret).toBe(culprit.startsWith("0x0101"));
  });

  it("an algorithm that the other end does not offer, but none that only an ADD shows", () => {
    const supported = { authentication: new Map(), encryption: new Map() };
    expect(refusalOf(add("-E des-cbc 0x0102030405060708"), { ...xfrm, supported }).reason).toBe(
      "the kernel does not offer it",
    );
    expect(compileText(add(`-E aes-ccm-16 ${gcm(19)}`), { ...xfrm, supported }).warnings).toEqual([]);
  });
});

it("in ipsec-tools' face nothing changes", () => {
  const face = { face: "ipsec-tools" } as const;
  for (const text of [add("-r 300 -E null"), "spdadd 10.0.0.1 10.0.0.2 any -P in none;"]) {
    expect(requestsOf(text, { ...xfrm, ...face })).toEqual(requestsOf(text, face));
  }
});

it("deleteall finds an SA with a mark by it", () => {
  const { command } = compileText("deleteall 10.0.0.1 10.0.0.2 esp;", xfrm);
  expect(command.next([]).value?.type).toBe("dump");
  const marked = decodeStrict(
    encode(requestsOf(add("-mark 7/0xff -if_id 3 -E null"), xfrm)[0]!, linuxXfrm),
    linuxXfrm,
  );
  const deletion = command.next([{ ...marked, type: "dump" }]).value as OutgoingMessage;
  expect(deletion.type).toBe("delete");
  expect(find(deletion, "xfrm")).toEqual({ kind: "xfrm", mark: { value: 7, mask: 0xff } });
});

it("whatever is said becomes a message that encodes and decodes to itself", () => {
  const count = fc
    .oneof(fc.nat(0xffff_ffff), fc.constant(0xffff_ffff))
    .map((n) => (n % 2 ? `${n}` : `0x${n.toString(16)}`));
  const marking = fc
    .tuple(count, fc.option(count))
    .map(([value, mask]) => (mask === null ? value : `${value}/${mask}`));
  const prefix = fc.tuple(fc.ipV4(), fc.nat(32)).map(([address, length]) => `${address}/${length}`);
  const option = fc.oneof(
    marking.map((text) => `-mark ${text}`),
    marking.map((text) => `-output-mark ${text}`),
    fc.integer({ min: 1, max: 0xffff_ffff }).map((id) => `-if_id ${id}`),
    fc.tuple(prefix, prefix, fc.nat(255)).map(([from, to, upper]) => `-sel ${from} ${to} ${upper}`),
    fc.constant("-dir in"),
    fc.constant("-dir in -hwif eth0 packet"),
    fc.constant("-esn"),
    fc.integer({ min: 1, max: 4096 }).map((size) => `-r ${size}`),
  );
  const algorithms = fc.constantFrom(
    `-E aes-gcm-12 ${gcm(20)}`,
    `-E chacha20-poly1305 ${gcm(36)}`,
    `-E null -A hmac-sha256-128 ${gcm(32)}`,
    "-E null",
  );
  fc.assert(
    fc.property(fc.array(option, { maxLength: 6 }), algorithms, (options, end) => {
      const [message] = requestsOf(add([...options, end].join(" ")), xfrm);
      const decoded = decodeStrict(encode(message!, linuxXfrm), linuxXfrm);
      const bare = decoded.extensions.map(({ type: _, length: __, ...extension }) => extension);
      expect({ ...decoded, extensions: bare }).toEqual(request("add", "esp", message!.extensions));
    }),
    { numRuns: 300 },
  );
});
