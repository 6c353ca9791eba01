import { nativeHost } from "@keysock/host/native";
import { processIo } from "./io.ts";
import { run } from "./run.ts";
import { endSignal } from "./signals.ts";

/** The daemon as a process: its arguments, its streams, its signals, its exit status. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), processIo(), nativeHost(), endSignal());
}
