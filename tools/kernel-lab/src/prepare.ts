import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { buildModule } from "./build-module.ts";
import { cacheFolder, findPrepared, type Prepared, prepared, recipe } from "./cache.ts";
import { headerPackages, kernelPackage } from "./debian-kernel.ts";
import { Guest } from "./guest.ts";
import { guestFile } from "./guest-file.ts";
import { installHostPackages, needFetching } from "./host-packages.ts";
import { xzPayload } from "./kernel-image.ts";
import { loadOrder, moduleNames } from "./modules.ts";
import type { Progress } from "./progress.ts";
import { output, run } from "./run.ts";

/** A guest that starts in seconds: made the first time, found later. */
export async function prepare(progress: Progress): Promise<Prepared> {
  installHostPackages(progress);
  const ofRecipe = recipe();
  const found = findPrepared(ofRecipe);
  if (found !== undefined) return prepared(found);

  mkdirSync(cacheFolder(), { recursive: true });
  // Whoever prepares at the same time does so in a folder of its own; the first to be done wins.
  const work = mkdtempSync(join(cacheFolder(), "unfinished-"));
  try {
    const release = fetchPackages(work, progress);
    const parts = prepared(join(work, "prepared"));
    mkdirSync(join(work, "prepared"));
    unpackKernel(work, release, parts.kernel);
    progress("building the module that Debian does not have");
    buildModule(join(work, "unpacked"), release);
    progress("making the first file system");
    makeInitramfs(work, release, parts.initramfs);
    progress("booting, to save the machine when it is ready");
    await takeSnapshot(parts, work);
    const folder = join(cacheFolder(), `${release}_${ofRecipe}`);
    rename(join(work, "prepared"), folder);
    progress(`ready, kept in ${folder}`);
    return prepared(folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Downloads Debian's kernel, its headers and a busybox, unpacks them, and tells the release. Nothing is installed. */
function fetchPackages(work: string, progress: Progress): string {
  needFetching();
  progress("downloading Debian's kernel (70 MB), its headers (14 MB) and busybox");
  if (process.getuid?.() === 0) run("apt-get", ["-qq", "update"]);
  const kernel = kernelPackage();
  const release = kernel.replace("linux-image-", "");
  // apt's own user could not write into our folder.
  const asRoot = ["-o", "APT::Sandbox::User=root"];
  const packages = [kernel, ...headerPackages(release), "busybox-static"];
  run("apt-get", ["-qq", ...asRoot, "download", ...packages], {}, work);
  progress(`unpacking ${kernel}`);
  for (const file of readdirSync(work).filter((name) => name.endsWith(".deb"))) {
    run("dpkg-deb", ["-x", join(work, file), join(work, "unpacked")]);
  }
  return release;
}

function unpackKernel(work: string, release: string, path: string): void {
  const image = readFileSync(join(work, "unpacked", "boot", `vmlinuz-${release}`));
  writeFileSync(path, output("xz", ["-dc"], xzPayload(image)));
}

function makeInitramfs(work: string, release: string, path: string): void {
  const unpacked = join(work, "unpacked");
  const root = join(work, "initramfs");
  for (const folder of ["bin", "dev", "host", "layer", "modules", "proc", "root", "sys"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  copyFileSync(join(unpacked, "bin", "busybox"), join(root, "bin", "busybox"));
  copyFileSync(guestFile("init.sh"), join(root, "init"));
  chmodSync(join(root, "init"), 0o755);

  run("depmod", ["-b", unpacked, release]);
  const inOrder = (list: string) => {
    const names = moduleNames(readFileSync(guestFile(list), "utf8"));
    const depends = names.map((name) =>
      output("modprobe", ["-d", unpacked, "-S", release, "--show-depends", name]),
    );
    return loadOrder(depends.join(""));
  };
  const files = inOrder("modules.txt");
  for (const file of [...files, ...inOrder("modules-on-demand.txt")]) {
    copyFileSync(file, join(root, "modules", basename(file)));
  }
  writeFileSync(join(root, "modules", "order"), files.map((file) => `${basename(file)}\n`).join(""));
  run("sh", ["-c", 'find . | cpio -o -H newc --quiet > "$0"', path], {}, root);
}

async function takeSnapshot(parts: Prepared, scratch: string): Promise<void> {
  const guest = await Guest.start(parts, scratch, false);
  try {
    const said = await guest.line();
    const complaints = readFileSync(guest.console, "utf8");
    if (said !== "ready" || complaints.includes("kernel-lab:")) {
      throw new Error(`the guest is not as it must be: ${complaints}`);
    }
    await guest.save(parts.snapshot);
  } finally {
    await guest.close();
  }
}

/** Gives a finished folder its name, unless another run did so in the meantime. */
function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  }
}
