import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { delimiter } from "node:path";

/** Folders of programs, an administrator's too. */
export const searchPath: readonly string[] = [
  ...(process.env["PATH"] ?? "").split(delimiter),
  "/usr/local/sbin",
  "/usr/sbin",
  "/sbin",
];

/** This process's environment, in which an administrator's programs are found. */
export const environment = (): NodeJS.ProcessEnv => ({ ...process.env, PATH: searchPath.join(delimiter) });

/** Runs a program to its end; what it prints goes to standard error. */
export function run(program: string, argv: readonly string[], env = {}, folder?: string): void {
  ended(
    program,
    spawnSync(program, argv, {
      cwd: folder,
      env: { ...environment(), ...env },
      stdio: ["ignore", process.stderr, process.stderr],
    }),
  );
}

/** What a program prints. */
export function output(program: string, argv: readonly string[], input?: Buffer): Buffer {
  const result = spawnSync(program, argv, { input: input ?? "", env: environment(), maxBuffer: 2 ** 30 });
  ended(program, result);
  return result.stdout;
}

function ended(program: string, { status, signal, error, stderr }: SpawnSyncReturns<Buffer>): void {
  if (status === 0) return;
  throw new Error(`${program} failed: ${error?.message ?? signal ?? `status ${status}`} ${stderr ?? ""}`);
}
