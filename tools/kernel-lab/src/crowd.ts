import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ipBatch } from "./network-namespace.ts";

/** What is the same in all SAs of a crowd: AH with HMAC-MD5, which costs a kernel little. */
export const crowdSource = "192.0.2.1";
export const crowdKey = "07070707070707070707070707070707";

/**
 * The destination of the SA with that SPI in a crowd. Each has its own, because Linux goes through all SAs of a pair of addresses
 * whenever it adds one (net/xfrm/xfrm_state.c, __xfrm_state_bump_genids).
 */
export const crowdDestination = (spi: number): string =>
  [10, (spi >> 16) & 0xff, (spi >> 8) & 0xff, spi & 0xff].join(".");

/** The SPIs of a crowd: `count` numbers from `first` on. */
export const crowdSpis = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index);

/** Another process, ip(8), adds or deletes a crowd in that order: half a millisecond each under emulation. */
export function ipCrowd(type: "add" | "delete", spis: readonly number[]): void {
  ipBatch(commands(type, spis));
}

/** The same while this process goes on. Settles when it is over. */
export async function ipCrowdMeanwhile(type: "add" | "delete", spis: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "crowd-"));
  const file = join(folder, "batch");
  writeFileSync(file, commands(type, spis).join("\n"));
  const child = spawn("ip", ["-batch", file], { stdio: ["ignore", "ignore", "inherit"] });
  try {
    const status = await new Promise((resolve, reject) => child.on("error", reject).on("exit", resolve));
    if (status !== 0) throw new Error(`ip -batch: status ${status}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function commands(type: "add" | "delete", spis: readonly number[]): string[] {
  const rest = type === "add" ? ` mode transport auth hmac(md5) 0x${crowdKey}` : "";
  return spis.map(
    (spi) => `xfrm state ${type} src ${crowdSource} dst ${crowdDestination(spi)} proto ah spi ${spi}${rest}`,
  );
}
