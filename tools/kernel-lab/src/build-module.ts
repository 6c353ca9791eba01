import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { guestFile } from "./guest-file.ts";
import { run } from "./run.ts";

/** Builds our own module among those of an unpacked kernel, with its unpacked headers. */
export function buildModule(unpacked: string, release: string): void {
  const folder = join(unpacked, "lib", "modules", release, "extra");
  const headers = join(unpacked, "usr", "src", `linux-headers-${release}`);
  cpSync(guestFile("offload-device"), folder, { recursive: true });
  // All that is in it: the name of the other Makefile, where that would be installed.
  const [, makefile = ""] = /^include (\/\S+)$/m.exec(readFileSync(join(headers, "Makefile"), "utf8")) ?? [];
  run("make", [
    ...["-s", "-C", headers, "-f", join(unpacked, makefile), `M=${folder}`],
    // Debian's name for its compiler is that of one version; type information would be taken from the whole kernel's.
    ...["CC=gcc", "CONFIG_DEBUG_INFO_BTF_MODULES=", "modules"],
  ]);
}
