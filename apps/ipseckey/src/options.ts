/** What the arguments ask for. */
export interface Options {
  /** -f, -c and -s with their values, in the order in which they are acted on. */
  files: readonly { letter: "f" | "c" | "s"; path: string }[];
  /** The file that counts: the last one. */
  file: Options["files"][number] | undefined;
  /** The words of one command. */
  words: readonly string[];
  /** -n: no names, neither in what is read nor in what is printed. */
  numeric: boolean;
  /** -p: `XX` for each byte of a key. */
  paranoid: boolean;
  /** -v: print the messages that are sent, and seconds since 1970 beside dates. */
  verbose: boolean;
  /** --via: what to talk to. */
  via: string | undefined;
  /** --dialect: of a peer that is no kernel. */
  dialect: string | undefined;
  /** --compat=illumos: the face of today's original. */
  compat: boolean;
  /** What is wrong with the arguments; nothing behind it has been read. */
  trouble: OptionError | undefined;
}

/** Arguments that the command does not take. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

type Draft = { -readonly [Name in keyof Options]: Options[Name] } & { files: Options["files"][number][] };

const faceArgument = "--compat=illumos";

// biome-ignore format: a table
const switches: Readonly<Record<string, (options: Draft) => void>> = {
  n: (options) => { options.numeric = true; },
  p: (options) => { options.paranoid = true; },
  v: (options) => { options.verbose = true; },
};

// biome-ignore format: a table
const long: Readonly<Record<string, (options: Draft, value: string) => void>> = {
  via: (options, value) => { options.via = value; },
  dialect: (options, value) => { options.dialect = value; },
  compat: (_, value) => {
    if (value !== "illumos") throw new OptionError(`"${value}" is no face of ipseckey: ${faceArgument}`);
  },
};

/**
 * Reads the arguments as getopt(3) of Solaris does: letters cluster, the first operand or `--` ends the options. Long options
 * stand among the letters.
 */
export function parseOptions(argv: readonly string[]): Options {
  const options: Draft = {
    files: [],
    file: undefined,
    words: [],
    numeric: false,
    paranoid: false,
    verbose: false,
    via: undefined,
    dialect: undefined,
    // Also where it stands behind what is wrong: how that is said depends on it.
    compat: argv.includes(faceArgument),
    trouble: undefined,
  };
  const rest = [...argv];
  try {
    while (rest[0] !== undefined && rest[0] !== "-" && rest[0].startsWith("-")) {
      const argument = rest.shift()!;
      if (argument === "--") break;
      if (argument.startsWith("--")) parseLong(argument.slice(2), rest, options);
      else parseCluster(argument.slice(1), rest, options);
    }
    options.words = rest;
    options.file = options.files.at(-1);
    if (!options.compat) refuseSurplus(options);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    options.trouble = error;
  }
  return options;
}

/** The original takes no notice of them. */
function refuseSurplus({ files, file, words }: Options): void {
  if (file !== undefined && words.length > 0) {
    throw new OptionError(`"${words[0]}" behind -${file.letter} ${file.path}: expected no more words`);
  }
  if (files.length > 1) {
    throw new OptionError(`-${file!.letter} "${file!.path}" behind "${files[0]!.path}": expected one file`);
  }
}

function parseCluster(cluster: string, rest: string[], options: Draft): void {
  for (const [i, letter] of [...cluster].entries()) {
    if (letter !== "f" && letter !== "c" && letter !== "s") {
      const apply = Object.hasOwn(switches, letter) ? switches[letter] : undefined;
      if (apply === undefined) throw new OptionError(`illegal option -- ${letter}`);
      apply(options);
      continue;
    }
    const path = cluster.slice(i + 1) || rest.shift();
    if (path === undefined) throw new OptionError(`option requires an argument -- ${letter}`);
    const saves = options.files.some((file) => file.letter === "s");
    const reads = options.files.some((file) => file.letter !== "s");
    if (letter === "s" ? reads : saves) throw new OptionError("-s does not go with -f or -c");
    options.files.push({ letter, path });
    return;
  }
}

function parseLong(text: string, rest: string[], options: Draft): void {
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  if (!Object.hasOwn(long, name)) throw new OptionError(`illegal option -- ${name}`);
  const value = equals < 0 ? rest.shift() : text.slice(equals + 1);
  if (value === undefined) throw new OptionError(`option requires an argument -- ${name}`);
  long[name]!(options, value);
}
