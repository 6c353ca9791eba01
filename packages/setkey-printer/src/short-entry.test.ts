import { setkeyCase } from "@keysock/goldens";
import { decode, find, type OutgoingExtension } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { shortEntry, shortHeader } from "./short-entry.ts";
import { recordedDialect } from "./testing/recorded-text.ts";
import * as sample from "./testing/sample.ts";

const { sa, source, destination, inet, inet6, lifetime } = sample;

it("prints what setkey -Dl printed of what it received", () => {
  const { received, stdout } = setkeyCase("flag-Dl");
  const [header, ...lines] = stdout.split(/(?<=\n)/);
  expect(shortHeader()).toBe(header);
  const printed = received.map((bytes, i) => {
    const decoded = decode(bytes!, recordedDialect);
    const added = Number(find(decoded.message, "lifetimeCurrent")!.addTime);
    const minutes = Number(lines[i]!.slice(0, 2));
    const seconds = Number(lines[i]!.slice(2, 4));
    const now = added - (added % 3600) + minutes * 60 + seconds;
    return shortEntry(decoded, { host: sample.hostAt(now * 1000) });
  });
  expect(printed).toEqual(lines);
});

const now = 1700005637;
const lifetimes = (age: number, hard: number): OutgoingExtension[] => [
  lifetime("lifetimeCurrent", { addTime: BigInt(now - age) }),
  lifetime("lifetimeHard", { addTime: BigInt(hard) }),
  lifetime("lifetimeSoft"),
];
const addresses = [source(inet(1)), destination(inet(2))];

const rows: [name: string, saType: "ah" | "esp" | "ipcomp" | 4, OutgoingExtension[], line: string][] = [
  [
    "ports and an upper protocol",
    "esp",
    [sa(), ...lifetimes(5, 100), source(inet(1, 500)), destination(inet(2), { protocol: 50 })],
    "4717 esp M 00000301   5/100 10.0.0.1[500] -> esp 10.0.0.2",
  ],
  [
    "long times",
    "ipcomp",
    [sa(), ...lifetimes(1000, 1000), ...addresses],
    "4717 #9  M 00000301 big/big 10.0.0.1 -> 10.0.0.2",
  ],
  [
    "the longest that fit",
    "ah",
    [sa(), ...lifetimes(999, 999), ...addresses],
    "4717 ah  M 00000301 999/999 10.0.0.1 -> 10.0.0.2",
  ],
  ["nothing", "esp", [], "4717 esp? ?        ???/??? ? -> ?"],
  [
    "no soft limit",
    "esp",
    [sa({ state: 0 }), ...lifetimes(1, 1).slice(0, 2)],
    "4717 esp L 00000301 ???/??? ? -> ?",
  ],
  ["dying", "esp", [sa({ state: 2 })], "4717 esp D 00000301 ???/??? ? -> ?"],
  ["dead", "esp", [sa({ state: 3 })], "4717 esp d 00000301 ???/??? ? -> ?"],
  ["an unknown state", "esp", [sa({ state: 4, spi: 0xffffffff })], "4717 esp ? ffffffff ???/??? ? -> ?"],
  [
    "an unknown SA type, protocol and family; IPv6",
    4,
    [
      sa(),
      source(inet6(sample.linkLocal, 2), { protocol: 255 }),
      destination({ family: 9, data: new Uint8Array(14) }, { protocol: 58 }),
    ],
    "4717 #4  M 00000301 ???/??? #255 fe80::1%eth0 -> icmp6 ?",
  ],
];

describe("a line of -l", () => {
  it.each(rows)("%s", (_name, saType, extensions, line) => {
    expect(shortEntry(sample.reply({ saType }, extensions), { host: sample.hostAt(now * 1000 + 999) })).toBe(
      `${line}\n`,
    );
  });

  it("prints what is left of a message cut before its SA type", () => {
    expect(shortEntry(decode(Uint8Array.of(2, 10), recordedDialect), { host: sample.hostAt() })).toBe(
      "0000 #0 ? ?        ???/??? ? -> ?\n",
    );
  });
});
