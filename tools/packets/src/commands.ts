import assert from "node:assert/strict";
import { openKeySocket } from "@keysock/connect";
import type { Host } from "@keysock/host";
import { nativeHost } from "@keysock/host/native";
import { type Files, type Io as IpseckeyIo, run as runIpseckey } from "@keysock/ipseckey";
import { type Connect, OutputError, run as runSetkey, type Io as SetkeyIo } from "@keysock/setkey";
import type { KeySocket } from "@keysock/wire";
import type { Node } from "./nodes.ts";

/** How a command ended and what it printed. */
export interface Outcome {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs a command on a node; `text` is what its file holds, whichever it opens. */
export type Command = (node: Node, argv: readonly string[], text?: string) => Promise<Outcome>;

/** A command that prints and prints. */
export interface Monitor {
  printed(): string;
  /** Waits until that is true of what it has printed. */
  until(isThere: (printed: string) => boolean): Promise<void>;
}

/** The two commands over a key socket. */
export interface Commands {
  setkey: Command;
  ipseckey: Command;
  /** `setkey -x`. */
  setkeyMonitor(node: Node): Promise<Monitor>;
  /** `ipseckey monitor`. */
  ipseckeyMonitor(node: Node): Promise<Monitor>;
  /** A key socket of a program that is neither. */
  openSocket(node: Node): KeySocket;
  host: Host;
  /** Stops monitors and closes sockets. */
  release(): Promise<void>;
}

/** @param via - the key socket's name */
export function commands(via: string): Commands {
  const host = nativeHost();
  const connect =
    (defaultDialect: "linux" | "illumos"): Connect =>
    (choice) =>
      openKeySocket({ ...choice, defaultDialect, host });

  const setkey: Started = (argv, text) => {
    const io = openIo();
    const given = { ...io, ...setkeyInput(text) };
    return { io, status: runSetkey([`--via=${via}`, ...argv], given, host, connect("linux")) };
  };
  const ipseckey: Started = (argv, text) => {
    const io = openIo();
    const given = { ...io, ...ipseckeyInput(text) };
    return { io, status: runIpseckey([`--via=${via}`, ...argv], given, host, connect("illumos")) };
  };
  const opened: (() => unknown)[] = [];
  const monitor = (start: Started, argv: readonly string[]) => async (node: Node) => {
    node.network.enter();
    const { monitor, stop } = started(start(argv, ""));
    opened.push(stop);
    await monitor.until((printed) => printed !== "");
    return monitor;
  };
  return {
    host,
    setkey: toItsEnd(setkey),
    ipseckey: toItsEnd(ipseckey),
    setkeyMonitor: monitor(setkey, ["-x"]),
    ipseckeyMonitor: monitor(ipseckey, ["-n", "monitor"]),
    openSocket(node) {
      node.network.enter();
      const { socket } = openKeySocket({ via, defaultDialect: "linux", host });
      opened.push(() => socket.close());
      return socket;
    },
    async release() {
      await Promise.all(opened.splice(0).map((close) => close()));
    },
  };
}

/** Has a command carry out a text in which nothing is wrong, though it may warn. */
export async function loads(command: Command, node: Node, text: string): Promise<void> {
  const { status, stdout, stderr } = await command(node, ["-f", "conf"], text);
  const errors = stderr.replaceAll(/^.*: WARNING: .*\n/gm, "");
  assert.deepEqual({ status, stdout, errors }, { status: 0, stdout: "", errors: "" });
}

/** Runs a command in the network that is entered. */
type Started = (argv: readonly string[], text: string) => { io: OpenIo; status: Promise<number> };

const toItsEnd =
  (start: Started): Command =>
  async (node, argv, text = "") => {
    node.network.enter();
    const { io, status } = start(argv, text);
    return { status: await status, stdout: io.stdout(), stderr: io.stderr() };
  };

const limitMs = 20_000;

function started({ io, status }: ReturnType<Started>): { monitor: Monitor; stop: () => Promise<void> } {
  const ended = status.then(
    (value) => assert.fail(`the monitor ended with status ${value}: ${io.stderr()}`),
    (error) => {
      if (!(error instanceof OutputError)) throw error;
    },
  );
  // Whoever stops it hears of it.
  ended.catch(() => {});
  return {
    monitor: {
      printed: io.stdout,
      async until(isThere) {
        const deadline = Date.now() + limitMs;
        while (!isThere(io.stdout())) {
          if (Date.now() > deadline) assert.fail(`the monitor printed only\n${io.stdout()}`);
          await turn();
        }
      },
    },
    stop() {
      io.stop();
      return ended;
    },
  };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What both commands write to; it is kept. */
function openIo() {
  let stdout = "";
  let stderr = "";
  let stopped = false;
  return {
    out(text: string) {
      stdout += text;
    },
    err(text: string) {
      stderr += text;
    },
    flush() {},
    async turn() {
      await turn();
      // Nobody reads what a monitor prints any more.
      if (stopped) throw new OutputError("output", Object.assign(new Error(), { code: "EPIPE" }));
    },
    environment: {},
    stdout: () => stdout,
    stderr: () => stderr,
    stop() {
      stopped = true;
    },
  };
}

type OpenIo = ReturnType<typeof openIo>;

const setkeyInput = (text: string): Omit<SetkeyIo, keyof OpenIo> => ({
  input: () => [],
  inputIsTerminal: false,
  terminal: () => undefined,
  open: () => [text],
});

function ipseckeyInput(text: string): Omit<IpseckeyIo, keyof OpenIo> {
  const files: Files = {
    look: () => ({ kind: "file", mode: 0o400, owner: 0 }),
    open: () => [text],
    create(path) {
      throw new Error(`nothing is saved to ${path} here`);
    },
  };
  return {
    files,
    input: () => [],
    openTerminal: undefined,
    onInterrupt: () => () => {},
    uninterrupted: async (work) => work(),
    platform: "linux",
  };
}
