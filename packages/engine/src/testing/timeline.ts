import { setTimeout as sleep } from "node:timers/promises";
import { encode, linux, type OutgoingMessage } from "@keysock/wire";
import type { Twins } from "./twins.ts";

/** Requests at so many seconds after the first ones; between two whole ones, when nothing falls due. */
export type Timeline = readonly (readonly [second: number, ...messages: OutgoingMessage[]])[];

/** So late a step may be, and so long it may take: with half a second between it and what falls due. */
const onTimeMs = 300;
const attempts = 8;

/** Sends all of it, and again from the beginning if the machine was too slow. */
export async function follow(twins: Twins, timeline: Timeline): Promise<void> {
  for (let attempt = 1; attempt < attempts; attempt++) {
    twins.clear();
    const run = await followOnce(twins, timeline);
    if (run.onTime && run.error === undefined) return;
    if (run.onTime) throw run.error;
  }
  throw new Error(`not once in ${attempts} attempts was the machine quick enough`);
}

async function followOnce(twins: Twins, timeline: Timeline): Promise<{ onTime: boolean; error?: unknown }> {
  const began = Date.now();
  for (const [second, ...messages] of timeline) {
    const due = began + second * 1000;
    await sleep(Math.max(due - Date.now(), 0));
    try {
      act(twins, messages);
    } catch (error) {
      return { onTime: Date.now() - due < onTimeMs, error };
    }
    if (Date.now() - due >= onTimeMs) return { onTime: false };
  }
  return { onTime: true };
}

/** Listens, and then sends. */
export function act(twins: Twins, messages: readonly OutgoingMessage[]): void {
  twins.hear();
  for (const message of messages) twins.send(encode(message, linux));
}
