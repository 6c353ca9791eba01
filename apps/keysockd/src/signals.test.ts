import { expect, it } from "vitest";
import { endSignal } from "./signals.ts";

it.each(["SIGINT", "SIGTERM"] as const)("%s ends the daemon, and a second signal its process", (name) => {
  const listening = () => [process.listenerCount("SIGINT"), process.listenerCount("SIGTERM")];
  const before = listening();
  const end = endSignal();
  expect(end.aborted).toBe(false);
  process.emit(name);
  expect(end.aborted).toBe(true);
  expect(listening()).toEqual(before);
});
