import { encode, IllumosSaFlag, type OutgoingMessage, request, type SaExtension } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, askOne, heard, inShort } from "../testing/exchange.ts";
import { about, addAh, addEsp, aesKey, ends, illumosBench, md5Key, sa } from "../testing/illumos-requests.ts";
import { bytesOf } from "../testing/requests.ts";

const spiOf = ({ extensions }: { extensions: readonly { kind: string }[] }) =>
  (extensions.find(({ kind }) => kind === "sa") as SaExtension | undefined)?.spi;

const ipv6 = ends("2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2");
const { inbound, outbound } = IllumosSaFlag;
const esp6 = (spi: number, flags = 0) => request("add", "esp", [sa(spi, { flags }), aesKey, ...ipv6]);
const ah6 = (spi: number, flags = 0) =>
  request("add", "ah", [sa(spi, { flags, authentication: 2, encryption: 0 }), md5Key, ...ipv6]);

describe("DUMP", () => {
  it("AH before ESP, IPv4 before IPv6, outbound before inbound, the newest of each first", () => {
    const { socket } = illumosBench();
    const added: OutgoingMessage[] = [
      esp6(1, inbound),
      esp6(2, outbound),
      addEsp(3, [], { flags: inbound }),
      addEsp(4),
      addEsp(5, [], { flags: inbound | outbound }),
      ah6(6, inbound),
      ah6(7),
      addAh(8, [], { flags: inbound }),
      addAh(9, [], { flags: outbound }),
    ];
    for (const message of added) ask(socket, message);
    const entries = ask(socket, { ...request("dump", "unspec"), sequence: 99, pid: 7 });
    expect(entries.map(spiOf)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, undefined]);
    const numbers = entries.slice(0, -1).map(({ sequence, pid, errno }) => `${sequence} ${pid} ${errno}`);
    expect(new Set(numbers)).toEqual(new Set(["99 7 0"]));
    const types = ["ah", "ah", "ah", "ah", "esp", "esp", "esp", "esp", "esp", "unspec"];
    expect(entries.map(({ saType }) => saType)).toEqual(types);
  });

  it("ends with a header alone of sequence 0, under the asker's type and pid", () => {
    const { socket } = illumosBench();
    ask(socket, addAh(1));
    expect(ask(socket, { ...request("dump", "esp"), sequence: 99, pid: 7, reserved: 3 })).toEqual([
      { ...request("dump", "esp"), sequence: 0, pid: 7 },
    ]);
  });

  it("one type only, and each entry as GET shows it", () => {
    const { socket } = illumosBench();
    ask(socket, addAh(1));
    ask(socket, addEsp(2));
    const [entry, end] = ask(socket, { ...request("dump", "esp"), sequence: 5 });
    expect(entry).toEqual({ ...askOne(socket, { ...about("get", 2), sequence: 5 }), type: "dump" });
    expect(end?.extensions).toEqual([]);
  });

  it("with EDUMP only what has been idle so long", () => {
    const { clock, engine, socket } = illumosBench();
    ask(socket, addEsp(1));
    ask(socket, addEsp(2));
    clock.turn(10_000);
    engine.account({ saType: "esp", spi: 2, destination: bytesOf("192.0.2.2") }, 1);
    ask(socket, addEsp(3));
    const idle = (timeout: bigint) =>
      ask(socket, request("dump", "unspec", [{ kind: "extendedDump", reserved: 0, timeout }])).map(spiOf);
    expect([0n, 1n, 10n, 11n].map(idle)).toEqual([
      [3, 2, 1, undefined],
      [1, undefined],
      [1, undefined],
      [undefined],
    ]);
  });
});

describe("a dump that is not read at once", () => {
  function begun(count: number) {
    const made = illumosBench({ receiveBuffer: 5000 });
    const other = made.engine.connect();
    for (let spi = 1; spi <= count; spi++) {
      ask(other, addEsp(spi));
      heard(made.socket);
    }
    made.socket.send([encode({ ...request("dump", "unspec"), sequence: 1 }, made.socket.dialect)]);
    heard(other);
    return { ...made, other };
  }

  it("is made as it is read, and shows what is there then", () => {
    const { socket, other } = begun(8);
    ask(other, about("delete", 8));
    ask(other, about("delete", 1));
    const spis = heard(socket)
      .filter(({ type }) => type === "dump")
      .map(spiOf);
    expect(spis.at(-1)).toBeUndefined();
    expect(spis.slice(0, -1)).toEqual([8, 7, 6, 5, 4, 3, 2]);
  });

  it("is the only one of its socket, and keeps it from flushing; others are free", () => {
    const { socket, other } = begun(8);
    for (const type of ["dump", "flush"] as const) {
      socket.send([encode(request(type, "unspec"), socket.dialect)]);
      ask(other, addEsp(1));
    }
    expect(ask(other, request("dump", "unspec"))).toHaveLength(9);
    const answers = heard(socket).map(inShort);
    expect(answers.filter((one) => one === "dump 12" || one === "flush 12")).toEqual(["dump 12", "flush 12"]);
    expect(ask(socket, request("flush", "unspec")).map(inShort)).toEqual(["flush"]);
    expect(ask(socket, request("dump", "unspec"))).toHaveLength(1);
  });

  it("is over when others flush", () => {
    const { socket, other } = begun(8);
    ask(other, request("flush", "esp"));
    const answers = heard(socket);
    expect(answers.filter(({ type }) => type === "dump").at(-1)).toMatchObject({
      sequence: 0,
      extensions: [],
    });
    expect(answers.length).toBeLessThan(8);
  });
});

describe("FLUSH", () => {
  it.each([
    ["ah", [2, 4, undefined]],
    ["esp", [1, 3, undefined]],
    ["unspec", [undefined]],
  ] as const)("%s", (type, left) => {
    const { socket } = illumosBench();
    for (const message of [addAh(1), addEsp(2), ah6(3), esp6(4)]) ask(socket, message);
    expect(ask(socket, { ...request("flush", type), sequence: 3, pid: 4 })).toEqual([
      { ...request("flush", type), sequence: 3, pid: 4 },
    ]);
    expect(ask(socket, request("dump", "unspec")).map(spiOf)).toEqual(left);
  });
});
