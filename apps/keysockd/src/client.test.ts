import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { encode, type KeySocket, linux } from "@keysock/wire";
import { describe, expect, it, onTestFinished } from "vitest";
import { joinClient } from "./client.ts";
import { freePath } from "./testing/in-process.ts";
import { add, get } from "./testing/requests.ts";

/** A client whose stream and key socket keep hold of the arrays that they were given. */
function bench(answers: Uint8Array[] = []) {
  const [sent, written]: [Uint8Array[], Uint8Array[]] = [[], []];
  const complaints: string[] = [];
  const key: KeySocket = {
    dialect: linux,
    send: (messages) => void sent.push(...messages),
    receive: () => answers.shift(),
    close: () => {},
  };
  let leave = (): void => {};
  const stream = new Duplex({
    read() {},
    write(bytes: Uint8Array, _, done) {
      written.push(bytes);
      leave = done;
    },
  }) as Socket;
  const client = joinClient(stream, key, (text) => void complaints.push(text));
  return { client, stream, sent, written, complaints, leave: () => leave() };
}

describe("key bytes of a client", () => {
  it("are overwritten as they come in and once the engine has them", () => {
    const { client, sent } = bench();
    const bytes = encode(add(0x1000), linux);
    client.read(bytes);
    expect(bytes).toEqual(new Uint8Array(bytes.length));
    expect(client.submit()).toBe(true);
    expect(sent).toEqual([new Uint8Array(bytes.length)]);
  });

  it("are overwritten once they have gone out, not before", async () => {
    const bytes = encode(add(0x1000), linux);
    const { client, written, leave } = bench([bytes]);
    client.deliver();
    expect(written[0]).toEqual(Buffer.from(encode(add(0x1000), linux)));
    leave();
    await new Promise(setImmediate);
    expect(bytes).toEqual(new Uint8Array(bytes.length));
  });
});

describe("a client that does not read", () => {
  it("is not read from until it has been answered", async () => {
    const answers = [new Uint8Array(32_768)];
    const { client, stream, leave } = bench(answers);
    stream.on("drain", () => client.goOn());
    client.read(encode(get(0x1000), linux));
    client.submit();
    client.deliver();
    client.goOn();
    expect(stream.isPaused()).toBe(true);
    leave();
    await new Promise(setImmediate);
    expect(stream.isPaused()).toBe(false);
  });

  it("gets what is under way before it is hung up on", async () => {
    const server = createServer().listen(freePath());
    onTestFinished(() => void server.close());
    const reader = connect(server.address() as string);
    const [stream] = (await once(server, "connection")) as [Socket];
    const answers: Uint8Array[] = [];
    const client = joinClient(
      stream,
      { dialect: linux, send() {}, receive: () => answers.shift(), close() {} },
      () => {},
    );
    let sent = 0;
    while (stream.writableLength === 0) {
      answers.push(new Uint8Array(8192));
      sent += 8192;
      client.deliver();
    }
    client.end();
    client.goOn();
    let received = 0;
    for await (const chunk of reader) received += chunk.length;
    expect(received).toBe(sent);
  });
});

describe("a client whose stream is broken", () => {
  it("is complained of once, and heard no more", () => {
    const { client, sent, complaints } = bench();
    client.read(new Uint8Array(16));
    client.read(encode(get(0x1000), linux));
    client.read(new Uint8Array(16));
    expect(client.submit()).toBe(false);
    expect(sent).toEqual([]);
    expect(complaints).toEqual([
      "a connection is ended: a message says that it has 0 bytes: expected 16 to 131072",
    ]);
  });
});
