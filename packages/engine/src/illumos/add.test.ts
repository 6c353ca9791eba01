import {
  decodeStrict,
  encode,
  IllumosSaFlag,
  illumos,
  type OutgoingExtension,
  type OutgoingMessage,
  request,
} from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, askOne, waiting } from "../testing/exchange.ts";
import { startOfTime } from "../testing/hand-clock.ts";
import {
  about,
  addAh,
  addEsp,
  address,
  aesKey,
  anyIpv6,
  ends,
  illumosBench,
  key,
  limits,
  md5Key,
  sa,
  shown,
} from "../testing/illumos-requests.ts";

const { natTLocal, natTRemote, tunnel, noReplay, inbound } = IllumosSaFlag;
const made = BigInt(startOfTime / 1000);
const current: OutgoingExtension = { ...limits("lifetimeCurrent"), addTime: made } as OutgoingExtension;
const shownEnds = (source: string, destination: string) => [
  shown("addressSource", source),
  shown("addressDestination", destination),
];
const identity = (kind: "identitySource" | "identityDestination", text: string): OutgoingExtension => {
  const data = new Uint8Array(Math.ceil((text.length + 1) / 8) * 8);
  data.set(Buffer.from(text));
  return { kind, identityType: 2, reserved: 0, id: 0n, data };
};
const label = (kind: "sensitivity" | "outerSensitivity"): OutgoingExtension => ({
  kind,
  dpd: 1,
  sensitivityLevel: 2,
  integrityLevel: 0,
  reserved: 0,
  sensitivityBitmap: [7n],
  integrityBitmap: [],
});
const cookie: OutgoingExtension = { kind: "kmCookie", protocol: 1, cookie: 5n };
const counter: OutgoingExtension = { kind: "replayValue", replay32: 77, replay64: 0n };

/** What is answered to a message, against a message that is written down; lengths and numbers are the dialect's. */
function expectAnswer(sent: OutgoingMessage, answer: OutgoingMessage, before: OutgoingMessage[] = []): void {
  const { socket } = illumosBench();
  for (const message of before) ask(socket, message);
  socket.send([encode(sent, illumos)]);
  const expected = decodeStrict(encode(answer, illumos), illumos);
  expect(waiting(socket).map((bytes) => decodeStrict(bytes, illumos))).toEqual([expected]);
}

const numbered = (message: OutgoingMessage): OutgoingMessage => ({ ...message, sequence: 7, pid: 4242 });

/** An SA with all that an SA can have, in the order in which ipseckey sends it. */
const everything = request("add", "esp", [
  sa(9, { replay: 32, authentication: 2, flags: natTLocal | natTRemote | tunnel | noReplay | inbound }),
  limits("lifetimeHard", { allocations: 9, bytes: 8, add: 7, use: 6 }),
  limits("lifetimeSoft", { bytes: 5 }),
  limits("lifetimeIdle", { add: 4 }),
  aesKey,
  md5Key,
  identity("identitySource", "a.example"),
  identity("identityDestination", "b.example"),
  address("addressDestination", "192.0.2.2", { protocol: 17, port: 53 }),
  address("addressNatTRemote", "198.51.100.2", { port: 1024 }),
  address("addressNatTLocal", "192.0.2.1", { port: 4500 }),
  address("addressSource", "192.0.2.1", { protocol: 17 }),
  address("addressProxy", "10.1.0.0", { prefixLength: 112, protocol: 4 }),
  address("addressInnerDestination", "10.2.0.0", { prefixLength: 96, protocol: 4 }),
  counter,
  label("sensitivity"),
  label("outerSensitivity"),
  cookie,
]);
const shownAddresses = {
  source: shown("addressSource", "192.0.2.1", { protocol: 17 }),
  destination: shown("addressDestination", "192.0.2.2", { protocol: 17, port: 53 }),
  local: shown("addressNatTLocal", "192.0.2.1", { port: 4500 }),
  remote: shown("addressNatTRemote", "198.51.100.2", { port: 1024 }),
  innerSource: shown("addressProxy", "10.1.0.0", { prefixLength: 16, protocol: 4 }),
  innerDestination: shown("addressInnerDestination", "10.2.0.0", { prefixLength: 0, protocol: 4 }),
};

describe("ADD is echoed", () => {
  it("as it came, without keys, and with addresses of IPv4 as such", () => {
    const { source, destination, local, remote, innerSource, innerDestination } = shownAddresses;
    expectAnswer(
      numbered(everything),
      numbered({
        ...everything,
        extensions: everything.extensions.flatMap((extension): OutgoingExtension[] => {
          if (extension.kind === "keyEncryption" || extension.kind === "keyAuthentication") return [];
          const address = [source, destination, local, remote, innerSource, innerDestination].find(
            ({ kind }) => kind === extension.kind,
          );
          return [address ?? extension];
        }),
      }),
    );
  });

  // biome-ignore format: one row a line
  it.each([
    ["no source and no replay window",        request("add", "esp", [sa(9, { replay: 32 }), aesKey, ...ends(anyIpv6, "192.0.2.2")]),                                      [sa(9), shown("addressDestination", "192.0.2.2"), shown("addressSource", "0.0.0.0")]],
    ["a replay window with a source",         addEsp(9, [], { replay: 32 }),                                                                                             [sa(9, { replay: 32 }), shown("addressDestination", "192.0.2.2"), shown("addressSource", "192.0.2.1")]],
    ["IPv6",                                  request("add", "esp", [sa(9), aesKey, ...ends("2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2")]),                            [sa(9), ...ends("2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2")]],
    ["any source of IPv6",                    request("add", "esp", [sa(9), aesKey, ...ends(anyIpv6, "2001:db8:0:0:0:0:0:2")]),                                          [sa(9), ...ends(anyIpv6, "2001:db8:0:0:0:0:0:2")]],
    ["an inner source, and any destination",  addEsp(9, [address("addressProxy", "10.0.0.1", { prefixLength: 128 }), address("addressInnerDestination", anyIpv6)]),        [sa(9), shown("addressDestination", "192.0.2.2"), shown("addressSource", "192.0.2.1"), shown("addressProxy", "10.0.0.1", { prefixLength: 32 }), shown("addressInnerDestination", "0.0.0.0")]],
    ["an inner destination, and any source",  addEsp(9, [address("addressProxy", anyIpv6, { prefixLength: 128 }), address("addressInnerDestination", "10.0.0.0", { prefixLength: 104 })]), [sa(9), shown("addressDestination", "192.0.2.2"), shown("addressSource", "192.0.2.1"), shown("addressProxy", "0.0.0.0", { prefixLength: 32 }), shown("addressInnerDestination", "10.0.0.0", { prefixLength: 8 })]],
    ["inner addresses of another family",     addEsp(9, [address("addressProxy", "2001:db8:0:0:0:0:0:0", { prefixLength: 64 }), address("addressInnerDestination", anyIpv6)]), [sa(9), shown("addressDestination", "192.0.2.2"), shown("addressSource", "192.0.2.1"), address("addressProxy", "2001:db8:0:0:0:0:0:0", { prefixLength: 64 }), address("addressInnerDestination", anyIpv6)]],
    ["an IPv4 address as such",               request("add", "esp", [sa(9), aesKey, shown("addressDestination", "192.0.2.2", { prefixLength: 32 }), shown("addressSource", "192.0.2.1", { prefixLength: 32 })]), [sa(9), shown("addressDestination", "192.0.2.2", { prefixLength: 32 }), shown("addressSource", "192.0.2.1", { prefixLength: 32 })]],
    ["an address with all bits of a prefix",  request("add", "esp", [sa(9), aesKey, address("addressDestination", "192.0.2.2", { prefixLength: 128 }), address("addressSource", "192.0.2.1", { prefixLength: 64 })]), [sa(9), shown("addressDestination", "192.0.2.2", { prefixLength: 32 }), shown("addressSource", "192.0.2.1", { prefixLength: 64 })]],
    ["multicast",                             request("add", "esp", [sa(9), aesKey, ...ends("192.0.2.1", "224.0.0.1")]),                                                  [sa(9), shown("addressDestination", "224.0.0.1"), shown("addressSource", "192.0.2.1")]],
  ] as const)("%s", (_, sent, extensions) => {
    expectAnswer(sent, { ...sent, extensions });
  });

  it("an address with room to spare, as Solaris 10 sends it, without that", () => {
    const roomy = { ...address("addressDestination", "192.0.2.2"), length: 33 };
    const sent = request("add", "esp", [sa(9), aesKey, roomy, address("addressSource", "192.0.2.1")]);
    const extensions = [sa(9), shown("addressDestination", "192.0.2.2"), shown("addressSource", "192.0.2.1")];
    expectAnswer(sent, { ...sent, extensions });
  });
});

describe("GET shows an SA", () => {
  it("with all that it can have, in this order", () => {
    const { source, destination, local, remote, innerSource, innerDestination } = shownAddresses;
    const named = request("get", "esp", [sa(9), address("addressDestination", "192.0.2.2")]);
    expectAnswer(
      numbered(named),
      numbered({
        ...named,
        extensions: [
          everything.extensions[0]!,
          current,
          limits("lifetimeHard", { allocations: 9, bytes: 8, add: 7, use: 6 }),
          limits("lifetimeSoft", { bytes: 5 }),
          limits("lifetimeIdle", { add: 4 }),
          source,
          destination,
          local,
          remote,
          innerSource,
          innerDestination,
          cookie,
          md5Key,
          aesKey,
          identity("identitySource", "a.example"),
          identity("identityDestination", "b.example"),
          label("sensitivity"),
          label("outerSensitivity"),
          counter,
        ],
      }),
      [everything],
    );
  });

  // biome-ignore format: one row a line
  it.each([
    ["AH",                                     addAh(9),                                                                                                                [sa(9, { authentication: 2, encryption: 0 }), current, ...shownEnds("192.0.2.1", "192.0.2.2"), md5Key]],
    ["ESP without authentication",             addEsp(9),                                                                                                               [sa(9), current, ...shownEnds("192.0.2.1", "192.0.2.2"), aesKey]],
    ["ESP without encryption",                 request("add", "esp", [sa(9, { authentication: 2, encryption: 11 }), md5Key, ...ends()]),                                [sa(9, { authentication: 2, encryption: 11 }), current, ...shownEnds("192.0.2.1", "192.0.2.2"), md5Key]],
    ["limits of zeros, which are none",        addEsp(9, [limits("lifetimeHard"), limits("lifetimeSoft"), limits("lifetimeIdle")]),                                     [sa(9), current, ...shownEnds("192.0.2.1", "192.0.2.2"), aesKey]],
    ["no replay window without a source",      request("add", "esp", [sa(9, { replay: 4 }), aesKey, ...ends("0.0.0.0", "192.0.2.2")]),                                  [sa(9), current, ...shownEnds("0.0.0.0", "192.0.2.2"), aesKey]],
    ["a DES key with its parity bits as given", request("add", "esp", [sa(9, { encryption: 2 }), key("keyEncryption", "be02938e7def2838"), ...ends()]),                  [sa(9, { encryption: 2 }), current, ...shownEnds("192.0.2.1", "192.0.2.2"), key("keyEncryption", "be02938e7def2838")]],
    ["a key with its salt beside it",          request("add", "esp", [sa(9, { encryption: 20 }), key("keyEncryption", "00112233445566778899aabbccddeeff01020304", { reserved: 32 }), ...ends()]), [sa(9, { encryption: 20 }), current, ...shownEnds("192.0.2.1", "192.0.2.2"), { ...key("keyEncryption", "00112233445566778899aabbccddeeff", { reserved: 32 }), salt: Uint8Array.of(1, 2, 3, 4) } as OutgoingExtension]],
    ["a salt that was not said to be one",     request("add", "esp", [sa(9, { encryption: 16 }), key("keyEncryption", "00112233445566778899aabbccddeeff010203"), ...ends()]), [sa(9, { encryption: 16 }), current, ...shownEnds("192.0.2.1", "192.0.2.2"), { ...key("keyEncryption", "00112233445566778899aabbccddeeff", { reserved: 24 }), salt: Uint8Array.of(1, 2, 3) } as OutgoingExtension]],
    ["without what an AH or ESP has not",      addEsp(9, [{ kind: "stringAuthentication", bits: 8, reserved: 0, key: Uint8Array.of(65) }, { kind: "extendedDump", reserved: 0, timeout: 1n }]), [sa(9), current, ...shownEnds("192.0.2.1", "192.0.2.2"), aesKey]],
  ] as const)("%s", (_, added, extensions) => {
    const get = { ...about("get", 9), saType: added.saType };
    expectAnswer(get, { ...get, extensions }, [added]);
  });

  it("in 136 bytes, the first example of ipseckey's manual page", () => {
    const { socket } = illumosBench();
    const authentication = key("keyAuthentication", "1234567890abcdef1234567890abcdef");
    ask(
      socket,
      request("add", "ah", [sa(0x90125, { authentication: 2, encryption: 0 }), authentication, ...ends()]),
    );
    const named = request("get", "ah", [sa(0x90125), address("addressDestination", "192.0.2.2")]);
    socket.send([encode(named, illumos)]);
    expect(waiting(socket).map(({ length }) => length)).toEqual([136]);
  });

  it("the same after an UPDATE, with the limit of that example", () => {
    const { socket } = illumosBench();
    ask(socket, addAh(0x90125));
    const update = {
      ...about("update", 0x90125, [limits("lifetimeHard", { bytes: 16_000_000 })]),
      saType: "ah",
    } as const;
    ask(socket, update);
    socket.send([encode({ ...about("get", 0x90125), saType: "ah" }, illumos)]);
    const [reply] = waiting(socket);
    expect(reply!.length).toBe(168);
    expect(decodeStrict(reply!, illumos).extensions[2]).toMatchObject({
      kind: "lifetimeHard",
      bytes: 16_000_000n,
    });
  });
});

it("SAs differ in type, SPI and destination, not in their source", () => {
  const { socket } = illumosBench();
  const to = (destination: string, source = "192.0.2.1") =>
    request("add", "esp", [sa(1), aesKey, ...ends(source, destination)]);
  const answers = [to("192.0.2.2"), to("192.0.2.3"), addAh(1), addEsp(2), to("192.0.2.2", "192.0.2.9")];
  expect(answers.map((message) => askOne(socket, message).errno)).toEqual([0, 0, 0, 0, 17]);
});

it("the longest SA that can be added can be shown with all that is added later, and no longer one is", () => {
  const { socket } = illumosBench({ receiveBuffer: 10_000_000 });
  const longest = 524_280 - 1024;
  const room = longest - encode(addEsp(1), illumos).length - 16;
  const long = (spi: number, bytes: number) =>
    addEsp(spi, [
      { kind: "identitySource", identityType: 2, reserved: 0, id: 0n, data: new Uint8Array(bytes) },
    ]);
  expect([long(1, room), long(2, room + 8)].map((message) => askOne(socket, message).errno)).toEqual([0, 97]);
  const back = request("add", "esp", [sa(3), aesKey, ...ends("192.0.2.2", "192.0.2.1")]);
  const all = limits("lifetimeHard", { add: 9 });
  const later = about("update", 1, [
    all,
    { ...all, kind: "lifetimeSoft" } as OutgoingExtension,
    { ...all, kind: "lifetimeIdle" } as OutgoingExtension,
    counter,
    { kind: "pair", spi: 3 },
  ]);
  expect([back, later, about("get", 1)].map((message) => askOne(socket, message).errno)).toEqual([0, 0, 0]);
});

it("has the algorithms that it is given", () => {
  const { socket } = illumosBench({ supported: { authentication: [3], encryption: [11], compression: [] } });
  expect([addAh(1), addEsp(1)].map((message) => askOne(socket, message).reserved)).toEqual([40, 41]);
});
