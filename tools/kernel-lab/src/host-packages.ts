import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "./progress.ts";
import { run, searchPath } from "./run.ts";

/** Programs that the lab uses on this machine and in the guest, and the Debian packages that have them. */
const needed = [
  { program: "qemu-system-x86_64", package: "qemu-system-x86" },
  { program: "modprobe", package: "kmod" },
  { program: "cpio", package: "cpio" },
  { program: "xz", package: "xz-utils" },
  { program: "make", package: "make" },
  { program: "gcc", package: "gcc" },
  { program: "setpriv", package: "util-linux" },
  { program: "ip", package: "iproute2" },
  { program: "ping", package: "iputils-ping" },
  { program: "strace", package: "strace" },
  { program: "tcpdump", package: "tcpdump" },
] as const;

/** What fetches Debian's kernel. */
const fetching = [
  { program: "apt-get", package: "apt" },
  { program: "dpkg-deb", package: "dpkg" },
] as const;

/** This machine lacks something that only its administrator can install. */
export class MissingPackagesError extends Error {
  override readonly name = "MissingPackagesError";
  /** By Debian's names. */
  readonly packages: readonly string[];

  constructor(packages: readonly string[], what: string) {
    super(`this machine lacks ${packages.join(", ")}: ${what}`);
    this.packages = packages;
  }
}

/** Installs what is missing. */
export function installHostPackages(progress: Progress, folders = searchPath): void {
  const missing = lacking(needed, folders);
  if (missing.length === 0) return;
  if (lacking(fetching, folders).length > 0) {
    throw new MissingPackagesError(missing, "install what Debian has in the packages of these names");
  }
  if (process.getuid?.() !== 0) {
    throw new MissingPackagesError(missing, `run "apt-get install ${missing.join(" ")}" as root`);
  }
  progress(`installing ${missing.join(" ")}`);
  const asked = { DEBIAN_FRONTEND: "noninteractive" };
  run("apt-get", ["-qq", "update"], asked);
  run("apt-get", ["-qq", "install", "--yes", "--no-install-recommends", ...missing], asked);
}

/** Fails unless this machine can fetch and unpack Debian's packages. */
export function needFetching(folders = searchPath): void {
  const missing = lacking(fetching, folders);
  if (missing.length > 0) {
    throw new MissingPackagesError(missing, "install them, they fetch and unpack Debian's kernel");
  }
}

function lacking(
  rows: readonly { program: string; package: string }[],
  folders: readonly string[],
): string[] {
  const installed = (program: string) => folders.some((folder) => existsSync(join(folder, program)));
  return rows.filter(({ program }) => !installed(program)).map((row) => row.package);
}
