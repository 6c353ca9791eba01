import { spawnSync } from "node:child_process";

/** Whom nothing is allowed: nobody on every Linux. */
const nobody = 65534;

/** Does the work with the rights of nobody, and then this process has its own again. */
export async function asNobody<T>(work: () => T | Promise<T>): Promise<T> {
  process.seteuid!(nobody);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}

/** Runs a program as root without CAP_NET_ADMIN. */
export function runWithoutNetAdmin(...command: readonly string[]): {
  status: number | null;
  stdout: string;
  stderr: string;
} {
  const lose = ["--bounding-set=-net_admin", "--inh-caps=-net_admin"];
  const { status, stdout, stderr } = spawnSync("setpriv", [...lose, ...command], { encoding: "latin1" });
  return { status, stdout, stderr };
}

/** Loads a module that the guest has on demand (`guest/modules-on-demand.txt`). */
export function insertModule(name: string): void {
  const { status, stderr } = spawnSync("insmod", [`/run/modules/${name}.ko`], { encoding: "utf8" });
  if (status !== 0) throw new Error(`insmod ${name}: ${stderr}`);
}

/** Takes a module out of the guest's kernel, for good. */
export function removeModule(name: string): void {
  const { status, stderr } = spawnSync("rmmod", [name], { encoding: "utf8" });
  if (status !== 0) throw new Error(`rmmod ${name}: ${stderr}`);
}
