import type { Host } from "@keysock/host";
import { runDefault } from "./default.ts";
import { Ending } from "./ending.ts";
import { type Io, OutputError } from "./io.ts";
import { parseOptions } from "./options.ts";
import { runOriginal } from "./original.ts";
import type { Connect, Program } from "./program.ts";

/**
 * The command ipseckey. Everything that it touches is handed to it.
 *
 * @param argv - the arguments behind the command's name
 * @returns the exit status
 */
export async function run(argv: readonly string[], io: Io, host: Host, connect: Connect): Promise<number> {
  const options = parseOptions(argv);
  const program: Program = { options, io, host, connect, service: io.environment["SMF_FMRI"] };
  try {
    const status = await perform(program);
    io.flush();
    return status;
  } catch (error) {
    if (!(error instanceof OutputError) || error.unread) throw error;
    io.err(`ipseckey: ${error.message}\n`);
    return 1;
  } finally {
    io.flush();
  }
}

async function perform(program: Program): Promise<number> {
  try {
    return await (program.options.compat ? runOriginal(program) : runDefault(program));
  } catch (error) {
    if (error instanceof Ending) return error.status;
    throw error;
  }
}
