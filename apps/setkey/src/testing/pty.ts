import { spawn, spawnSync } from "node:child_process";
import { screenOf } from "./screen.ts";

/** A program that runs another at a pseudo terminal and passes on what is typed, what is shown, and how it ended. */
export interface PtyHelper {
  name: string;
  argv: readonly string[];
}

const withPty = "import os, pty, sys; status = os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:]))";

/** The helpers there are, as command lines for `"$@"`; a signal ends with 128 and its number. */
const known: readonly (PtyHelper & { probe: readonly string[]; answer: RegExp })[] = [
  {
    name: "script",
    probe: ["script", "--version"],
    answer: /util-linux/,
    argv: ["sh", "-c", `COMMAND="$*" exec script -qec 'exec $COMMAND' /dev/null`, "sh"],
  },
  {
    name: "python3",
    probe: ["python3", "-c", "import os, pty; os.waitstatus_to_exitcode; print('pty')"],
    answer: /pty/,
    argv: ["python3", "-c", `${withPty}; sys.exit(status if status >= 0 else 128 - status)`],
  },
];

/** What each known helper says of itself, and those of them that work here. */
export function ptyHelpers(): { found: PtyHelper[]; missing: string[] } {
  const answers = known.map((helper) => {
    const [file, ...args] = helper.probe;
    const { stdout } = spawnSync(file!, args, { encoding: "utf8" });
    return { helper, works: helper.answer.test(stdout ?? "") };
  });
  return {
    found: answers.filter(({ works }) => works).map(({ helper }) => helper),
    missing: answers.filter(({ works }) => !works).map(({ helper }) => helper.name),
  };
}

/** What to type once the screen ends so. */
export type Typing = readonly [screenEnd: string, keys: string];

/** Longer than the program takes, and shorter than a test may. */
const patienceMs = 3000;

/**
 * Runs a program at a pseudo terminal and types; what the screen shows in the end, and the exit status: null if it did not end by
 * itself.
 *
 * @param typeWhen - is given what types keys at any time
 */
export async function atPty(
  { argv: [file, ...args] }: PtyHelper,
  command: readonly string[],
  typing: readonly Typing[],
  typeWhen: (type: (keys: string) => void) => void = () => {},
): Promise<{ screen: string; exit: number | null }> {
  const child = spawn(file!, [...args, ...command], { stdio: ["pipe", "pipe", "inherit"] });
  const left = [...typing];
  let shown = "";
  function typeOn(): void {
    const [next] = left;
    if (next === undefined || !screenOf(shown).endsWith(next[0])) return;
    child.stdin.write(next[1]);
    left.shift();
  }
  child.stdout.on("data", (data) => {
    shown += data;
    typeOn();
  });
  typeOn();
  typeWhen((keys) => child.stdin.write(keys));
  const patience = setTimeout(() => child.kill(), patienceMs);
  const exit = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearTimeout(patience);
  return { screen: screenOf(shown), exit };
}
