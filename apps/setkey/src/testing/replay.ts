import type { RecordedCase } from "@keysock/goldens";
import type { Host } from "@keysock/host";
import type { KeySocket } from "@keysock/wire";
import { run } from "../run.ts";
import { overheard } from "./overheard.ts";
import { type Step, steps } from "./shell.ts";
import type { Stage } from "./stage.ts";
import { type TestIo, testIo } from "./test-io.ts";

/** What a run showed. */
export interface Shown {
  stdout: string;
  stderr: string;
  exit: number;
  sent: Uint8Array[];
  received: Uint8Array[];
  /** What the case's other programs printed, by the file that it went to. */
  files: Map<string, string>;
}

/** Thrown to end a program that runs for ever, as SIGTERM ended the recorded one. */
const terminated = Symbol("terminated");
const terminatedStatus = 143;

/** Runs a program with the original's face; what it prints is in its streams. @returns the exit status */
export function call(
  argv: readonly string[],
  io: TestIo,
  host: Host,
  open: () => KeySocket,
): Promise<number> {
  const connect = () => ({ socket: open(), via: "test", kernel: true });
  return run(["--compat=ipsec-tools", ...argv], io, host, connect);
}

/** Runs a recorded case again: its shell line, with the command in this process. */
export async function replay({ files, command }: RecordedCase, stage: Stage): Promise<Shown> {
  const shown: Shown = { stdout: "", stderr: "", exit: 0, sent: [], received: [], files: new Map() };
  if (files.has("pre.conf")) await call(["-f", "pre.conf"], testIo({ files }), stage.peer, stage.openPeer);
  stage.prepare();
  const rest = steps(command);
  for (let step = rest.shift(); step !== undefined; step = rest.shift()) await perform(step);
  return shown;

  async function perform(step: Step): Promise<void> {
    if (step.kind === "sleep") stage.pause(step.seconds);
    if (step.kind === "ping") stage.ping(step.command);
    if (step.kind !== "run") return;
    const io = testIo({ files, input: files.get(step.input ?? "") ?? "" });
    if (step.program === "$PEER") {
      await call(step.argv, io, stage.peer, stage.openPeer);
      if (step.output !== undefined) shown.files.set(step.output, io.stdout() + io.stderr());
      return;
    }
    // The recording has the messages of the last program of a case.
    shown.sent = [];
    shown.received = [];
    if (step.background) io.turn = backgroundTurn(io, stage, rest, perform);
    try {
      shown.exit = await call(step.argv, io, stage.host, () => overheard(stage.open(), shown));
    } catch (error) {
      if (error !== terminated) throw error;
      shown.exit = terminatedStatus;
    } finally {
      shown.stdout += io.stdout();
      shown.stderr += io.stderr();
    }
  }
}

/**
 * What a program in the background does when it lets others run, having read all that there was: the next step behind it,
 * when its time has come. Where the recording gave it time to begin, the first thing that it shows is waited for.
 */
function backgroundTurn(io: TestIo, stage: Stage, rest: Step[], perform: (step: Step) => Promise<void>) {
  let wakesAt = stage.waited();
  if (rest[0]?.kind === "sleep" && rest[1]?.kind !== "kill") rest.shift();
  return async () => {
    while (io.stdout() !== "" && stage.waited() >= wakesAt) {
      const step = rest.shift();
      if (step === undefined || step.kind === "kill") throw terminated;
      if (step.kind !== "sleep") return perform(step);
      wakesAt += step.seconds * 1000;
    }
  };
}
