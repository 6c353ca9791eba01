import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openKeySocket } from "@keysock/connect";
import type { RecordedCase } from "@keysock/goldens";
import type { Host } from "@keysock/host";
import { ip, NetworkNamespace, SocketPolicies } from "@keysock/kernel-lab";
import { encode, type KeySocket, linux, request } from "@keysock/wire";
import { changed } from "./overheard.ts";
import { recordedPids } from "./recorded-pids.ts";
import { call } from "./replay.ts";
import type { Stage } from "./stage.ts";
import { testIo } from "./test-io.ts";

/** A kernel, with a network for one case. */
export interface KernelStage extends Stage {
  /** What the kernel holds, by the names of a recording's parts. */
  afterwards(): Promise<Map<string, string>>;
  close(): void;
}

/** Whom nothing is allowed. */
const nobody = 65534;

/**
 * A kernel in a network of its own, with a case's preparations.
 *
 * @param via - how the kernel is talked to
 * @param machine - the host of this process
 */
export function kernelStage(recorded: RecordedCase, via: string, machine: Host): KernelStage {
  const { files, parts } = recorded;
  const prep = parts.get("prep") ?? "";
  const pids = recordedPids(recorded);
  const peer = { ...machine, pid: pids.peer };
  const network = new NetworkNamespace();
  const openPeer = () => openKeySocket({ via, defaultDialect: "linux", host: machine }).socket;
  const expiries = waitsForLifetimes(recorded) ? listenForExpire(openPeer()) : undefined;
  let sockets: SocketPolicies | undefined;
  let waited = 0;

  return {
    host: {
      ...machine,
      pid: pids.own,
      sleep(milliseconds) {
        machine.sleep(milliseconds);
        waited += milliseconds;
      },
    },
    peer,
    open() {
      const socket = files.has("noroot") ? asNobody(openPeer) : openPeer();
      return changed(socket, {
        receive(timeoutMs) {
          const bytes = socket.receive(timeoutMs);
          if (bytes === undefined) waited += timeoutMs;
          return bytes;
        },
      });
    },
    openPeer,
    prepare() {
      if (prep.includes("setsockopt")) sockets = new SocketPolicies("in", "out");
      else if (prep !== "") shell(prep, files);
    },
    // 1: nobody answered.
    ping: (text) => shell(text, files, [0, 1]),
    pause(seconds) {
      if (expiries === undefined) machine.sleep(seconds * 1000);
      else expiries.next();
    },
    waited: () => waited,
    async afterwards() {
      // One for both: each socket costs this process 16 MB.
      const socket = openPeer();
      const open = () => changed(socket, { close() {} });
      try {
        return new Map([
          ["after.D", await listed("-D", peer, open)],
          ["after.DP", await listed("-DP", peer, open)],
          ["after.ipstate", ip("xfrm", "state")],
          ["after.ippolicy", ip("xfrm", "policy")],
        ]);
      } finally {
        socket.close();
      }
    },
    close() {
      expiries?.close();
      sockets?.close();
      if (prep.includes("/etc/hosts")) shell("umount /etc/hosts");
      network.close();
    },
  };
}

/** Whether the pauses between a case's programs are there for lifetimes to end. */
const waitsForLifetimes = ({ command, files }: RecordedCase): boolean =>
  !command.includes("&") && command.includes("sleep") && (files.get("input.conf") ?? "").includes("-ls");

/** `sadb_msg_type`, the second byte of a message, of an EXPIRE. */
const expireType = 8;
const patienceMs = 10_000;

/** Waits for lifetimes to end, one after the other: their programs would come too early or too late by the clock. */
function listenForExpire(socket: KeySocket): { next(): void; close(): void } {
  socket.send([encode(request("register", "esp"), linux)]);
  return {
    next() {
      for (;;) {
        const bytes = socket.receive(patienceMs);
        if (bytes === undefined) throw new Error(`no lifetime ended in ${patienceMs} ms`);
        if (bytes[1] === expireType) return;
      }
    },
    close: () => socket.close(),
  };
}

async function listed(option: string, host: Host, open: () => KeySocket): Promise<string> {
  const io = testIo({});
  await call([option], io, host, open);
  return io.stdout() + io.stderr();
}

/** Runs a line of shell where a case's files are. */
function shell(
  line: string,
  files: ReadonlyMap<string, string> = new Map(),
  good: readonly number[] = [0],
): void {
  const cwd = mkdtempSync("/dev/shm/setkey-");
  try {
    for (const [name, text] of files) writeFileSync(join(cwd, name), text, "latin1");
    const { status, stderr } = spawnSync("sh", ["-c", line], { cwd, encoding: "utf8" });
    if (!good.includes(status ?? -1)) throw new Error(`${line}: status ${status}: ${stderr}`);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

/** Does something without this process's privileges. */
function asNobody(open: () => KeySocket): KeySocket {
  process.seteuid!(nobody);
  try {
    return open();
  } finally {
    process.seteuid!(0);
  }
}
