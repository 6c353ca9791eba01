import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TableHost, tableHost } from "@keysock/host";
import { frameReader } from "@keysock/socket";
import { type Dialect, decode, encode, linux, type Message, type OutgoingMessage } from "@keysock/wire";
import { onTestFinished } from "vitest";
import { run } from "../run.ts";

/** A path in a folder of the test's own. */
export function freePath(): string {
  const folder = mkdtempSync(join(tmpdir(), "keysockd-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "key.sock");
}

/** A daemon in this process. */
export interface Daemon {
  path: string;
  dialect: Dialect;
  host: TableHost;
  out: string[];
  err: string[];
  /** Ends it; gives the exit status. */
  end(): Promise<number>;
}

export async function startDaemon(path = freePath(), dialect: Dialect = linux): Promise<Daemon> {
  const controller = new AbortController();
  const host = tableHost();
  const [out, err]: [string[], string[]] = [[], []];
  const argv = ["--listen", path, "--personality", dialect.name];
  let status: Promise<number> | undefined;
  await new Promise<void>((listening) => {
    const io = {
      out(text: string) {
        out.push(text);
        listening();
      },
      err: (text: string) => void err.push(text),
    };
    status = run(argv, io, host, controller.signal).finally(listening);
  });
  const end = () => {
    controller.abort();
    return status!;
  };
  onTestFinished(async () => void (await end()));
  return { path, dialect, host, out, err, end };
}

/** A client on a stream of Node. It reads no more than it is asked for and a buffer full. */
export interface Client {
  send(...messages: readonly (OutgoingMessage | Uint8Array)[]): void;
  /** Sends no more. */
  finish(): void;
  leave(): void;
  next(): Promise<Uint8Array>;
  /** So many messages, decoded. */
  take(count: number): Promise<Message[]>;
  /** What is left until the daemon hangs up. */
  rest(): Promise<Uint8Array[]>;
}

export async function joinDaemon({
  path,
  dialect = linux,
}: {
  path: string;
  dialect?: Dialect;
}): Promise<Client> {
  const stream = connect({ path, allowHalfOpen: true });
  onTestFinished(() => void stream.destroy());
  await once(stream, "connect");
  const incoming = messages();
  const next = async () => {
    const step = await incoming.next();
    if (step.done) throw new Error("the daemon has hung up");
    return step.value;
  };
  return {
    send(...sent) {
      stream.write(
        Buffer.concat(sent.map((one) => (one instanceof Uint8Array ? one : encode(one, dialect)))),
      );
    },
    finish: () => void stream.end(),
    leave: () => void stream.destroy(),
    next,
    async take(count) {
      const taken: Message[] = [];
      while (taken.length < count) taken.push(decode(await next(), dialect).message);
      return taken;
    },
    async rest() {
      const rest: Uint8Array[] = [];
      for await (const message of incoming) rest.push(message);
      return rest;
    },
  };

  async function* messages(): AsyncGenerator<Uint8Array, void, void> {
    const reader = frameReader(dialect.byteOrder);
    for await (const chunk of stream) {
      const whole: Uint8Array[] = [];
      reader.push(chunk, (message) => whole.push(message));
      yield* whole;
    }
  }
}
