import { readFileSync } from "node:fs";
import { parseTxtar, type RecordedCase, setkeyCases } from "@keysock/goldens";
import { describe, expect, it } from "vitest";
import { maskPid, maskText } from "./testing/masks.ts";
import { type OtherEnd, replay, type Shown } from "./testing/replay.ts";

/** Cases that take what the engine does not have; the others run over the engine. */
const otherEnds: Readonly<Record<string, OtherEnd>> = {
  "dump-per-socket": "recorded exchange",
  "monitor-acquire": "recorded exchange",
  "monitor-acquire-dummy": "recorded exchange",
  "monitor-traffic-counters": "recorded exchange",
  "noroot-add": "no privilege",
};

/**
 * What is not copied from the original, case by case: `NAME/why`, and those of `NAME/stdout`, `NAME/stderr`, `NAME/exit` and
 * `NAME/sent.hex` that differ from the recording.
 */
const differences = parseTxtar(
  readFileSync(new URL("./testing/differences.txtar", import.meta.url), "latin1"),
);

function shownBy({ stdout, stderr, exit, sent }: Shown | RecordedCase) {
  return { stdout: maskText(stdout), stderr, exit, sent: sent.map(maskPid) };
}

function expectedOf(recorded: RecordedCase) {
  const shown = shownBy(recorded);
  const other = (part: string) => differences.get(`${recorded.name}/${part}`);
  return {
    stdout: other("stdout") ?? shown.stdout,
    stderr: other("stderr") ?? shown.stderr,
    exit: Number(other("exit") ?? shown.exit),
    sent:
      other("sent.hex")
        ?.split("\n")
        .filter((line) => line !== "") ?? shown.sent,
  };
}

describe("recorded runs, under --compat=ipsec-tools", () => {
  const cases = setkeyCases();

  it.each(cases)("$name", async (recorded) => {
    const shown = await replay(recorded, otherEnds[recorded.name] ?? "engine");
    expect(shownBy(shown)).toEqual(expectedOf(recorded));
  });

  it("says of each difference why, and names no case that is not there", () => {
    const names = new Set(cases.map(({ name }) => name));
    const named = new Set([...differences.keys()].map((key) => key.split("/")[0]!));
    expect([...named].filter((name) => !names.has(name) || !differences.get(`${name}/why`)?.trim())).toEqual(
      [],
    );
  });
});
