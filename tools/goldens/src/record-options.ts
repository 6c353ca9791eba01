/** What is to be recorded. */
export interface RecordOptions {
  /** Path of the program. */
  setkey: string;
  /** Folder that the recorded cases are written to. */
  out: string;
  /** Paths of cases. */
  cases: string[];
}

/** The command line makes no sense. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const usage = `usage: node tools/goldens/dist/record.js --setkey PROGRAM [--out FOLDER] CASE.txtar...

Runs each case with a setkey of ipsec-tools and writes what came of it to FOLDER under the same name. In the kernel lab
FOLDER is $LAB_SCRATCH unless it is given.
`;

/**
 * Reads the arguments.
 *
 * @throws UsageError
 */
export function parseOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): RecordOptions {
  const given = new Map<string, string>();
  const rest = [...argv];
  while (rest[0]?.startsWith("--")) {
    const option = rest.shift()!;
    const value = rest.shift();
    if (option !== "--setkey" && option !== "--out") {
      throw new UsageError(`"${option}" is no option: expected --setkey or --out`);
    }
    if (value === undefined) throw new UsageError(`"${option}" lacks its value`);
    given.set(option, value);
  }
  const setkey = given.get("--setkey");
  const out = given.get("--out") ?? environment["LAB_SCRATCH"];
  if (setkey === undefined) throw new UsageError("no program: expected --setkey and its path");
  if (out === undefined) throw new UsageError("no folder to write to: expected --out and its path");
  if (rest.length === 0) throw new UsageError("no case: expected files that end in .txtar");
  return { setkey, out, cases: rest };
}
