import { ipseckeyCases } from "@keysock/goldens";
import { describe, expect, it } from "vitest";
import { replay } from "./testing/replay.ts";

describe("recorded runs, under --compat=illumos", () => {
  it.each(ipseckeyCases())("$name", async (recorded) => {
    const { stdout, stderr, exit, saved, sent } = recorded;
    expect(await replay(recorded)).toEqual({
      stdout,
      stderr,
      exit,
      sent: sent.map((bytes) => Buffer.from(bytes).toString("hex")),
      saved: Object.fromEntries(saved),
    });
  });
});
