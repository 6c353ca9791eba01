import { openKeySocket } from "@keysock/connect";
import { type Host, tableHost } from "@keysock/host";
import { ip, NetworkNamespace } from "@keysock/kernel-lab";
import type { KeySocket } from "@keysock/wire";
import { run } from "../run.ts";
import { maskState } from "./ip-state.ts";
import type { Shown } from "./machine.ts";
import { type TestFile, testFiles } from "./test-files.ts";
import { type TestIo, testIo } from "./test-io.ts";

/** A command that has been started and not waited for. */
export interface Started {
  /** Resolves when standard output holds the text that many times. */
  shows(text: string, times?: number): Promise<void>;
  /** ^C; what it showed in all. */
  interrupt(): Promise<Shown>;
}

/** A network of this kernel with nothing in it, and runs of the command there, one after the other. */
export interface KernelMachine {
  /** By name; they stay from run to run. */
  readonly files: Map<string, TestFile>;
  ipseckey(argv: readonly string[], input?: string): Promise<Shown>;
  /** Runs the command on a file that holds the commands. */
  load(commands: string): Promise<Shown>;
  start(argv: readonly string[]): Started;
  /** Another program's socket. */
  open(): KeySocket;
  /** What `ip -s xfrm state` prints, times and numbers of requests masked. */
  state(): string;
  /** What still runs is interrupted. */
  [Symbol.dispose](): void;
}

/** The hosts of the manual page, and one with several addresses. */
const names = {
  "me.domain.com": ["192.0.2.1"],
  "you.domain.com": ["192.0.2.2"],
  mypeer: ["192.0.2.9"],
  many: ["192.0.2.21", "192.0.2.22", "2001:db8::21"],
};

const kernelHost: Host = {
  ...tableHost({ names, pid: 4242 }),
  now: () => Date.now(),
  sleep: (milliseconds) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
};

/** How long to wait for what must come. */
const patienceMs = 60_000;

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** @param via - the way to the kernel */
export function kernelMachine(via: string): KernelMachine {
  const network = new NetworkNamespace();
  const files = new Map<string, TestFile>();
  const running = new Set<TestIo>();
  const open = (dialect?: string) =>
    openKeySocket({ via, dialect, defaultDialect: "illumos", host: kernelHost });

  function begin(argv: readonly string[], input: string): { io: TestIo; exit: Promise<number> } {
    const io = { ...testIo({ files: testFiles(files), input: [input], platform: "linux" }), turn };
    const exit = run([`--via=${via}`, ...argv], io, kernelHost, ({ dialect }) => open(dialect));
    return { io, exit };
  }

  async function ipseckey(argv: readonly string[], input = ""): Promise<Shown> {
    const { io, exit } = begin(argv, input);
    return { exit: await exit, stdout: io.stdout(), stderr: io.stderr() };
  }

  return {
    files,
    ipseckey,
    load(commands) {
      files.set("keys", { content: commands, mode: 0o600 });
      return ipseckey(["-f", "keys"]);
    },
    start(argv) {
      const { io, exit } = begin(argv, "");
      running.add(io);
      return {
        async shows(text, times = 1) {
          const end = Date.now() + patienceMs;
          while (io.stdout().split(text).length <= times) {
            if (Date.now() > end) throw new Error(`"${text}" was not shown, but ${io.stdout()}`);
            await turn();
          }
        },
        async interrupt() {
          io.interrupt();
          return { exit: await exit, stdout: io.stdout(), stderr: io.stderr() };
        },
      };
    },
    open: () => open().socket,
    state: () => maskState(ip("-s", "xfrm", "state")),
    [Symbol.dispose]() {
      for (const io of running) io.interrupt();
      network.close();
    },
  };
}

/** What varies from run to run in what the command prints, made the same. */
export const maskText = (text: string): string =>
  text
    .replaceAll(/(?<=seq=|raw time value )\d+/g, "N")
    .replaceAll(/\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}/g, "TIME")
    .replaceAll(/(?<=expiration occurs in )\d+(?= seconds)/g, "N");

/** The same for all that it showed. */
export const maskShown = ({ stdout, ...rest }: Shown): Shown => ({ ...rest, stdout: maskText(stdout) });
