import { createEngine } from "@keysock/engine";
import { tableHost } from "@keysock/host";
import { maxFrameBytes } from "@keysock/socket";
import { decode, encode, illumos, type KeySocket, linux, type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { maximumClients } from "./serve.ts";
import { type Client, freePath, joinDaemon, startDaemon } from "./testing/in-process.ts";
import { add, dump, get, hardLimit, listen, register } from "./testing/requests.ts";

const bytesOf = (message: OutgoingMessage) => encode(message, linux);
const spis = (count: number) => Array.from({ length: count }, (_, n) => 0x1000 + n);

/** Whole messages that end with the reply to a request. */
async function until(client: Client, type: string, sequence: number) {
  for (const heard = []; ; ) {
    const [message] = await client.take(1);
    heard.push(message!);
    if (message!.type === type && message!.sequence === sequence) return heard;
  }
}

describe("clients of one engine", { timeout: 30_000 }, () => {
  it.each([linux, illumos])("hear to the byte what key sockets of an engine hear: $name", async (dialect) => {
    const steps: [who: number, message: OutgoingMessage][] = [
      [0, listen()],
      [1, register()],
      [2, add(0x1000)],
      [1, add(0x1000)],
      [1, get(0x1000)],
      [2, add(0x1001, hardLimit(60))],
      [2, dump()],
      [1, request(19, "unspec")],
      [2, request("delete", "esp", get(0x1001).extensions)],
      [0, request("flush", "unspec")],
      [1, dump()],
    ];
    const daemon = await startDaemon(freePath(), dialect);
    const engine = createEngine({ personality: dialect.name, clock: tableHost() });
    const sockets = [0, 1, 2].map(() => engine.connect());
    const clients = [await joinDaemon(daemon), await joinDaemon(daemon), await joinDaemon(daemon)];
    const carriedOut = new Set<unknown>();
    for (const [who, message] of steps) {
      sockets[who]!.send([encode(message, dialect)]);
      clients[who]!.send(message);
      for (const [n, socket] of sockets.entries()) {
        for (const expected of received(socket)) {
          expect(await clients[n]!.next()).toEqual(expected);
          const { type, errno } = decode(expected, dialect).message;
          if (n === who && errno === 0) carriedOut.add(type);
        }
      }
    }
    expect([...carriedOut]).toEqual(
      expect.arrayContaining(["promisc", "register", "add", "get", "dump", "delete", "flush"]),
    );
    await daemon.end();
    for (const client of clients) expect(await client.rest()).toEqual([]);
  });

  it("dump 5,000 SAs while another adds, and miss nothing", async () => {
    const daemon = await startDaemon();
    const writer = await joinDaemon(daemon);
    writer.send(...spis(5000).map((spi) => add(spi)));
    await until(writer, "add", spis(5000).at(-1)!);
    const reader = await joinDaemon(daemon);

    // What does not fit between the two waits in the engine, where an SA more joins the dump.
    reader.send(dump());
    writer.send(add(1));
    expect(await writer.take(1)).toMatchObject([{ type: "add", errno: 0, sequence: 1 }]);
    const heard = await until(reader, "dump", 0);
    const entries = heard.filter(({ type }) => type === "dump");
    expect(heard.filter(({ type }) => type !== "dump")).toMatchObject([{ type: "add", sequence: 1 }]);
    expect(entries.map(({ sequence }) => sequence)).toEqual([...entries.keys()].slice(1).concat(0));
    const found = entries.flatMap(({ extensions }) =>
      extensions.flatMap((one) => ("spi" in one ? one.spi : [])),
    );
    expect(new Set(found.filter((spi) => spi !== 1))).toEqual(new Set(spis(5000)));
  });

  it("hear the whole dump of another, if they listen to everything", async () => {
    const daemon = await startDaemon();
    const reader = await joinDaemon(daemon);
    reader.send(...spis(1000).map((spi) => add(spi)));
    await until(reader, "add", spis(1000).at(-1)!);
    const monitor = await joinDaemon(daemon);
    monitor.send(listen());
    await Promise.all([monitor.take(2), reader.take(1)]);
    reader.send(dump());
    const [own, other] = await Promise.all([reader.take(1000), monitor.take(1001)]);
    expect(other.slice(1)).toEqual(own);
  });

  it("get every answer, in order, however late they read them, and stop nobody else", async () => {
    const daemon = await startDaemon();
    const [late, other] = [await joinDaemon(daemon), await joinDaemon(daemon)];
    late.send(add(0x1000), ...spis(10_000).map((sequence) => get(0x1000, sequence)));
    for (const spi of [1, 2, 3]) other.send(add(spi));
    await until(other, "add", 3);
    const answers = (await until(late, "get", spis(10_000).at(-1)!)).filter(({ type }) => type === "get");
    expect(answers.map(({ sequence }) => sequence)).toEqual(spis(10_000));
  });

  it("lose what they leave unread for too long, as on Linux, and what comes later is there again", async () => {
    const daemon = await startDaemon();
    const [monitor, writer] = [await joinDaemon(daemon), await joinDaemon(daemon)];
    monitor.send(listen());
    await monitor.take(2);
    await writer.take(1);
    for (const spi of spis(5000)) {
      writer.send(add(spi));
      await writer.take(1);
    }
    monitor.send(get(0x1000, 7));
    const heard = await until(monitor, "get", 7);
    // Each ADD is heard three times: as asked for, as answered, and as told to all.
    const adds = heard.filter(({ type }) => type === "add").length;
    expect(adds).toBeGreaterThan(1000);
    expect(adds).toBeLessThan(10_000);
  });

  it("may send in pieces", async () => {
    const client = await joinDaemon(await startDaemon());
    const bytes = Buffer.concat([bytesOf(add(0x1000)), bytesOf(get(0x1000, 9))]);
    for (const byte of bytes) {
      client.send(Uint8Array.of(byte));
      await new Promise(setImmediate);
    }
    expect(await client.take(2)).toMatchObject([
      { type: "add", errno: 0, sequence: 0x1000 },
      { type: "get", errno: 0, sequence: 9 },
    ]);
  });

  it("get all answers to what they sent before they said that they send no more", async () => {
    const daemon = await startDaemon();
    const client = await joinDaemon(daemon);
    client.send(...spis(2000).map((spi) => add(spi)), dump());
    client.finish();
    const rest = (await client.rest()).map((bytes) => decode(bytes, linux).message);
    expect(rest.map(({ type }) => type)).toEqual([
      ...spis(2000).map(() => "add"),
      ...spis(2000).map(() => "dump"),
    ]);
    expect(rest.at(-1)).toMatchObject({ sequence: 0, errno: 0 });
    expect(daemon.err).toEqual([]);
  });

  it("need not wait for answers", async () => {
    const daemon = await startDaemon();
    const [hasty, other] = [await joinDaemon(daemon), await joinDaemon(daemon)];
    hasty.send(...spis(100).map((spi) => add(spi)));
    hasty.leave();
    expect(await other.take(100)).toMatchObject(
      spis(100).map((sequence) => ({ type: "add", errno: 0, sequence })),
    );
  });

  it("are turned away when there are too many", async () => {
    const daemon = await startDaemon();
    const clients = [];
    while (clients.length < maximumClients) clients.push(await joinDaemon(daemon));
    expect(await (await joinDaemon(daemon)).rest()).toEqual([]);
    expect(daemon.err).toEqual(["keysockd: a client is turned away: 256 are here\n"]);
    clients[0]!.send(add(0x1000));
    for (const client of clients) expect(await client.take(1)).toMatchObject([{ type: "add", errno: 0 }]);
  });

  it("are hung up on when the daemon ends", async () => {
    const daemon = await startDaemon();
    const client = await joinDaemon(daemon);
    client.send(get(0x1000));
    await client.take(1);
    expect(await daemon.end()).toBe(0);
    expect(await client.rest()).toEqual([]);
  });
});

function received(socket: KeySocket): Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (let next = socket.receive(0); next !== undefined; next = socket.receive(0)) messages.push(next);
  return messages;
}

describe("lifetimes", () => {
  it("end while nobody talks", async () => {
    const daemon = await startDaemon();
    const [keyDaemon, writer] = [await joinDaemon(daemon), await joinDaemon(daemon)];
    keyDaemon.send(register());
    await keyDaemon.take(1);
    writer.send(add(0x1000, hardLimit(60)));
    await Promise.all([keyDaemon.take(1), writer.take(1)]);
    daemon.host.setNow(60_000);
    const [expire] = await keyDaemon.take(1);
    expect(expire).toMatchObject({ type: "expire", saType: "esp", sequence: 0, pid: 0 });
    expect(expire!.extensions.map(({ kind }) => kind)).toContain("lifetimeHard");
  });
});

describe("a message that the engine does not take", () => {
  it.each([
    ["another version", { version: 3 }],
    ["a reserved field that is not zero", { reserved: 1 }],
    ["no type", { type: 0 }],
    ["a type above all", { type: 25 }],
  ])("is answered by its header with EINVAL: %s", async (_, change) => {
    const client = await joinDaemon(await startDaemon());
    const sent = { ...add(0x1000), pid: 4242, ...change };
    client.send(sent, get(0x1000, 9));
    const answer = { ...sent, errno: 22, extensions: [] };
    expect(await client.next()).toEqual(bytesOf(answer));
    expect(await client.take(1)).toMatchObject([{ type: "get", errno: 3, sequence: 9 }]);
  });
});

describe("a stream that is no row of messages", () => {
  const stating = (words: number) => {
    const bytes = bytesOf(get(0x1000, 9));
    new DataView(bytes.buffer).setUint16(4, words, linux.byteOrder === "little");
    return bytes;
  };
  const bounds = `expected 16 to ${maxFrameBytes}`;

  it.each([
    [0, `a message says that it has 0 bytes: ${bounds}`],
    [1, `a message says that it has 8 bytes: ${bounds}`],
    [maxFrameBytes / 8 + 1, `a message says that it has ${maxFrameBytes + 8} bytes: ${bounds}`],
  ])("ends with a length of %d words, after what came before, and no other does", async (words, why) => {
    const daemon = await startDaemon();
    const [bad, good] = [await joinDaemon(daemon), await joinDaemon(daemon)];
    bad.send(get(0x1000, 8), stating(words), get(0x1000, 10));
    const rest = (await bad.rest()).map((bytes) => decode(bytes, linux).message);
    expect(rest).toMatchObject([{ type: "get", errno: 3, sequence: 8 }]);
    expect(daemon.err).toEqual([`keysockd: a connection is ended: ${why}\n`]);
    good.send(add(0x1000));
    expect(await good.take(1)).toMatchObject([{ type: "add", errno: 0 }]);
  });

  it("may end inside a message", async () => {
    const daemon = await startDaemon();
    const [bad, good] = [await joinDaemon(daemon), await joinDaemon(daemon)];
    bad.send(get(0x1000, 8), bytesOf(add(0x1000)).subarray(0, 20));
    bad.finish();
    expect(await bad.rest()).toHaveLength(1);
    expect(daemon.err).toEqual(["keysockd: a client has left 20 bytes into a message\n"]);
    good.send(get(0x1000));
    expect(await good.take(1)).toMatchObject([{ type: "get", errno: 3 }]);
  });

  it("may break at once, with answers unread", async () => {
    const daemon = await startDaemon();
    const [bad, good] = [await joinDaemon(daemon), await joinDaemon(daemon)];
    bad.send(...spis(2000).map((spi) => add(spi)), dump());
    await bad.take(1);
    bad.leave();
    good.send(get(0x1000));
    const heard = await until(good, "get", 0x1000);
    expect(heard.at(-1)).toMatchObject({ errno: 0 });
    expect(daemon.err).toEqual([]);
  });
});
