/** What `npm run lab` is asked to do. */
export interface LabOptions {
  /** The program and its arguments. */
  command: string[];
  /** A folder of the host that is read-write in the guest; a temporary one if undefined. */
  scratch?: string;
  /** Seconds until the machine is ended. */
  timeLimit: number;
}

/** The command line makes no sense. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const usage = `usage: npm run lab -- [--scratch FOLDER] [--time-limit SECONDS] COMMAND [ARGUMENT...]

Runs a command in a Linux kernel with PF_KEY, ESP, AH and IPComp: as root, without a network, with this machine's files
(changes are forgotten) and with FOLDER, which it finds in $LAB_SCRATCH, to write to.
`;

const defaultTimeLimit = 600;

/** Reads the arguments of `npm run lab`; what follows the first word that is no option belongs to the command. */
export function parseOptions(argv: readonly string[]): LabOptions {
  const options: LabOptions = { command: [], timeLimit: defaultTimeLimit };
  const rest = [...argv];
  while (rest[0]?.startsWith("--")) {
    const option = rest.shift()!;
    if (option === "--") break;
    const value = rest.shift();
    if (value === undefined) throw new UsageError(`"${option}" lacks its value`);
    if (option === "--scratch") options.scratch = value;
    else if (option === "--time-limit") options.timeLimit = seconds(value);
    else throw new UsageError(`"${option}" is no option of the lab: expected --scratch or --time-limit`);
  }
  if (rest.length === 0) throw new UsageError("no command: expected a program and its arguments");
  return { ...options, command: rest };
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new UsageError(`"${text}" is no time limit: expected seconds, more than 0`);
  return value;
}
