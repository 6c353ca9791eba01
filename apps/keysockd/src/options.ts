import { parseArgs } from "node:util";
import type { EngineOptions } from "@keysock/engine";

/** A kernel to behave like. */
export type Personality = EngineOptions["personality"];

/** Those that an engine has. */
export const personalities: readonly Personality[] = ["linux", "illumos"];

/** What the arguments ask for. */
export interface Options {
  /** Where to listen. */
  path: string;
  personality: Personality;
}

/** An argument that the daemon does not have, or one that it lacks. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

/**
 * Reads the arguments; "help" where they ask for that.
 *
 * @throws OptionError
 */
export function parseOptions(argv: readonly string[]): Options | "help" {
  const { listen, personality, help } = parse(argv);
  if (help === true) return "help";
  if (listen === undefined) throw new OptionError("--listen PATH is missing");
  if (listen === "") throw new OptionError('"" is no path to listen on');
  if (personality === undefined) throw new OptionError("--personality NAME is missing");
  const known = personalities.find((each) => each === personality);
  if (known === undefined) {
    throw new OptionError(`"${personality}" is no personality: expected ${personalities.join(" or ")}`);
  }
  return { path: listen, personality: known };
}

function parse(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        listen: { type: "string" },
        personality: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    return values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new OptionError(error.message, { cause: error });
  }
}
