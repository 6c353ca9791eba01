import { createEngine, type Engine } from "@keysock/engine";
import { type TableHost, tableHost } from "@keysock/host";
import type { KeySocket } from "@keysock/wire";
import type { Connect } from "../program.ts";
import { run } from "../run.ts";
import { type TestFile, testFiles } from "./test-files.ts";
import { type TestIo, testIo } from "./test-io.ts";

/** What a run showed. */
export interface Shown {
  stdout: string;
  stderr: string;
  exit: number;
}

/** A machine with an engine for a kernel: runs of the command on it, one after the other. */
export interface Machine {
  readonly host: TableHost;
  readonly engine: Engine;
  /** By name; they stay from run to run. */
  readonly files: Map<string, TestFile>;
  /** Runs the command with that standard input. */
  ipseckey(argv: readonly string[], input?: string | Iterable<string>): Promise<Shown>;
}

export interface MachineOptions {
  personality?: "illumos" | "linux";
  environment?: Record<string, string>;
  /** What the way to it is called. */
  via?: string;
  /** Is handed each socket to the engine. */
  socket?: (socket: KeySocket, io: TestIo) => KeySocket;
}

/** A machine that knows the hosts of the manual page. */
export function machine({
  personality = "illumos",
  environment,
  via = "engine",
  socket = (plain) => plain,
}: MachineOptions = {}): Machine {
  const host = tableHost({
    names: { "me.domain.com": ["192.0.2.1"], "you.domain.com": ["192.0.2.2"], mypeer: ["192.0.2.9"] },
    now: 1571328712_000,
    pid: 4242,
    uid: 1000,
  });
  const engine = createEngine({ personality, clock: host });
  const files = new Map<string, TestFile>();
  return {
    host,
    engine,
    files,
    async ipseckey(argv, input = "") {
      const io = testIo({
        files: testFiles(files),
        input: typeof input === "string" ? [input] : input,
        ...(environment && { environment }),
      });
      const connect: Connect = () => ({ socket: socket(engine.connect(), io), via, kernel: true });
      const exit = await run([`--dialect=${personality}`, ...argv], io, host, connect);
      return { stdout: io.stdout(), stderr: io.stderr(), exit };
    },
  };
}
