import { type OutgoingExtension, type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, askOne } from "../testing/exchange.ts";
import { about, addEsp, address, ends, getspi, key, limits, nullKey, sa, sa2 } from "../testing/requests.ts";
import { bench } from "../testing/sockets.ts";

const EINVAL = 22;
const ENOSYS = 38;
const EPROTONOSUPPORT = 93;

const v6 = ends("2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2");
const aes = (bytes: number) => key("keyEncryption", bytes);
const md5 = key("keyAuthentication", 16);
const esp = (encryption: number, ...more: OutgoingExtension[]) =>
  request("add", "esp", [sa(0x100, { encryption }), ...ends(), ...more]);
const espAuth = (authentication: number, bytes: number) =>
  request("add", "esp", [sa(0x100, { authentication }), ...ends(), nullKey, key("keyAuthentication", bytes)]);
const ah = (authentication: number, ...more: OutgoingExtension[]) =>
  request("add", "ah", [sa(0x100, { authentication, encryption: 0 }), ...ends(), ...more]);
const ipcomp = (encryption: number, ...more: OutgoingExtension[]) =>
  request("add", "ipcomp", [sa(0x100, { encryption }), ...ends(), ...more]);
const noBits = (kind: "keyAuthentication" | "keyEncryption"): OutgoingExtension => ({
  kind,
  bits: 0,
  reserved: 0,
  key: new Uint8Array(),
});
const natT = (natTType: number): OutgoingExtension => ({ kind: "natTType", natTType, reserved: 0 });
const hard = limits("lifetimeHard");
const soft = limits("lifetimeSoft");
const proxy6 = address("addressProxy", "2001:db8:0:0:0:0:0:9");

// biome-ignore format: one row a line
const rows: readonly [string, OutgoingMessage, number][] = [
  ["no SA",                                  request("add", "esp", [...ends(), nullKey]),                         EINVAL],
  ["no destination",                         request("add", "esp", [sa(1), ends()[0]!, nullKey]),                 EINVAL],
  ["two families",                           request("add", "esp", [sa(1), ends()[0]!, v6[1]!, nullKey]),         EINVAL],
  ["ESP without KEY_ENCRYPT",                esp(11),                                                             EINVAL],
  ["AH without KEY_AUTH",                    ah(2),                                                               EINVAL],
  ["soft alone",                             addEsp(1, [soft]),                                                   EINVAL],
  ["hard alone",                             addEsp(1, [hard]),                                                   EINVAL],
  ["both",                                   addEsp(1, [soft, hard]),                                             0],
  ["a type without SAs",                     request("add", "mip", [sa(1), ...ends(), nullKey]),                  EINVAL],
  ["no type",                                request("add", "unspec", [sa(1), ...ends(), nullKey]),               EPROTONOSUPPORT],
  ["no type, and an unknown algorithm",      request("add", "unspec", [sa(1, { encryption: 99 }), ...ends()]),    ENOSYS],
  ["authentication beyond the highest",      espAuth(252, 16),                                                    EINVAL],
  ["encryption beyond the highest",          esp(254, aes(16)),                                                   EINVAL],
  ["compression beyond the highest",         ipcomp(5),                                                           EINVAL],
  ["an authentication that is not there",    espAuth(10, 32),                                                     ENOSYS],
  ["an encryption that is not there",        esp(24, aes(16)),                                                    ENOSYS],
  ["AES-GCM",                                esp(20, aes(20)),                                                    ENOSYS],
  ["a compression that is not there",        ipcomp(3),                                                           ENOSYS],
  ["a key without bits",                     esp(12, noBits("keyEncryption")),                                    EINVAL],
  ["an unknown algorithm without bits",      esp(99, noBits("keyEncryption")),                                    EINVAL],
  ["an authentication key without bits",     ah(2, noBits("keyAuthentication")),                                  EINVAL],
  ["AH with null",                           ah(251, noBits("keyAuthentication")),                                0],
  ["AH with a key and no algorithm",         ah(0, md5),                                                          EINVAL],
  ["ESP with encryption none",               esp(0, aes(16)),                                                     EINVAL],
  ["AES of 17 bytes",                        esp(12, aes(17)),                                                    EINVAL],
  ["AES of 24 bytes",                        esp(12, aes(24)),                                                    0],
  ["AES of 125 bits: whole bytes count",     esp(12, { kind: "keyEncryption", bits: 125, reserved: 0, key: new Uint8Array(16) }), 0],
  ["AES-CTR without its nonce",              esp(13, aes(16)),                                                    EINVAL],
  ["AES-CTR with its nonce",                 esp(13, aes(20)),                                                    0],
  ["DES of 7 bytes",                         esp(2, aes(7)),                                                      EINVAL],
  ["3DES of 16 bytes",                       esp(3, aes(16)),                                                     EINVAL],
  ["null with a key",                        esp(11, aes(1)),                                                     EINVAL],
  ["HMAC of 1 byte",                         espAuth(3, 1),                                                       0],
  ["HMAC of 200 bytes",                      espAuth(7, 200),                                                     0],
  ["HMAC without a key",                     request("add", "esp", [sa(1, { authentication: 3 }), ...ends(), nullKey]), 0],
  ["AES-XCBC of 16 bytes",                   espAuth(9, 16),                                                      0],
  ["AES-XCBC of 15 bytes",                   espAuth(9, 15),                                                      EINVAL],
  ["IPComp",                                 ipcomp(2),                                                           0],
  ["IPComp without an algorithm",            ipcomp(0),                                                           EINVAL],
  ["IPComp in BEET mode",                    ipcomp(2, sa2(3)),                                                   EINVAL],
  ["BEET mode",                              addEsp(1, [sa2(3)]),                                                 0],
  ["a mode beyond BEET",                     addEsp(1, [sa2(4)]),                                                 EINVAL],
  ["an unknown algorithm before a bad mode", esp(99, aes(16), sa2(4)),                                            ENOSYS],
  ["ESP in UDP",                             addEsp(1, [natT(2)]),                                                0],
  ["ESP in UDP of the first draft",          addEsp(1, [natT(1)]),                                                0],
  ["ESP in what is no encapsulation",        addEsp(1, [natT(3)]),                                                EINVAL],
  ["AH in UDP",                              ah(2, md5, natT(2)),                                                 EINVAL],
  ["IPComp in UDP",                          ipcomp(2, natT(2)),                                                  EINVAL],
  ["a proxy of the other family, transport", addEsp(1, [proxy6]),                                                 EPROTONOSUPPORT],
  ["a proxy of the other family, tunnel",    addEsp(1, [proxy6, sa2(2)]),                                         0],
];

describe("what an ADD must have", () => {
  it.each(rows)("%s", (_, message, errno) => {
    const { socket } = bench();
    expect(askOne(socket, message).errno).toBe(errno);
    expect(ask(socket, request("dump", "unspec"))[0]?.errno).toBe(errno === 0 ? 0 : 2);
  });

  it("all the same holds for an UPDATE, before the SA is looked for", () => {
    const { socket } = bench();
    for (const [, message, errno] of rows) {
      expect(askOne(socket, { ...message, type: "update" }).errno).toBe(errno === 0 ? 3 : errno);
    }
  });

  it("takes the algorithms that it was given", () => {
    const { socket } = bench({ supported: { authentication: [], encryption: [24], compression: [4] } });
    expect(askOne(socket, esp(24, aes(16))).errno).toBe(0);
    expect(askOne(socket, esp(11, nullKey)).errno).toBe(ENOSYS);
    expect(askOne(socket, ipcomp(4)).errno).toBe(0);
    const { extensions } = askOne(socket, request("register", "unspec"));
    expect(extensions).toMatchObject([
      { kind: "supportedAuthentication", algorithms: [] },
      { kind: "supportedEncryption", algorithms: [{ id: 24, ivLength: 16, minBits: 128, maxBits: 256 }] },
    ]);
  });
});

describe("which SAs are one", () => {
  it.each([
    ["another source", request("add", "esp", [sa(1), ...ends("192.0.2.7"), nullKey]), 17],
    ["another destination", request("add", "esp", [sa(1), ...ends("192.0.2.1", "192.0.2.7"), nullKey]), 0],
    ["another SPI", addEsp(2), 0],
    ["another type", request("add", "ah", [sa(1, { authentication: 2 }), ...ends(), md5]), 0],
    ["another family", request("add", "esp", [sa(1), ...v6, nullKey]), 0],
  ] as const)("%s", (_, message, errno) => {
    const { socket } = bench();
    ask(socket, addEsp(1));
    expect(askOne(socket, message).errno).toBe(errno);
  });

  it("with SPI 0 there may be any number, and none is found again", () => {
    const { socket } = bench();
    for (let count = 0; count < 2; count++) expect(askOne(socket, addEsp(0)).errno).toBe(0);
    expect(askOne(socket, about("get", 0)).errno).toBe(3);
    expect(ask(socket, request("dump", "unspec"))).toHaveLength(2);
  });
});

describe("what is kept", () => {
  it.each([
    ["replay above 32", { replay: 255 }, { replay: 32 }],
    ["replay 31", { replay: 31 }, { replay: 31 }],
    ["flags", { flags: 0xffff_ffff }, { flags: 0xe000_0000 }],
    ["state", { state: 3 }, { state: 1 }],
  ])("%s", (_, given, kept) => {
    const { extensions } = askOne(bench().socket, request("add", "esp", [sa(1, given), ...ends(), nullKey]));
    expect(extensions[0]).toMatchObject(kept);
  });

  it("NAT-T ports, the source of a proxy, and no NAT-T address or identity", () => {
    const { extensions } = askOne(
      bench().socket,
      addEsp(1, [
        natT(2),
        { kind: "natTSourcePort", port: 4500, reserved: 0 },
        address("addressProxy", "10.1.2.3", { prefixLength: 16, protocol: 6, port: 80 }),
        { kind: "identitySource", identityType: 2, reserved: 0, id: 0n, data: new Uint8Array(8) },
      ]),
    );
    expect(extensions.map(({ type }) => type)).toEqual([1, 3, 4, 2, 5, 6, 7, 19, 20, 21, 22]);
    expect(extensions[6]).toMatchObject({ protocol: 255, prefixLength: 16, sockaddr: { port: 0 } });
    expect(extensions.slice(-3)).toMatchObject([{ natTType: 2 }, { port: 4500 }, { port: 0 }]);
  });

  it("no proxy where the source is any", () => {
    const { extensions } = askOne(
      bench().socket,
      request("add", "esp", [sa(1), ...ends("0.0.0.0", "192.0.2.2"), nullKey]),
    );
    expect(extensions.map(({ type }) => type)).toEqual([1, 3, 4, 2, 5, 6, 19]);
  });
});

describe("UPDATE", () => {
  const update = (more: OutgoingExtension[]): OutgoingMessage => ({ ...addEsp(1, more), type: "update" });

  it("of a mature SA: limits and ports change, keys, mode, reqid and replay do not; the reply shows what was asked", () => {
    const { socket } = bench();
    ask(socket, esp(12, aes(16), natT(2)));
    const sent = request("update", "esp", [
      sa(0x100, { encryption: 12, replay: 9 }),
      ...ends(),
      aes(32),
      natT(2),
      { kind: "natTDestinationPort", port: 4501, reserved: 0 },
      sa2(2, 7),
      limits("lifetimeHard", { add: 100 }),
      limits("lifetimeSoft", { add: 80 }),
    ]);
    const reply = askOne(socket, sent);
    expect(reply.extensions).toMatchObject([
      { state: 3, replay: 9 },
      { addTime: 100n },
      { addTime: 80n },
      {},
      {},
      {},
      {},
      { bits: 256 },
      { mode: 2, reqid: 7 },
      {},
      {},
      { port: 4501 },
    ]);
    expect(askOne(socket, about("get", 0x100)).extensions).toMatchObject([
      { state: 1, replay: 0 },
      { addTime: 100n },
      { addTime: 80n },
      {},
      {},
      {},
      {},
      { bits: 128 },
      { mode: 1, reqid: 0 },
      {},
      {},
      { port: 4501 },
    ]);
  });

  it.each([
    ["into UDP", [], [natT(2)]],
    ["out of UDP", [natT(2)], []],
    ["into other UDP", [natT(2)], [natT(1)]],
  ])("no SA is moved %s", (_, before, after) => {
    const { socket } = bench();
    ask(socket, addEsp(1, before));
    expect(askOne(socket, update(after)).errno).toBe(EINVAL);
  });

  it("of a larval SA puts the new one first in a dump", () => {
    const { socket } = bench();
    ask(socket, getspi(0x100, 0x100));
    ask(socket, addEsp(2));
    ask(socket, { ...addEsp(0x100), type: "update" });
    const spis = ask(socket, request("dump", "unspec")).map(({ extensions }) => extensions[0]);
    expect(spis).toMatchObject([{ spi: 0x100, state: 1 }, { spi: 2 }]);
  });
});
