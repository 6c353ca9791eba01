import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cacheFolder } from "./cache.ts";
import { MissingPackagesError } from "./host-packages.ts";
import { parseOptions, UsageError, usage } from "./options.ts";
import { prepare } from "./prepare.ts";
import { toStandardError } from "./progress.ts";
import { runInGuest } from "./run-in-guest.ts";
import { StoppedError, stopped } from "./stopped.ts";

const usageStatus = 2;
const stoppedStatus = 130;

async function main(argv: readonly string[]): Promise<number> {
  const { command, scratch, timeLimit } = parseOptions(argv);
  const prepared = await prepare(toStandardError);
  const kernelLog = join(cacheFolder(), "last-failure.log");
  const own = scratch === undefined ? mkdtempSync(join(tmpdir(), "kernel-lab-scratch-")) : undefined;
  try {
    const end = await runInGuest(prepared, {
      command,
      folder: process.cwd(),
      scratch: resolve(scratch ?? own!),
      timeLimit,
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      signal: stopped(),
      kernelLog,
    });
    if (end.trouble !== undefined) toStandardError(end.trouble);
    if (end.status !== 0) toStandardError(`the kernel's messages are in ${kernelLog}`);
    return end.status;
  } finally {
    if (own !== undefined) rmSync(own, { recursive: true, force: true });
  }
}

/** The exit status of an error that needs no stack to be understood. */
function tell(error: unknown): number {
  if (error instanceof StoppedError) return stoppedStatus;
  if (error instanceof UsageError) process.stderr.write(`kernel-lab: ${error.message}\n${usage}`);
  else if (error instanceof MissingPackagesError) toStandardError(error.message);
  else throw error;
  return usageStatus;
}

process.exitCode = await main(process.argv.slice(2)).catch(tell);
// Standard input may never end, and would keep us.
process.stdin.destroy();
