import { find } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { type Circumstances, requestsOf } from "./testing/compiling.ts";

const sha1 = "-A hmac-sha1 0x0102030405060708090a0b0c0d0e0f1011121314";
const des = "-E des-cbc 0x0102030405060708";

/** What the manual page of 2002 says of an SA that says nothing of its mode and window, and what ipsec-tools sends. */
// biome-ignore format: a table
const table: [text: string, byDefault: [mode: number, replay: number], compat: [mode: number, replay: number]][] = [
  [`add 10.0.0.1 10.0.0.2 ah 300 ${sha1};`,                     [1, 32], [0, 0]],
  [`add 10.0.0.1 10.0.0.2 esp 300 ${des} ${sha1};`,             [1, 32], [0, 0]],
  [`add 10.0.0.1 10.0.0.2 esp-udp 300 ${des} ${sha1};`,         [1, 32], [0, 0]],
  [`add 10.0.0.1 10.0.0.2 esp 300 -E null ${sha1};`,            [1, 32], [0, 0]],
  [`add 10.0.0.1 10.0.0.2 esp 300 ${des};`,                     [1, 0],  [0, 0]],
  [`add 10.0.0.1 10.0.0.2 esp 300 ${des} -A null;`,             [1, 0],  [0, 0]],
  [`add 10.0.0.1 10.0.0.2 ah-old 300 ${sha1};`,                 [1, 0],  [0, 0]],
  [`add 10.0.0.1 10.0.0.2 esp-old 300 ${des} ${sha1};`,         [1, 0],  [0, 0]],
  ["add 10.0.0.1 10.0.0.2 ipcomp 300 -C deflate;",              [1, 0],  [0, 0]],
  [`add 10.0.0.1 10.0.0.2 ah 300 -r 0 ${sha1};`,                [1, 0],  [0, 0]],
  [`add 10.0.0.1 10.0.0.2 esp 300 -r 4 ${des};`,                [1, 4],  [0, 4]],
  [`add 10.0.0.1 10.0.0.2 ah 300 -r 32 -m tunnel ${sha1};`,     [2, 32], [2, 32]],
  [`add 10.0.0.1 10.0.0.2 ah 300 -m any ${sha1};`,              [0, 32], [0, 0]],
  [`add 10.0.0.1 10.0.0.2 ah 300 -m tunnel -m transport ${sha1};`, [1, 32], [1, 0]],
  ["get 10.0.0.1 10.0.0.2 ah 300;",                             [0, 0],  [0, 0]],
  ["delete 10.0.0.1 10.0.0.2 ah 300;",                          [0, 0],  [0, 0]],
];

function modeAndReplay(text: string, circumstances: Circumstances) {
  const [request] = requestsOf(text, circumstances);
  return [find(request!, "sa2")?.mode, find(request!, "sa")?.replay];
}

describe("mode and replay window", () => {
  it.each(table)("%s", (text, byDefault, compat) => {
    expect({
      byDefault: modeAndReplay(text, {}),
      compat: modeAndReplay(text, { face: "ipsec-tools" }),
    }).toEqual({ byDefault, compat });
  });

  it("an algorithm that authenticates what it encrypts has a window by default", () => {
    const supported = {
      authentication: new Map(),
      encryption: new Map([[20, { minBits: 160, maxBits: 288 }]]),
    };
    const text = "add 10.0.0.1 10.0.0.2 esp 300 -E aes-gcm-16 0x0102030405060708090a0b0c0d0e0f1011121314;";
    expect(modeAndReplay(text, { supported })).toEqual([1, 32]);
  });
});

/** Which extensions, and which lifetimes in seconds and bytes: hard and soft. */
// biome-ignore format: a table
const lifetimes: [options: string, byDefault: unknown[], compat: unknown[]][] = [
  ["",                        [undefined, undefined], [undefined, undefined]],
  ["-lh 0 -ls 0",             [undefined, undefined], [undefined, undefined]],
  ["-lh 60",                  [[60n, 0n], [0n, 0n]],  [[60n, 0n], undefined]],
  ["-ls 50",                  [[0n, 0n], [50n, 0n]],  [undefined, [50n, 0n]]],
  ["-bs 50",                  [[0n, 0n], [0n, 50n]],  [undefined, [0n, 50n]]],
  ["-lh 60 -ls 50 -bh 6 -bs 5", [[60n, 6n], [50n, 5n]], [[60n, 6n], [50n, 5n]]],
  ["-lh 60 -bs 5",            [[60n, 0n], [0n, 5n]],  [[60n, 0n], [0n, 5n]]],
  ["-lh 1 -lh 2",             [[2n, 0n], [0n, 0n]],   [[2n, 0n], undefined]],
  ["-bh 18446744073709551615", [[0n, 18446744073709551615n], [0n, 0n]], [[0n, 18446744073709551615n], undefined]],
];

function hardAndSoft(options: string, circumstances: Circumstances) {
  const [request] = requestsOf(`add 10.0.0.1 10.0.0.2 esp 300 ${options} -E null;`, circumstances);
  return (["lifetimeHard", "lifetimeSoft"] as const).map((kind) => {
    const lifetime = find(request!, kind);
    return lifetime && [lifetime.addTime, lifetime.bytes];
  });
}

describe("lifetimes", () => {
  it.each(lifetimes)('"%s"', (options, byDefault, compat) => {
    expect({
      byDefault: hardAndSoft(options, {}),
      compat: hardAndSoft(options, { face: "ipsec-tools" }),
    }).toEqual({ byDefault, compat });
  });
});

/** Flags of the SA: the same in both faces. */
// biome-ignore format: a table
const flags: [text: string, flags: number][] = [
  ["esp 300 -E null",                                0x40],
  ["esp 300 -f nocyclic-seq -E null",                0],
  ["esp 300 -f seq-pad -E null",                     0x40],
  ["esp 300 -f random-pad -f zero-pad -E null",      0x340],
  ["esp-old 300 -E null",                            0x41],
  ["esp-old 300 -f nocyclic-seq -E null",            0x01],
  ["esp 300 -E des-deriv 0x0102030405060708",        0x60],
  ["esp-old 300 -E des-32iv 0x0102030405060708",     0x51],
  ["ipcomp 300 -C deflate -R",                       0xc0],
];

describe("flags", () => {
  it.each(flags)("%s", (rest, expected) => {
    for (const face of ["default", "ipsec-tools"] as const) {
      const [request] = requestsOf(`add 10.0.0.1 10.0.0.2 ${rest};`, { face });
      expect(find(request!, "sa")?.flags).toBe(expected);
    }
  });
});
