import { type RecordedCase, setkeyCases } from "@keysock/goldens";
import { decodeStrict, linux, type Message } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { hexOf } from "./testing/compiling.ts";
import { masked, type Replayed, replay, scriptOf } from "./testing/replay.ts";

const cases = setkeyCases();

/** Where we do not do as ipsec-tools 0.8.2 did, and why. */
const deviations: Record<string, Partial<Replayed>> = {
  // It sends the lowest 32 bits of an SPI, so that another SA is made than the one that was written.
  "add-spi-too-big-dec": {
    sent: [],
    stdout: ["line 1: SPI too big. at [4294967297]", "parse failed, line 1."],
  },
  // It writes behind the end of a policy without requests when it makes the copy for fwd.
  "spd-in-none-prefix3": {
    sent: [
      ...hexOf("spdadd 192.0.2.0/3 198.51.100.0/24 any -P in none ;", { forward: "kernel" }),
      ...hexOf("spdadd 192.0.2.0/3 198.51.100.0/24 any -P fwd none ;"),
      ...hexOf("spddump;"),
    ],
  },
  // Its -c forgets a statement of more than 1024 bytes.
  "stdin-long-line": {
    sent: [...hexOf("add 192.0.2.1 192.0.2.2 esp 0x5001 -m any -E null ;"), ...hexOf("dump;")],
  },
};

const named = (recorded: RecordedCase) => [recorded.name, recorded] as const;
const nonEmpty = (text: string) => text.split("\n").filter((line) => line !== "");
/** A complaint may hold line ends between its brackets. */
const complaints = (stdout: string) =>
  stdout.match(/^(?:line \d+: .* at \[[^\]]*\]|parse failed.*)$/gm) ?? [];

describe("scripts recorded with ipsec-tools send what was sent and complain of what was complained of", () => {
  it.each(cases.filter((recorded) => scriptOf(recorded)).map(named))("%s", (name, recorded) => {
    expect(replay(recorded)).toEqual({
      sent: recorded.sent.slice(1).map(masked),
      stdout: complaints(recorded.stdout),
      stderr: nonEmpty(recorded.stderr),
      ...deviations[name],
    });
  });

  it("deviate only where a recording is known to", () => {
    const deviating = cases.map(({ name }) => name).filter((name) => name in deviations);
    expect(deviating).toEqual(Object.keys(deviations));
  });
});

describe("every other recording is of options alone", () => {
  const ofOptions: Message["type"][] = ["register", "dump", "spddump", "flush", "spdflush", "promisc"];

  it.each(cases.filter((recorded) => !scriptOf(recorded)).map(named))("%s", (_, { sent }) => {
    const types = sent.map((bytes) => decodeStrict(bytes, linux).type);
    expect(types.filter((type) => !ofOptions.includes(type))).toEqual([]);
  });
});
