import { fromHex, setkeyCases } from "@keysock/goldens";
import { decode } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { kdebug } from "./kdebug.ts";
import { monitorEntry } from "./monitor-entry.ts";
import { recordedDialect, withoutKeys } from "./testing/recorded-text.ts";

/** When the monitor received each message, from its own text; the day does not show. */
const clocksOf = (text: string): number[] =>
  Array.from(
    text.matchAll(/^(\d\d:\d\d:\d\d)\.(\d{6}) $/gm),
    ([, time, fraction]) => Date.parse(`2026-11-22T${time}Z`) + Number(fraction) / 1000,
  );

describe("what the monitor printed of what it received", () => {
  const monitors = setkeyCases().filter(
    ({ command, received }) => / -x/.test(command) && received.length > 0,
  );
  for (const { name, command, stdout, ...recorded } of monitors) {
    it(name, () => {
      const clocks = clocksOf(stdout);
      const printed = recorded.received.map((bytes, i) =>
        monitorEntry(bytes!, {
          dialect: recordedDialect,
          receivedAt: clocks[i]!,
          style: "clock",
          hex: / -xH/.test(command),
        }),
      );
      expect(withoutKeys(printed.join(""))).toBe(withoutKeys(stdout));
    });
  }
});

describe("a PROMISC message", () => {
  const rows: [name: string, hex: string, text: string][] = [
    ["of its own is a time", "020b0001020000000000000092100000", "0.000000 \n"],
    [
      "around another is that one",
      "020b000104000000000000009210000002090003020000000000000037000000",
      "0.000000 \nsadb_msg{ version=2 type=9 errno=0 satype=3\n  len=2 reserved=0 seq=0 pid=55\n\n",
    ],
  ];
  it.each(rows)("%s", (_name, hex, text) => {
    expect(monitorEntry(fromHex(hex), { dialect: recordedDialect, receivedAt: 0, style: "unix" })).toBe(text);
  });
});

/** What lay behind the message in the original's buffer. */
const staleBytes = "sadb_msg{ version=0 type=0 errno=0 satype=0\n  len=0 reserved=0 seq=0 pid=0\n\n";

describe("what -v printed of what it sent and received", () => {
  const verbose = setkeyCases().filter(
    ({ command, stdout }) => / -\w*v/.test(command) && /^sadb_msg/.test(stdout),
  );
  for (const { name, stdout, sent, received } of verbose) {
    it(name, () => {
      const shown = stdout.match(/^sadb_msg\{(?:.|\n)*?\n\n/gm)!.filter((text) => text !== staleBytes);
      const printed = [...sent, ...received]
        .map((bytes) => decode(bytes!, recordedDialect))
        .filter(({ message }) => message.type !== "register")
        .map((decoded) => kdebug(decoded, recordedDialect));
      expect(printed.map(withoutKeys).sort()).toEqual(shown.map(withoutKeys).sort());
    });
  }
});
