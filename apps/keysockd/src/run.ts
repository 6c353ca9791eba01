import type { Clock } from "@keysock/engine";
import type { Io } from "./io.ts";
import { ListenError } from "./listen-error.ts";
import { OptionError, parseOptions } from "./options.ts";
import { serve } from "./serve.ts";
import { usageText } from "./usage.ts";

/**
 * The daemon keysockd. Everything that it touches is handed to it, but for the socket that it listens on.
 *
 * @param argv - the arguments behind the command's name
 * @param clock - by which SAs and policies age
 * @param end - ends it when it aborts
 * @returns the exit status
 */
export async function run(argv: readonly string[], io: Io, clock: Clock, end: AbortSignal): Promise<number> {
  try {
    const options = parseOptions(argv);
    if (options === "help") io.out(usageText());
    else await serve(options, io, clock, end);
    return 0;
  } catch (error) {
    if (!(error instanceof OptionError || error instanceof ListenError)) throw error;
    io.err(`keysockd: ${error.message}\n`);
    if (error instanceof OptionError) io.err(usageText());
    return 1;
  }
}
