import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const apps = fileURLToPath(new URL("../../../", import.meta.url));

/** The command of an app as it was built. Node 20 cannot run the sources in a process of their own. */
export function builtBin(name: "keysockd" | "setkey"): string {
  if (!existsSync(`${apps}${name}/dist/command.js`)) {
    throw new Error(
      `${name} is not built: "npm test" builds before it tests, "npx pnpm run build" only builds`,
    );
  }
  return `${apps}${name}/bin/${name}`;
}

/** A process, what it has printed, and how it ended. */
export interface Running {
  child: ChildProcess;
  printed: { out: string; err: string };
  ended: Promise<{ status: number | null; signal: NodeJS.Signals | null }>;
}

export function start(command: string, argv: readonly string[], cwd?: string): Running {
  const child = spawn(command, argv, { stdio: ["ignore", "pipe", "pipe"], cwd });
  onTestFinished(() => void child.kill("SIGKILL"));
  const printed = { out: "", err: "" };
  child.stdout.on("data", (text) => {
    printed.out += text;
  });
  child.stderr.on("data", (text) => {
    printed.err += text;
  });
  const ended = once(child, "close").then(([status, signal]) => ({ status, signal }));
  return { child, printed, ended };
}

/** The built daemon, listening. */
export async function startKeysockd(path: string): Promise<Running> {
  const running = start(builtBin("keysockd"), ["--listen", path, "--personality", "linux"]);
  await Promise.race([once(running.child.stdout!, "data"), running.ended]);
  return running;
}

/** The built setkey at a path, in the folder of the examples. */
export function startSetkey(path: string, ...argv: readonly string[]): Running {
  const examples = fileURLToPath(new URL("../../../../examples", import.meta.url));
  return start(builtBin("setkey"), [`--via=unix:${path}`, ...argv], examples);
}

/** {@link startSetkey}, run to its end. */
export async function setkey(path: string, ...argv: readonly string[]) {
  const { printed, ended } = startSetkey(path, ...argv);
  return { ...(await ended), ...printed };
}
