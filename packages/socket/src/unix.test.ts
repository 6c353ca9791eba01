import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inByteOrder, linux } from "@keysock/wire";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PrivilegeError } from "./open.ts";
import { PeerGoneError } from "./peer-gone-error.ts";
import { frame } from "./testing/frame.ts";
import { openDescriptors, startScript, thrownBy, unprivileged } from "./testing/process.ts";
import { openUnixSocket } from "./unix.ts";

const dialect = inByteOrder(linux, "little");
const message = (n: number) => frame(2 + (n % 30), "little", n);

let folder: string;
let path: string;
let peers: { end: () => void }[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keysock-"));
  path = join(folder, "key.sock");
  peers = [];
});
afterEach(() => {
  for (const peer of peers) peer.end();
  rmSync(folder, { recursive: true });
});

/** A child that listens at the path and does this with each `connection`. */
async function listen(onConnection: string): Promise<void> {
  const script = `
    const server = require("node:net").createServer((connection) => {
      connection.on("error", () => {});
      ${onConnection}
    });
    server.listen(process.argv[1], () => console.log("ready"));
  `;
  peers.push(await startScript(script, path));
}

describe("a peer at a path", () => {
  it("gets whole messages and sends them", async () => {
    await listen("connection.pipe(connection)");
    const socket = openUnixSocket(path, dialect);
    expect(socket.dialect).toBe(dialect);
    const messages = Array.from({ length: 50 }, (_, n) => message(n));
    socket.send(messages);
    expect(messages.map(() => socket.receive(5000))).toEqual(messages);
    expect(socket.receive(0)).toBeUndefined();
    socket.close();
  });

  it("may be of another byte order", async () => {
    await listen("connection.pipe(connection)");
    const socket = openUnixSocket(path, inByteOrder(linux, "big"));
    const whole = frame(20, "big", 7);
    socket.send([whole]);
    expect(socket.receive(5000)).toEqual(whole);
    socket.close();
  });

  it("may send a byte at a time", async () => {
    await listen(`
      const bytes = Buffer.from([2, 9, 0, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
      let sent = 0;
      const next = () => { if (sent < 48) { connection.write(bytes.subarray(sent % 16, sent % 16 + 1)); sent++; setTimeout(next, 1); } };
      next();
    `);
    const socket = openUnixSocket(path, dialect);
    const flush = frame(2, "little", 0);
    expect([1, 2, 3].map(() => socket.receive(5000))).toEqual([flush, flush, flush]);
    socket.close();
  });

  it("may write before it reads, however much, without either waiting for the other", async () => {
    await listen("connection.pipe(connection)");
    const socket = openUnixSocket(path, dialect);
    const large = Array.from({ length: 100 }, (_, n) => frame(12_000, "little", n));
    socket.send(large);
    for (const each of large) expect(Buffer.compare(socket.receive(5000)!, each)).toBe(0);
    socket.close();
  });

  it("may leave", async () => {
    await listen("connection.end(Buffer.from([2, 9, 0, 3, 2, 0, 0, 0]))");
    const socket = openUnixSocket(path, dialect);
    expect(thrownBy(() => socket.receive(5000))).toMatchObject({
      name: "PeerGoneError",
      message: `the peer of the key socket "${path}" is gone, 8 bytes into a message: Broken pipe (EPIPE); connect again`,
    });
    socket.close();
  });

  it("may be slow to accept", async () => {
    // A listener with room for two that it has not accepted; it begins after 300 ms.
    const script = `
      const server = require("node:net").createServer((connection) => connection.pipe(connection));
      server.listen({ path: process.argv[1], backlog: 1 }, () => {
        require("node:fs").writeSync(1, "ready");
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      });
    `;
    peers.push(await startScript(script, path));
    const before = performance.now();
    const sockets = [1, 2, 3, 4].map(() => openUnixSocket(path, dialect));
    expect(performance.now() - before).toBeGreaterThan(100);
    for (const [n, socket] of sockets.entries()) {
      socket.send([message(n)]);
      expect(socket.receive(5000)).toEqual(message(n));
      socket.close();
    }
  });
});

describe("a path where nobody can be reached", () => {
  it("says that nobody listens, and leaves nothing open", () => {
    const before = openDescriptors();
    const error = thrownBy(() => openUnixSocket(path, dialect));
    expect(error).toBeInstanceOf(PeerGoneError);
    expect(error).toMatchObject({
      code: "ENOENT",
      message: `cannot connect to "${path}": No such file or directory (ENOENT); nobody listens there: start keysockd, or another`,
    });
    expect(openDescriptors()).toBe(before);
  });

  it("says so of a file as well", () => {
    writeFileSync(path, "");
    expect(thrownBy(() => openUnixSocket(path, dialect))).toMatchObject({
      name: "PeerGoneError",
      code: "ECONNREFUSED",
    });
  });

  it("says that privilege is missing", () => {
    // mkdtemp(3) makes the folder its owner's alone. Who is not root is kept out of root's home instead.
    const closed = process.geteuid!() === 0 ? path : "/root/keysock/key.sock";
    const error = thrownBy(() => unprivileged(() => openUnixSocket(closed, dialect)));
    expect(error).toBeInstanceOf(PrivilegeError);
    expect(error).toMatchObject({
      code: "EACCES",
      message: `cannot connect to "${closed}": Permission denied (EACCES); run as root or as the one who listens`,
    });
  });

  it.each([
    ["empty", ""],
    ["longer than a socket address", `/${"x".repeat(107)}`],
    ["one with a NUL", "/tmp/a\0b"],
  ])("refuses a path that is %s", (_, bad) => {
    expect(thrownBy(() => openUnixSocket(bad, dialect))).toMatchObject({
      name: "SocketError",
      code: "ENAMETOOLONG",
    });
  });

  it("takes the longest path that a socket address holds", () => {
    expect(thrownBy(() => openUnixSocket(`/${"x".repeat(106)}`, dialect))).toMatchObject({ code: "ENOENT" });
  });
});
