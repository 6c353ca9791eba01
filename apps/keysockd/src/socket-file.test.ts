import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { basename, dirname } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { PathInUseError } from "./listen-error.ts";
import { listenAt, maximumPathBytes } from "./socket-file.ts";
import { freePath, joinDaemon, startDaemon } from "./testing/in-process.ts";
import { add } from "./testing/requests.ts";

const entries = (path: string) => readdirSync(dirname(path));

/** Leaves a socket at the path that nobody listens on. */
async function leaveStale(path: string): Promise<void> {
  const server = createServer().listen(`${path}.gone`);
  await once(server, "listening");
  renameSync(`${path}.gone`, path);
  server.close();
  await once(server, "close");
}

async function expectServes(path: string): Promise<void> {
  const client = await joinDaemon({ path });
  client.send(add(0x1000));
  expect(await client.take(1)).toMatchObject([{ type: "add", errno: 0 }]);
}

describe("a socket file", () => {
  it("is the owner's alone, whatever the umask", async () => {
    const path = freePath();
    const before = process.umask(0);
    try {
      await startDaemon(path);
      expect(process.umask()).toBe(0);
    } finally {
      process.umask(before);
    }
    const { mode } = lstatSync(path);
    expect((mode & 0o777).toString(8)).toBe("600");
    expect(entries(path)).toEqual(["key.sock"]);
  });

  it("goes when the daemon ends", async () => {
    const daemon = await startDaemon();
    expect(await daemon.end()).toBe(0);
    expect(entries(daemon.path)).toEqual([]);
    expect({ out: daemon.out, err: daemon.err }).toEqual({
      out: [`keysockd: listening on ${daemon.path}, personality linux\n`],
      err: [],
    });
  });

  it("may be gone by then", async () => {
    const daemon = await startDaemon();
    unlinkSync(daemon.path);
    expect(await daemon.end()).toBe(0);
  });

  it("stays if it is another daemon's by then", async () => {
    const first = await startDaemon();
    unlinkSync(first.path);
    await startDaemon(first.path);
    expect(await first.end()).toBe(0);
    await expectServes(first.path);
  });

  it("stays if it is no socket by then", async () => {
    const daemon = await startDaemon();
    unlinkSync(daemon.path);
    writeFileSync(daemon.path, "mine");
    expect(await daemon.end()).toBe(0);
    expect(readFileSync(daemon.path, "utf8")).toBe("mine");
  });

  it("is replaced if nobody listens on it", async () => {
    const path = freePath();
    await leaveStale(path);
    const daemon = await startDaemon(path);
    await expectServes(path);
    await daemon.end();
    expect(entries(path)).toEqual([]);
  });

  it("may have the longest path that there is room for", async () => {
    const path = freePath();
    const longest = path + "x".repeat(maximumPathBytes - path.length);
    await startDaemon(longest);
    await expectServes(longest);
  });
});

describe("a path that cannot be listened on", () => {
  const refused = async (path: string) => {
    const daemon = await startDaemon(path);
    return { status: await daemon.end(), out: daemon.out, err: daemon.err };
  };
  const saying = (path: string, why: string) => ({
    status: 1,
    out: [],
    err: [`keysockd: "${path}": ${why}\n`],
  });

  it("is in use", async () => {
    const { path } = await startDaemon();
    expect(await refused(path)).toEqual(saying(path, "somebody listens there already"));
    await expectServes(path);
  });

  it("is in use by somebody too busy to answer", async () => {
    const path = freePath();
    const busy = `
      require("node:net").createServer().listen({ path: process.argv[1], backlog: 1 }, () => {
        require("node:fs").writeSync(1, "ready");
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      });
    `;
    const child = spawn(process.execPath, ["-e", busy, path], { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child.stdout, "data");
    for (const _ of [1, 2]) {
      const waiting = connect(path);
      onTestFinished(() => void waiting.destroy());
      await once(waiting, "connect");
    }
    expect(await refused(path)).toEqual(saying(path, "somebody listens there already"));
  });

  it("is taken while the socket is made", async () => {
    const path = freePath();
    const server = createServer();
    const listen = server.listen.bind(server);
    server.listen = ((beside: string) => {
      writeFileSync(path, "mine");
      return listen(beside);
    }) as Server["listen"];
    await expect(listenAt(server, path)).rejects.toThrow(
      new PathInUseError(path, "somebody has begun to listen there"),
    );
    expect(readFileSync(path, "utf8")).toBe("mine");
    expect(entries(path)).toEqual(["key.sock"]);
  });

  it.each([
    ["a file", (path: string) => writeFileSync(path, "mine")],
    ["a folder", (path: string) => mkdirSync(path)],
    ["a link", (path: string) => symlinkSync("elsewhere", path)],
  ])("is %s", async (_, make) => {
    const path = freePath();
    make(path);
    const { ino, ctimeMs } = lstatSync(path);
    expect(await refused(path)).toEqual(saying(path, "there is something that is no socket"));
    expect(lstatSync(path)).toMatchObject({ ino, ctimeMs });
    expect(entries(path)).toEqual([basename(path)]);
  });

  it("is in a folder that does not exist", async () => {
    const path = `${dirname(freePath())}/none/key.sock`;
    expect(await refused(path)).toEqual(
      saying(path, "cannot listen there: No such file or directory (ENOENT)"),
    );
  });

  it("is in something that is no folder", async () => {
    const file = freePath();
    writeFileSync(file, "mine");
    const path = `${file}/key.sock`;
    expect(await refused(path)).toEqual(saying(path, "cannot listen there: Not a directory (ENOTDIR)"));
  });

  it("is too long for a socket", async () => {
    const path = freePath().padEnd(maximumPathBytes + 1, "x");
    expect(await refused(path)).toEqual(saying(path, "the path has 100 bytes, expected at most 99"));
    expect(entries(path)).toEqual([]);
  });
});
