import { type IdentityExtension, type OutgoingExtension, request, type SaExtension } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, askOne, inShort } from "../testing/exchange.ts";
import {
  about,
  addAh,
  addEsp,
  address,
  aesKey,
  anyIpv6,
  ends,
  illumosBench,
  limits,
  md5Key,
  sa,
  shown,
} from "../testing/illumos-requests.ts";

const identity = (kind: IdentityExtension["kind"], text: string): OutgoingExtension => {
  const data = new Uint8Array(8);
  data.set(Buffer.from(text));
  return { kind, identityType: 2, reserved: 0, id: 0n, data };
};
const esp = (spi: number, source: string, destination: string, ...more: OutgoingExtension[]) =>
  request("add", "esp", [sa(spi), aesKey, ...ends(source, destination), ...more]);

describe("DELETE", () => {
  it("shows the whole SA, but that it is dead and without keys", () => {
    const { socket } = illumosBench();
    ask(socket, addEsp(1, [md5Key, limits("lifetimeSoft", { bytes: 5 })], { authentication: 2 }));
    const shownBefore = askOne(socket, about("get", 1)).extensions;
    const { extensions } = askOne(socket, { ...about("delete", 1), sequence: 5 });
    const [first, ...rest] = shownBefore.filter((extension) => !("key" in extension));
    expect(extensions).toEqual([{ ...first, state: 3 }, ...rest]);
  });

  it.each([
    ["whatever its source, if none is given", [address("addressDestination", "192.0.2.2")]],
    ["or any", ends(anyIpv6, "192.0.2.2")],
    ["or its own", ends()],
  ])("finds the SA %s", (_, given) => {
    const { socket } = illumosBench();
    ask(socket, addEsp(1));
    expect(inShort(askOne(socket, request("delete", "esp", [sa(1), ...given])))).toBe("delete");
    expect(askOne(socket, about("get", 1)).errno).toBe(3);
  });
});

describe("DELETE of all that", () => {
  const all = [
    esp(1, "192.0.2.1", "192.0.2.2"),
    esp(2, "192.0.2.1", "192.0.2.3", identity("identitySource", "a"), identity("identityDestination", "b")),
    esp(3, "192.0.2.4", "192.0.2.2", identity("identitySource", "a")),
    esp(4, "2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2"),
    addAh(5),
  ];
  // biome-ignore format: one row a line
  it.each([
    ["goes there",                 [address("addressDestination", "192.0.2.2")],                                          [5, 2, 4]],
    ["comes from there",           [address("addressSource", "192.0.2.1")],                                               [5, 3, 4]],
    ["goes from here to there",    ends("192.0.2.1", "192.0.2.2"),                                                        [5, 3, 2, 4]],
    ["goes there as IPv6",         [address("addressDestination", "2001:db8:0:0:0:0:0:2")],                               [5, 3, 2, 1]],
    ["has that identity",          [identity("identitySource", "a")],                                                     [5, 1, 4]],
    ["has both identities",        [identity("identitySource", "a"), identity("identityDestination", "b")],               [5, 3, 1, 4]],
    ["has another identity",       [identity("identitySource", "c")],                                                     [5, 3, 2, 1, 4]],
    ["has an identity and comes from there", [identity("identitySource", "a"), address("addressSource", "192.0.2.4")],    [5, 2, 1, 4]],
  ] as const)("%s", (_, given, left) => {
    const { socket } = illumosBench();
    for (const message of all) ask(socket, message);
    const answer = askOne(socket, request("delete", "esp", given));
    expect([inShort(answer), answer.extensions.map(({ kind }) => kind)]).toEqual(["delete", given.map(({ kind }) => kind)]);
    const spis = ask(socket, request("dump", "unspec")).map(
      ({ extensions }) => (extensions[0] as SaExtension | undefined)?.spi,
    );
    expect(spis).toEqual([...left, undefined]);
  });
});

describe("GETSPI", () => {
  const range = (min: number, max: number): OutgoingExtension => ({
    kind: "spiRange",
    min,
    max,
    reserved: 0,
  });
  const getspi = (min: number, max: number) => request("getspi", "esp", [...ends(), range(min, max)]);

  it("makes a larval SA with an SPI of the range, and shows it", () => {
    const { socket } = illumosBench({ random: () => 0.5 });
    expect(askOne(socket, { ...getspi(0x100, 0x1ff), sequence: 4, pid: 100 })).toMatchObject({
      type: "getspi",
      saType: "esp",
      errno: 0,
      sequence: 4,
      pid: 100,
      extensions: [
        { kind: "sa", spi: 0x180, state: 0, flags: 0 },
        shown("addressSource", "192.0.2.1"),
        shown("addressDestination", "192.0.2.2"),
      ],
    });
    expect(askOne(socket, about("get", 0x180)).extensions.map(({ kind }) => kind)).toEqual([
      "sa",
      "lifetimeCurrent",
      "addressSource",
      "addressDestination",
    ]);
  });

  it("never takes 0, nor what is taken, and says so when there is no more", () => {
    const { socket } = illumosBench();
    ask(socket, addEsp(2));
    const answers = [1, 2, 3].map(() => askOne(socket, getspi(0, 3)));
    expect(answers.map(({ extensions }) => (extensions[0] as SaExtension | undefined)?.spi)).toEqual([
      1,
      3,
      undefined,
    ]);
    expect(answers[2]?.errno).toBe(17);
  });
});

describe("REGISTER", () => {
  const offered = (message: ReturnType<typeof request>) =>
    askOne(illumosBench().socket, message).extensions.map((extension) =>
      "algorithms" in extension ? [extension.kind, extension.algorithms.map(({ id }) => id)] : [],
    );
  const authentication = ["supportedAuthentication", [2, 3, 5, 6, 7]];
  const encryption = ["supportedEncryption", [11, 2, 3, 7, 12, 14, 15, 16, 18, 19, 20]];

  it.each([
    ["ah", request("register", "ah"), [authentication]],
    ["esp", request("register", "esp"), [authentication, encryption]],
    [
      "both",
      request("register", "unspec", [{ kind: "extendedRegister", saTypes: [2, 3] }]),
      [authentication, encryption],
    ],
  ])("shows the algorithms of %s", (_, message, algorithms) => {
    expect(offered(message)).toEqual(algorithms);
  });

  it("says how long keys are, with their salt apart", () => {
    const { socket } = illumosBench({
      supported: { authentication: [3], encryption: [12, 20, 99], compression: [] },
    });
    expect(askOne(socket, request("register", "esp")).extensions).toMatchObject([
      { algorithms: [{ id: 3, ivLength: 0, minBits: 160, maxBits: 160, increment: 0, saltBits: 0 }] },
      {
        algorithms: [
          { id: 12, ivLength: 16, minBits: 128, maxBits: 256, increment: 64, saltBits: 0 },
          { id: 20, ivLength: 8, minBits: 128, maxBits: 256, increment: 64, saltBits: 32 },
          { id: 99, ivLength: 0, minBits: 0, maxBits: 0, increment: 0, saltBits: 0 },
        ],
      },
    ]);
  });
});
