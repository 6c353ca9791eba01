import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the recording machine's /etc/hosts and /etc/services held of what the cases name. No name server answered it. */
export const names = { localhost: ["127.0.0.1"] };
export const services = [
  [21, "tcp", "ftp"],
  [23, "tcp", "telnet"],
  [53, "tcp", "domain"],
  [53, "udp", "domain"],
  [80, "tcp", "http"],
  [1701, "udp", "l2tp"],
] as const;

/** Puts them over the files of this machine, which has to be a guest. */
export function recordedDatabases(): { close(): void } {
  const files = {
    hosts: Object.entries(names).flatMap(([name, addresses]) =>
      addresses.map((address) => `${address} ${name}`),
    ),
    services: services.map(([port, protocol, name]) => `${name} ${port}/${protocol}`),
  };
  const folder = mkdtempSync("/dev/shm/databases-");
  for (const [name, lines] of Object.entries(files)) {
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
    execFileSync("touch", [`/etc/${name}`]);
    execFileSync("mount", ["--bind", join(folder, name), `/etc/${name}`]);
  }
  return {
    close() {
      for (const name of Object.keys(files)) execFileSync("umount", [`/etc/${name}`]);
      rmSync(folder, { recursive: true });
    },
  };
}
