import { openKeySocket } from "@keysock/connect";
import { nativeHost } from "@keysock/host/native";
import { OutputError, processIo } from "./io.ts";
import { run } from "./run.ts";

/** The command as a process: its arguments, its streams, its exit status. */
export async function main(): Promise<void> {
  const io = processIo();
  const host = nativeHost();
  try {
    process.exitCode = await run(process.argv.slice(2), io, host, ({ via, dialect }) =>
      openKeySocket({ via, dialect, defaultDialect: "illumos", host }),
    );
  } catch (error) {
    // Whoever read the output has gone, and nobody is there to tell.
    if (!(error instanceof OutputError && error.unread)) throw error;
    process.exitCode = 1;
  }
}
