import { createEngine } from "@keysock/engine";
import type { RecordedCase } from "@keysock/goldens";
import { type Host, type HostTables, type TableHost, tableHost } from "@keysock/host";
import { decode, find, type KeySocket, linux } from "@keysock/wire";
import type { Io } from "../io.ts";
import { run } from "../run.ts";
import { overheard, recordedExchange } from "./recorded-exchange.ts";
import { type Step, steps } from "./shell.ts";
import { testIo } from "./test-io.ts";

/** What a run showed. */
export interface Shown {
  stdout: string;
  stderr: string;
  exit: number;
  sent: Uint8Array[];
}

/** What answers in a replayed run. */
export type OtherEnd = "engine" | "recorded exchange" | "no privilege";

/** What the recording machine's resolver and databases knew; a test case had its own /etc/hosts where it says so. */
const machine: HostTables = {
  names: { localhost: ["127.0.0.1"] },
  unknownName: "EAI_AGAIN",
  services: [
    [21, "tcp", "ftp"],
    [23, "tcp", "telnet"],
    [53, "tcp", "domain"],
    [53, "udp", "domain"],
    [80, "tcp", "http"],
    [1701, "udp", "l2tp"],
  ],
  interfaces: { lo: 1, d0: 2 },
};
const ownHosts = {
  localhost: ["::1", "127.0.0.1"],
  multi: ["192.0.2.11", "192.0.2.12", "2001:db8::11"],
};

/** Thrown to end a program that runs for ever, as SIGTERM ended the recorded one. */
const terminated = Symbol("terminated");
const terminatedStatus = 143;

const pidOffset = 12;
const pidOf = (bytes: Uint8Array | undefined): number =>
  bytes === undefined ? 4242 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(pidOffset, true);

/** Runs a recorded case again: its shell line, with the command in this process. */
export async function replay(recorded: RecordedCase, otherEnd: OtherEnd): Promise<Shown> {
  const { sent: recordedSent, received, files, parts } = recorded;
  const hosts = parts.get("prep")?.includes("/etc/hosts") ? { names: ownHosts } : {};
  const host = tableHost({ ...machine, ...hosts, now: startOf(recorded), pid: pidOf(recordedSent[0]) });
  const peer = { ...host, pid: peerPid(recorded) };
  const engine = createEngine({ personality: "linux", clock: host });
  const shown: Shown = { stdout: "", stderr: "", exit: 0, sent: [] };
  const open = (): KeySocket => {
    if (otherEnd === "no privilege") {
      throw Object.assign(new Error("cannot open a PF_KEY socket"), { errno: 1 });
    }
    return otherEnd === "engine" ? engine.connect() : recordedExchange(received, host.sleep);
  };

  async function call(argv: readonly string[], io: Io, as: Host, socket: KeySocket): Promise<number> {
    const connect = () => ({ socket, via: "test", kernel: true });
    return run(["--compat=ipsec-tools", ...argv], io, as, connect);
  }

  if (files.has("pre.conf")) {
    await call(["-f", "pre.conf"], testIo({ files }), peer, engine.connect());
    host.sleep(1000 + secondsIn(parts.get("prep")) * 1000);
  }
  const rest = steps(recorded.command);
  for (let step = rest.shift(); step !== undefined; step = rest.shift()) await perform(step);
  return shown;

  async function perform(step: Step): Promise<void> {
    if (step.kind === "sleep") host.sleep(step.seconds * 1000);
    if (step.kind !== "run") return;
    if (step.program === "$PEER") {
      if (otherEnd === "engine") await call(step.argv, testIo({ files }), peer, engine.connect());
      return;
    }
    // The recording has the messages of the last program of a case.
    shown.sent = [];
    const input = step.input === undefined ? "" : (files.get(step.input) ?? "");
    const io = testIo({ files, input });
    const turn = step.background ? backgroundTurn(host, rest, perform) : io.turn;
    try {
      const argv = ["--compat=ipsec-tools", ...step.argv];
      const connect = () => ({ socket: overheard(open(), shown.sent), via: "test", kernel: true });
      shown.exit = await run(argv, { ...io, turn }, host, connect);
    } catch (error) {
      if (error !== terminated) throw error;
      shown.exit = terminatedStatus;
    } finally {
      shown.stdout += io.stdout();
      shown.stderr += io.stderr();
    }
  }
}

/** What a program in the background does when it lets others run: the steps behind it, each when its time has come. */
function backgroundTurn(host: TableHost, rest: Step[], perform: (step: Step) => Promise<void>) {
  let wakesAt = host.now();
  return async () => {
    while (host.now() >= wakesAt) {
      const step = rest.shift();
      if (step === undefined || step.kind === "kill") throw terminated;
      if (step.kind === "sleep") wakesAt += step.seconds * 1000;
      else await perform(step);
    }
  };
}

const secondsIn = (prep: string | undefined): number => Number(/sleep ([\d.]+)/.exec(prep ?? "")?.[1] ?? 0);

/** When the case was recorded, as near as its messages tell. */
function startOf({ received }: RecordedCase): number {
  for (const bytes of received) {
    const current = bytes && find(decode(bytes, linux).message, "lifetimeCurrent");
    if (current !== undefined && current.addTime > 0n) return Number(current.addTime) * 1000;
  }
  return Date.UTC(2026, 10, 22, 14, 21, 28);
}

/** The process id of the other program that a monitor overheard. */
function peerPid({ sent, received }: RecordedCase): number {
  const own = pidOf(sent[0]);
  return (
    received.map((bytes) => pidOf(bytes)).find((pid) => pid !== own && pid !== 0 && pid !== 4242) ?? 4243
  );
}
