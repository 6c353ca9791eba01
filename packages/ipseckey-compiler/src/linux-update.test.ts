import { find, type OutgoingMessage } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { compileText, onLinux, problemsFrom, requestsOf } from "./testing/compiling.ts";
import { linuxSa, type SaDifferences } from "./testing/linux-sa.ts";

const update = "update esp spi 0x100 dst 192.0.2.2";

/** The requests of an update whose GET is answered with that SA. */
function requests(words: string, sa?: SaDifferences): OutgoingMessage[] {
  const { command } = compileText(`${update} ${words}`, onLinux);
  return requestsOf(command, ({ type }) => (type === "get" ? [linuxSa(sa)] : []));
}

describe("update on Linux", () => {
  it("looks at the SA, changes what was given and sends it whole", () => {
    const sa: SaDifferences = {
      replay: 8,
      authentication: 2,
      mode: 2,
      reqid: 5,
      flags: 0x8000_0000,
      source: [192, 0, 2, 1],
      proxy: { address: [10, 1, 0, 0], prefixLength: 16 },
      natT: { source: 4500, destination: 1024 },
      hard: { bytes: 9n, addTime: 28_800n },
      soft: { addTime: 24_000n },
    };
    const [get, set, ...more] = requests("hard_bytes 16000000 soft_usetime 60", sa);
    const current = linuxSa(sa);
    const of = (kind: Parameters<typeof find>[1]) => current.extensions.find((each) => each.kind === kind);
    expect(more).toEqual([]);
    expect(get).toMatchObject({ type: "get", saType: "esp" });
    expect(set).toMatchObject({ type: "update", saType: "esp", sequence: 0, pid: 0 });
    expect(set!.extensions).toEqual([
      of("sa"),
      of("sa2"),
      { kind: "lifetimeHard", allocations: 0, bytes: 16_000_000n, addTime: 28_800n, useTime: 0n },
      { kind: "lifetimeSoft", allocations: 0, bytes: 0n, addTime: 24_000n, useTime: 60n },
      of("keyEncryption"),
      of("keyAuthentication"),
      of("addressDestination"),
      of("addressSource"),
      of("addressProxy"),
      of("natTType"),
      of("natTSourcePort"),
      of("natTDestinationPort"),
    ]);
  });

  it("sends a dying SA as mature, and an empty key for the NULL cipher", () => {
    const set = requests("hard_addtime 60", { state: 2, encryption: 11, encrkey: undefined })[1]!;
    expect(find(set, "sa")?.state).toBe(1);
    expect(find(set, "keyEncryption")?.bits).toBe(0);
  });

  it("sends nothing more where nobody answers", () => {
    expect(requestsOf(compileText(`${update} hard_bytes 1`, onLinux).command)).toHaveLength(1);
  });

  it("changes one port of two", () => {
    const natT = { source: 4500, destination: 1024 };
    const set = requests("encap udp nat_lport 4501 outbound", { natT, source: [192, 0, 2, 1] })[1]!;
    expect([find(set, "natTSourcePort")?.port, find(set, "natTDestinationPort")?.port]).toEqual([4501, 1024]);
  });

  it("takes what is so already", () => {
    const sa: SaDifferences = {
      replay: 4,
      authentication: 2,
      source: [192, 0, 2, 1],
      mode: 2,
      proxy: { address: [10, 1, 0, 0], prefixLength: 16 },
    };
    const key = "00112233445566778899aabbccddeeff";
    const words = `src me.domain.com replay 4 state mature authalg md5 encralg aes authkey ${key} encrkey ${key} isrc 10.1.0.0/16 hard_bytes 1`;
    expect(requests(words, sa)).toHaveLength(2);
  });

  it.each([
    ["any", "isrc 0.0.0.0/0", { mode: 2 }],
    [
      "any, and the SA's source is not",
      "idst 0.0.0.0/0",
      { mode: 2, source: [192, 0, 2, 1], proxy: { address: [0, 0, 0, 0], prefixLength: 0 } },
    ],
    ["the SA's source", "isrc 192.0.2.1", { mode: 2, source: [192, 0, 2, 1] }],
    ["not said", "iproto 0", { mode: 2, proxy: { address: [10, 1, 0, 0], prefixLength: 16 } }],
  ])("takes an inner source that is so already: %s", (_, words, sa) => {
    expect(requests(`${words} hard_bytes 1`, sa)).toHaveLength(2);
  });

  it("makes a whole of a larval SA", () => {
    const words = "encralg aes encrkey 000102030405060708090a0b0c0d0e0f replay 4 hard_bytes 1";
    const [, set] = requests(words, { state: 0, source: [192, 0, 2, 1] });
    const kinds = set!.extensions.map(({ kind }) => kind);
    expect(kinds.join(" ")).toBe(
      "sa sa2 lifetimeHard lifetimeSoft keyEncryption addressDestination addressSource",
    );
    expect(find(set!, "sa")).toMatchObject({ spi: 0x100, replay: 4, state: 1, encryption: 12 });
    expect(find(set!, "keyEncryption")?.key[15]).toBe(15);
    expect(find(set!, "addressSource")?.sockaddr).toMatchObject({ address: Uint8Array.of(192, 0, 2, 1) });
  });

  it("refuses original addresses also of a larval SA", () => {
    const words = "encralg aes encrkey 11 encap udp nat_loc 198.51.100.1";
    expect(problemsFrom(() => requests(words, { state: 0 }), words)).toHaveLength(1);
  });
});

const kept = (word: string) =>
  `${word} cannot be changed on Linux: Linux leaves it as it is once an SA is mature: delete the SA and add it anew.`;

// biome-ignore format: one row a line
const ignored: [name: string, words: string, messages: string[], sa?: SaDifferences][] = [
  ["a new key", "encrkey ffeeddccbbaa99887766554433221100", [kept("encrkey")]],
  ["a longer key that begins like the old one", "encrkey 00112233445566778899aabbccddeeff0011223344556677", [kept("encrkey")]],
  ["a key where there is none", "authkey 00112233445566778899aabbccddeeff", [kept("authkey")]],
  ["other algorithms", "authalg sha1 encralg des", [kept("authalg"), kept("encralg")]],
  ["a window", "replay 4", [kept("replay")]],
  ["another source", "src 192.0.2.9", [kept("src")]],
  ["a source of another family", "src6 2001:db8::1", ["No IPv4 source address for name 2001:db8::1: 192.0.2.2 is left out."]],
  ["a tunnel", "iproto 0", [kept("iproto")]],
  ["another inner source", "isrc 10.2.0.0/16", [kept("isrc")], { mode: 2, proxy: { address: [10, 1, 0, 0], prefixLength: 16 } }],
  ["another inner prefix", "isrc 10.1.0.0/17", [kept("isrc")], { mode: 2, proxy: { address: [10, 1, 0, 0], prefixLength: 16 } }],
  ["an inner source where there is none", "isrc 10.2.0.0/16", [kept("isrc")], { mode: 2 }],
  ["any inner source where it is the SA's source", "isrc 0.0.0.0/0", [kept("isrc")], { mode: 2, source: [192, 0, 2, 1] }],
  ["any inner source of the other family", "isrc6 ::/0", [kept("isrc6")], { mode: 2 }],
  ["encapsulation", "encap udp outbound nat_lport 4500", ["encap cannot be changed on Linux: Linux adds no UDP encapsulation to an SA that has none."]],
  ["ports without a side", "encap udp nat_lport 4500", ["encap udp cannot be had on Linux: Linux wants source and destination port: say inbound or outbound, or with nat_loc which of src and dst is the local one."], { natT: { source: 1, destination: 2 } }],
];

describe("what Linux would ignore", () => {
  it.each(ignored)("%s", (_, words, messages, sa) => {
    const problems = problemsFrom(() => requests(words, sa), words);
    expect(problems.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual(
      messages,
    );
  });

  it("and overwrites the keys that it has looked at", () => {
    const current = linuxSa();
    const { command } = compileText(`${update} encrkey 11`, onLinux);
    problemsFrom(() => requestsOf(command, () => [current]), "encrkey 11");
    expect(find(current, "keyEncryption")?.key).toEqual(new Uint8Array(16));
  });
});
