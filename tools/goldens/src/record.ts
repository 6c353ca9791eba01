// Records cases anew: what a setkey of ipsec-tools sends, receives and prints on this kernel.
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { CannotRecordError, givenParts, recordCase } from "./record-case.ts";
import { parseOptions, UsageError, usage } from "./record-options.ts";
import { formatTxtar, parseTxtar } from "./txtar.ts";

function main(): void {
  const { setkey, out, cases } = parseOptions(process.argv.slice(2), process.env);
  for (const path of cases) {
    const given = givenParts(parseTxtar(readFileSync(path, "latin1")));
    if (!given.has("cmd")) throw new UsageError(`"${path}" is no case: it has no part "cmd"`);
    const recorded = join(out, basename(path));
    writeFileSync(recorded, formatTxtar(recordCase(given, resolve(setkey))), "latin1");
    process.stdout.write(`${recorded}\n`);
  }
}

try {
  main();
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`record: ${error.message}\n${usage}`);
  else if (error instanceof CannotRecordError) process.stderr.write(`record: ${error.message}\n`);
  else throw error;
  process.exitCode = 2;
}
