import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { guestFile } from "./guest-file.ts";
import { machineArguments } from "./machine.ts";
import { output } from "./run.ts";

/** What a prepared guest consists of, outside of the repository. */
export interface Prepared {
  kernel: string;
  initramfs: string;
  /** The machine as it was when it had loaded everything. */
  snapshot: string;
}

export const prepared = (folder: string): Prepared => ({
  kernel: join(folder, "vmlinux"),
  initramfs: join(folder, "initramfs"),
  snapshot: join(folder, "snapshot"),
});

/** `$XDG_CACHE_HOME/keysock/kernel-lab`, by default under `~/.cache`. */
export const cacheFolder = (): string =>
  join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "keysock", "kernel-lab");

/** What of `guest/` a guest is made of. */
const guestFiles = [
  ...["init.sh", "modules.txt", "modules-on-demand.txt"],
  ...["offload-device/Kbuild", "offload-device/offload_device.c"],
];

/** What a snapshot depends on beside its kernel: our files, the machine, and the emulator's version. */
export function recipe(): string {
  const version = output("qemu-system-x86_64", ["--version"]).toString();
  const hash = createHash("sha256").update(JSON.stringify([machineArguments, version]));
  for (const name of guestFiles) hash.update(readFileSync(guestFile(name)));
  return hash.digest("hex").slice(0, 12);
}

/** The folder of the newest kernel that is prepared by this recipe. */
export function findPrepared(ofRecipe: string): string | undefined {
  if (!existsSync(cacheFolder())) return undefined;
  const fitting = readdirSync(cacheFolder()).filter((name) => name.endsWith(`_${ofRecipe}`));
  const newest = fitting.sort((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1);
  return newest === undefined ? undefined : join(cacheFolder(), newest);
}
