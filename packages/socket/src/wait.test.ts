import { describe, expect, it } from "vitest";
import { type Libc, loadLibc } from "./libc.ts";
import { EINTR, POLLIN, POLLOUT } from "./linux.ts";
import { startScript } from "./testing/process.ts";
import { socketPair } from "./testing/socket-pair.ts";
import { spyOn } from "./testing/spy.ts";
import { deadlineAfter, waitFor } from "./wait.ts";

describe("waitFor", () => {
  it("gives the events that are ready, and 0 when none is in time", () => {
    const libc = loadLibc();
    const [a, b] = socketPair(1);
    expect(waitFor(libc, a, POLLIN | POLLOUT, deadlineAfter(1000))).toBe(POLLOUT);
    const before = performance.now();
    expect(waitFor(libc, a, POLLIN, deadlineAfter(30))).toBe(0);
    expect(performance.now() - before).toBeGreaterThanOrEqual(30);
    expect(waitFor(libc, a, POLLIN, deadlineAfter(0))).toBe(0);
    expect(waitFor(libc, a, POLLIN, deadlineAfter(-5))).toBe(0);
    libc.send(b, Uint8Array.of(1), 0);
    expect(waitFor(libc, a, POLLIN, deadlineAfter(Number.POSITIVE_INFINITY))).toBe(POLLIN);
    libc.close(a);
    libc.close(b);
  });

  it("waits to its deadline however many signals come", async () => {
    const onSignal = () => {};
    process.on("SIGUSR2", onSignal);
    const kicker = await startScript(
      "setInterval(() => process.kill(process.ppid, 'SIGUSR2'), 10); console.log('ready')",
    );
    const { libc, calls } = spyOn(loadLibc());
    const [a, b] = socketPair(1);
    try {
      const before = performance.now();
      expect(waitFor(libc, a, POLLIN, deadlineAfter(300))).toBe(0);
      expect(performance.now() - before).toBeGreaterThanOrEqual(300);
      expect(calls.filter(({ result }) => result === -EINTR).length).toBeGreaterThan(1);
    } finally {
      kicker.end();
      await new Promise((resolve) => kicker.child.on("exit", resolve));
      await new Promise((resolve) => setTimeout(resolve, 20));
      process.off("SIGUSR2", onSignal);
      libc.close(a);
      libc.close(b);
    }
  });

  it("counts no further than poll(2) can, and goes on from there", () => {
    const timeouts: number[] = [];
    const libc = {
      poll(_fd: number, _events: number, timeoutMs: number) {
        timeouts.push(timeoutMs);
        return timeouts.length < 3 ? 0 : POLLIN;
      },
    } as unknown as Libc;
    expect(waitFor(libc, 0, POLLIN, deadlineAfter(Number.POSITIVE_INFINITY))).toBe(POLLIN);
    expect(timeouts).toEqual([0x7fff_ffff, 0x7fff_ffff, 0x7fff_ffff]);
  });

  it("throws what poll(2) says otherwise", () => {
    const libc = { ...loadLibc(), poll: () => -22 };
    expect(() => waitFor(libc, 0, POLLIN, deadlineAfter(0))).toThrow(
      "cannot wait for the socket: Invalid argument (EINVAL)",
    );
  });

  it("refuses a time that is none", () => {
    expect(() => deadlineAfter(Number.NaN)).toThrow(new RangeError('"timeoutMs" is not a number'));
  });
});
