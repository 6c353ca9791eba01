import { lstatSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { openSession } from "@keysock/session";
import { openUnixSocket, PeerGoneError } from "@keysock/socket";
import { decode, encode, type KeySocket, linux, type Message } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { setkey, startKeysockd, startSetkey } from "./testing/built.ts";
import { freePath, joinDaemon } from "./testing/in-process.ts";
import { add, dump, get, listen } from "./testing/requests.ts";

/** Sockets of `@keysock/socket` are synchronous; the daemon that they talk to is another process. */
function heard(socket: KeySocket, count: number): Message[] {
  return Array.from({ length: count }, () => decode(socket.receive(5000)!, linux).message);
}

describe("the daemon as a process", { timeout: 30_000 }, () => {
  it.each(["SIGTERM", "SIGINT"] as const)("ends at %s, hangs up and leaves nothing behind", async (name) => {
    const path = freePath();
    const { child, printed, ended } = await startKeysockd(path);
    expect((lstatSync(path).mode & 0o777).toString(8)).toBe("600");
    const socket = openUnixSocket(path, linux);
    socket.send([encode(get(0x1000), linux)]);
    expect(heard(socket, 1)).toMatchObject([{ type: "get", errno: 3 }]);
    child.kill(name);
    expect(await ended).toEqual({ status: 0, signal: null });
    expect(printed).toEqual({ out: `keysockd: listening on ${path}, personality linux\n`, err: "" });
    expect(readdirSync(dirname(path))).toEqual([]);
    expect(() => socket.receive(5000)).toThrow(PeerGoneError);
  });

  it("does not start where another listens, and takes over from one that was killed", async () => {
    const path = freePath();
    const first = await startKeysockd(path);
    const second = await startKeysockd(path);
    expect(await second.ended).toEqual({ status: 1, signal: null });
    expect(second.printed).toEqual({ out: "", err: `keysockd: "${path}": somebody listens there already\n` });
    first.child.kill("SIGKILL");
    await first.ended;
    expect(lstatSync(path).isSocket()).toBe(true);
    await startKeysockd(path);
    const socket = openUnixSocket(path, linux);
    socket.send([encode(add(0x1000), linux)]);
    expect(heard(socket, 1)).toMatchObject([{ type: "add", errno: 0 }]);
    socket.close();
  });

  it("outlives whoever started it and reads no more", async () => {
    const path = freePath();
    const { child, ended } = await startKeysockd(path);
    child.stdout!.destroy();
    child.stderr!.destroy();
    const bad = await joinDaemon({ path });
    bad.send(new Uint8Array(16));
    expect(await bad.rest()).toEqual([]);
    const good = await joinDaemon({ path });
    good.send(add(0x1000));
    expect(await good.take(1)).toMatchObject([{ type: "add", errno: 0 }]);
    child.kill("SIGTERM");
    expect(await ended).toEqual({ status: 0, signal: null });
  });
});

describe("a key socket to the daemon", { timeout: 30_000 }, () => {
  it("monitors what another adds", async () => {
    const path = freePath();
    await startKeysockd(path);
    const [monitor, writer] = [openUnixSocket(path, linux), openUnixSocket(path, linux)];
    monitor.send([encode(listen(), linux)]);
    expect(heard(monitor, 2).map(({ type }) => type)).toEqual(["promisc", "promisc"]);
    heard(writer, 1);
    writer.send([1, 2, 3].map((spi) => encode(add(spi), linux)));
    expect(heard(writer, 3).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(heard(monitor, 9).map(({ type, sequence }) => [type, sequence])).toEqual(
      [1, 2, 3].flatMap((spi) => Array.from({ length: 3 }, () => ["add", spi])),
    );
    expect(monitor.receive(0)).toBeUndefined();
    monitor.close();
    writer.close();
  });

  it("may write 20,000 requests before it reads an answer", async () => {
    const path = freePath();
    await startKeysockd(path);
    const socket = openUnixSocket(path, linux);
    const sequences = Array.from({ length: 20_000 }, (_, n) => n + 1);
    socket.send(sequences.map((sequence) => encode(get(0x1000, sequence), linux)));
    expect(heard(socket, 20_000).map(({ sequence }) => sequence)).toEqual(sequences);
    socket.close();
  });

  it("tells a session of a message that the engine does not take", async () => {
    const path = freePath();
    await startKeysockd(path);
    const session = openSession(openUnixSocket(path, linux), {
      pid: process.pid,
      sequence: { first: 2 ** 31 },
    });
    expect(() => [...session.request({ ...add(0x1000), reserved: 1 })]).toThrow(
      expect.objectContaining({
        name: "RefusedError",
        message: '"add" was refused: Invalid argument (EINVAL)',
      }),
    );
    expect([...session.request(add(0x1000))]).toMatchObject([{ type: "add", errno: 0 }]);
    expect([...session.request(dump())]).toMatchObject([{ type: "dump", sequence: 0 }]);
    session.close();
  });
});

describe("setkey at the daemon", { timeout: 30_000 }, () => {
  it("loads a file, and another run lists it", async () => {
    const path = freePath();
    await startKeysockd(path);
    const loaded = await setkey(path, "-f", "setkey.conf");
    const notAKernel = `setkey: talking to unix:${path}, not to a kernel: nothing here protects a packet\n`;
    expect(loaded).toMatchObject({ status: 0, err: notAKernel });
    const listed = await setkey(path, "-D");
    expect(listed).toMatchObject({ status: 0, err: notAKernel });
    expect(listed.out.match(/^\S.*\n\t.*$/gm)).toEqual([
      "10.0.11.41 10.0.11.34 \n\tesp mode=tunnel spi=65537(0x00010001) reqid=0(0x00000000)",
      "10.0.11.41 10.0.11.33 \n\tah mode=transport spi=123456(0x0001e240) reqid=0(0x00000000)",
      "10.0.11.41 10.0.11.33 \n\tesp mode=tunnel spi=123457(0x0001e241) reqid=0(0x00000000)",
    ]);
    expect((await setkey(path, "-DP")).out.match(/^\S.*$/gm)).toHaveLength(2);
  });

  it("watches what another run adds", async () => {
    const path = freePath();
    await startKeysockd(path);
    const watching = startSetkey(path, "-x");
    const types = () =>
      [...watching.printed.out.matchAll(/type=(\d+) errno=0/g)].map(([, type]) => Number(type));
    await expect.poll(() => watching.printed.out, { timeout: 10_000 }).not.toBe("");
    await setkey(path, "-f", "setkey.conf");
    // What is asked for and what is answered; of ADD and SPDADD also what all are told.
    const [register, flush, spdflush, add, get, spdadd] = [7, 9, 19, 3, 5, 14];
    const expected = [
      ...[register, register, flush, flush, spdflush, spdflush],
      ...Array.from({ length: 9 }, () => add),
      ...[get, get],
      ...Array.from({ length: 6 }, () => spdadd),
    ];
    await expect.poll(types, { timeout: 10_000 }).toEqual(expected);
    watching.child.kill("SIGINT");
    expect(await watching.ended).toEqual({ status: null, signal: "SIGINT" });
  });
});
