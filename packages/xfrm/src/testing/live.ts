/** What tests need that talk to this machine's kernel. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { release } from "node:os";
import { dirname, join } from "node:path";
import { ip, NetworkNamespace } from "@keysock/kernel-lab";
import { openNetlinkSocket, UnsupportedError } from "@keysock/socket";
import type { KeySocket } from "@keysock/wire";
import { openXfrmKeySocket } from "../bridge/xfrm-key-socket.ts";
import { netlinkXfrm } from "../numbers.ts";

/** A socket to the network that is entered. */
export const openLive = (): KeySocket =>
  openXfrmKeySocket(openNetlinkSocket({ protocol: netlinkXfrm, extendedAck: true, capAck: true }));

/** Says why this process cannot have a network of its own with XFRM in it; undefined if it can. */
export function whyNoNetwork(): string | undefined {
  let network: NetworkNamespace;
  try {
    network = new NetworkNamespace();
  } catch (error) {
    return `no network of its own (${(error as Error).message})`;
  }
  try {
    openLive().close();
    ip("-V");
    return undefined;
  } catch (error) {
    return error instanceof UnsupportedError ? "this kernel has no NETLINK_XFRM" : (error as Error).message;
  } finally {
    network.close();
  }
}

/** Whether this machine's kernel is of that version or a later one. */
export function kernelIsAtLeast(major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = release()
    .split(".")
    .map((part) => Number.parseInt(part, 10));
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** Runs a test file again, as root of a user namespace. */
export function runAsRootOfNamespace(file: string): { status: number | null; output: string } {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const argv = ["-Urn", process.execPath, vitest, "run", "--configLoader=runner", "--no-cache", file];
  const { status, stdout, stderr } = spawnSync("unshare", argv, {
    encoding: "utf8",
    timeout: 120_000,
    env: { PATH: process.env["PATH"], NO_COLOR: "1" },
  });
  return { status, output: `${stdout ?? ""}${stderr ?? ""}` };
}
