import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { machine } from "./testing/machine.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const bin = here("../bin/ipseckey");

const saCount = 20;
const key = "00112233445566778899aabbccddeeff";
const keys = Array.from(
  { length: saCount },
  (_, i) => `add ah spi ${0x100 + i} src 192.0.2.1 dst 192.0.2.2 authalg md5 authkey ${key}\n`,
).join("");

/** The messages in which an engine with some SAs answers a dump. */
async function dumpOf(request: Uint8Array): Promise<Uint8Array[]> {
  const { engine, files, ipseckey } = machine();
  files.set("keys", { content: keys, mode: 0o600 });
  expect(await ipseckey(["-f", "keys"])).toMatchObject({ exit: 0 });
  const socket = engine.connect();
  socket.send([request]);
  const messages: Uint8Array[] = [];
  for (let next = socket.receive(0); next !== undefined; next = socket.receive(0)) messages.push(next);
  return messages;
}

/** Listens where a command may dump: sends half of the answer, and leaves the rest to the test. */
async function halfPeer(path: string): Promise<{ dumped: Promise<{ stream: Socket; rest: Uint8Array }> }> {
  const server = createServer();
  const dumped = once(server, "connection").then(async ([stream]) => {
    const [request] = await once(stream, "data");
    const messages = await dumpOf(request);
    expect(messages).toHaveLength(saCount + 1);
    stream.write(Buffer.concat(messages.slice(0, saCount / 2)));
    return { stream: stream as Socket, rest: Buffer.concat(messages.slice(saCount / 2)) };
  });
  server.listen(path);
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { dumped };
}

/** What a text holds before the program has written all of it. */
const entries = (text: string) => text.split("# begin assoc").length - 1;

describe("a file that is there survives a save that does not come to its end", { timeout: 20_000 }, () => {
  const children: ChildProcess[] = [];
  const old = `${"# what was saved before\n".repeat(1000)}the last byte`;

  beforeAll(() => {
    if (!existsSync(here("../dist/command.js"))) {
      throw new Error("not built: run `npm test`, or build before the tests");
    }
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  /** A program in the middle of saving: it has written SAs and waits for more. */
  async function inTheMiddle(argv: (path: string) => string[]) {
    const folder = mkdtempSync(join(tmpdir(), "ipseckey-save-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "saved");
    writeFileSync(path, old, { encoding: "latin1" });
    chmodSync(path, 0o400);
    const socket = join(folder, "socket");
    const { dumped } = await halfPeer(socket);
    const child = spawn(bin, [`--via=unix:${socket}`, ...argv(path)], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { PATH: process.env["PATH"], TZ: "UTC" },
    });
    children.push(child);
    let stderr = "";
    child.stderr!.on("data", (data) => {
      stderr += data;
    });
    const ended = once(child, "close").then(([code, signal]) => ({ code, signal, stderr }));
    const { stream, rest } = await Promise.race([
      dumped,
      ended.then((end) => {
        throw new Error(`ended before it asked for a dump: ${JSON.stringify(end)}`);
      }),
    ]);
    const beside = () => readdirSync(folder).filter((name) => name !== "saved" && name !== "socket");
    const written = () => beside().map((name) => readFileSync(join(folder, name), "latin1"));
    await expect.poll(() => written().map(entries), { timeout: 10_000 }).toEqual([saCount / 2]);
    return {
      child,
      ended,
      stream,
      rest,
      beside,
      file: () => [readFileSync(path, "latin1"), statSync(path).mode & 0o777],
      modes: () => beside().map((name) => statSync(join(folder, name)).mode & 0o777),
    };
  }

  const ways: [name: string, argv: (path: string) => string[]][] = [
    ["-s", (path) => ["-s", path]],
    ["save all", (path) => ["save", "all", path]],
  ];

  it.each(ways)("%s: kill -9 leaves it, and the part beside it for its owner alone", async (_, argv) => {
    const { child, ended, file, modes } = await inTheMiddle(argv);
    child.kill("SIGKILL");
    expect(await ended).toMatchObject({ code: null, signal: "SIGKILL" });
    expect(file()).toEqual([old, 0o400]);
    expect(modes()).toEqual([0o400]);
  });

  it.each(ways)("%s: a socket that is closed leaves it, and nothing beside it", async (_, argv) => {
    const { ended, stream, file, beside } = await inTheMiddle(argv);
    stream.destroy();
    const { code, stderr } = await ended;
    expect([code, stderr.split("\n").slice(1)]).toEqual([
      1,
      [expect.stringMatching(/^ipseckey: .*\(in dosave\): /), ""],
    ]);
    expect(file()).toEqual([old, 0o400]);
    expect(beside()).toEqual([]);
  });

  it("a signal waits for all that goes to standard output, too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ipseckey-save-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { dumped } = await halfPeer(join(folder, "socket"));
    const child = spawn(bin, [`--via=unix:${join(folder, "socket")}`, "save", "all"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    children.push(child);
    let stdout = "";
    child.stdout!.on("data", (data) => {
      stdout += data;
    });
    const ended = once(child, "close");
    const { stream, rest } = await dumped;
    child.kill("SIGTERM");
    stream.write(rest);
    expect([await ended, entries(stdout)]).toEqual([[null, "SIGTERM"], saCount]);
  });

  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
    "%s waits for the whole file, and then ends it",
    async (signal) => {
      const { child, ended, stream, rest, file, beside } = await inTheMiddle((path) => ["-s", path]);
      child.kill(signal);
      stream.write(rest);
      expect(await ended).toMatchObject({ code: null, signal });
      const [text, mode] = file();
      expect([entries(String(text)), mode]).toEqual([saCount, 0o400]);
      expect(beside()).toEqual([]);
    },
  );
});
