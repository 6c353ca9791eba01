/** What the arguments ask for. The letters are those of ipsec-tools and of the 2002 manual page. */
export interface Options {
  /** The last of -c, -f, -D, -F and -x wins. */
  mode: "interactive" | "file" | "dump" | "flush" | "monitor" | undefined;
  /** Of -f. */
  file: string;
  /** Files of binary PF_KEY messages. */
  operands: readonly string[];
  /** -a: dead SAs too. */
  dead: boolean;
  /** -d: show what would be sent, send nothing. */
  preview: boolean;
  /** -h, -?: usage; with -x the hexadecimal dump. */
  help: boolean;
  /** -H */
  hex: boolean;
  /** -l: a short line each, for ever. */
  loop: boolean;
  /** -n: check only. */
  check: boolean;
  /** -N: hide the policies of sockets. */
  hideSocketPolicies: boolean;
  /** -p: ports of SA addresses and tunnel end points. */
  ports: boolean;
  /** -P: policies. */
  policies: boolean;
  /** -r and -k: whether an `in` policy is sent for `fwd` too. */
  forward: "rfc" | "kernel";
  /** -v */
  verbose: boolean;
  /** -V */
  version: boolean;
  /** How often -x was given. */
  monitorLevel: number;
  /** --via: what to talk to. */
  via: string | undefined;
  /** --dialect: of a peer that is no kernel. */
  dialect: string | undefined;
  /** --compat=ipsec-tools: the original's face. */
  compat: boolean;
  /** --resolve: host names for addresses. */
  resolve: boolean;
}

/** An argument that the command does not have. */
export class OptionError extends Error {
  override readonly name = "OptionError";
  /** getopt's own line. */
  constructor(text: string) {
    super(text);
  }
}

type Apply = (options: Options, value: string) => void;

/** One row a letter; those in `valued` take a value. */
// biome-ignore format: a table
const letters: Readonly<Record<string, Apply>> = {
  a: (options) => { options.dead = true; },
  c: (options) => { options.mode = "interactive"; },
  d: (options) => { options.preview = true; },
  f: (options, value) => { options.mode = "file"; options.file = value; },
  h: (options) => { options.help = true; },
  "?": (options) => { options.help = true; },
  k: (options) => { options.forward = "kernel"; },
  l: (options) => { options.loop = true; },
  n: (options) => { options.check = true; },
  p: (options) => { options.ports = true; },
  r: (options) => { options.forward = "rfc"; },
  v: (options) => { options.verbose = true; },
  x: (options) => { options.mode = "monitor"; options.monitorLevel += 1; },
  D: (options) => { options.mode = "dump"; },
  F: (options) => { options.mode = "flush"; },
  H: (options) => { options.hex = true; },
  N: (options) => { options.hideSocketPolicies = true; },
  P: (options) => { options.policies = true; },
  V: (options) => { options.version = true; },
};

const valued = "f";

// biome-ignore format: a table
const long: Readonly<Record<string, { value: boolean; apply: Apply }>> = {
  via: { value: true, apply: (options, value) => { options.via = value; } },
  dialect: { value: true, apply: (options, value) => { options.dialect = value; } },
  resolve: { value: false, apply: (options) => { options.resolve = true; } },
  compat: {
    value: true,
    apply: (options, value) => {
      if (value !== "ipsec-tools") throw new OptionError(`"${value}" is no face of setkey: --compat=ipsec-tools`);
      options.compat = true;
    },
  },
};

/**
 * Reads the arguments as getopt(3) of the GNU C library does: letters cluster, operands may stand anywhere, `--` ends
 * the options.
 *
 * @throws OptionError
 */
export function parseOptions(argv: readonly string[]): Options {
  const operands: string[] = [];
  const options: Options = {
    mode: undefined,
    file: "",
    operands,
    dead: false,
    preview: false,
    help: false,
    hex: false,
    loop: false,
    check: false,
    hideSocketPolicies: false,
    ports: false,
    policies: false,
    forward: "rfc",
    verbose: false,
    version: false,
    monitorLevel: 0,
    via: undefined,
    dialect: undefined,
    compat: false,
    resolve: false,
  };
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === "--") operands.push(...rest.splice(0));
    else if (argument.startsWith("--")) parseLong(argument.slice(2), rest, options);
    else if (argument.startsWith("-") && argument !== "-") parseCluster(argument.slice(1), rest, options);
    else operands.push(argument);
  }
  return options;
}

function parseCluster(cluster: string, rest: string[], options: Options): void {
  for (let i = 0; i < cluster.length; i++) {
    const letter = cluster[i]!;
    const apply = letters[letter];
    if (apply === undefined) throw new OptionError(`invalid option -- '${letter}'`);
    if (!valued.includes(letter)) {
      apply(options, "");
      continue;
    }
    const value = cluster.slice(i + 1) || rest.shift();
    if (value === undefined) throw new OptionError(`option requires an argument -- '${letter}'`);
    apply(options, value);
    return;
  }
}

function parseLong(text: string, rest: string[], options: Options): void {
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  const option = long[name];
  if (option === undefined) throw new OptionError(`unrecognized option '--${name}'`);
  if (!option.value && equals >= 0) throw new OptionError(`option '--${name}' doesn't allow an argument`);
  const value = equals >= 0 ? text.slice(equals + 1) : option.value ? rest.shift() : "";
  if (value === undefined) throw new OptionError(`option '--${name}' requires an argument`);
  option.apply(options, value);
}
