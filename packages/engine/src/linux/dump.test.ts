import { type FilterExtension, type OutgoingExtension, request, type SaExtension } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, askOne, heard } from "../testing/exchange.ts";
import { about, addEsp, bytesOf, ends, key, limits, nullKey, sa, spd } from "../testing/requests.ts";
import { bench, promiscuous } from "../testing/sockets.ts";

const spiOf = ({ extensions }: { extensions: readonly { kind: string }[] }) =>
  (extensions.find(({ kind }) => kind === "sa") as SaExtension | undefined)?.spi;

describe("DUMP", () => {
  it("newest first, numbered from 1, the last with 0, under the asker's pid", () => {
    const { socket } = bench();
    for (const spi of [1, 2, 3]) ask(socket, addEsp(spi));
    const entries = ask(socket, { ...request("dump", "unspec"), sequence: 99, pid: 7 });
    expect(entries.map((entry) => [spiOf(entry), entry.sequence, entry.pid, entry.errno])).toEqual([
      [3, 1, 7, 0],
      [2, 2, 7, 0],
      [1, 0, 7, 0],
    ]);
  });

  it("one type only; what there is none of is ENOENT under the asker's sequence", () => {
    const { socket } = bench();
    ask(socket, addEsp(1));
    ask(
      socket,
      request("add", "ah", [sa(2, { authentication: 2 }), ...ends(), key("keyAuthentication", 16)]),
    );
    expect(ask(socket, request("dump", "ah")).map(spiOf)).toEqual([2]);
    expect(askOne(socket, { ...request("dump", "ipcomp"), sequence: 9 })).toMatchObject({
      errno: 2,
      sequence: 9,
      extensions: [],
    });
  });

  it("shows keys, an SA's own type and whatever state", () => {
    const { clock, socket } = bench();
    ask(socket, addEsp(1, [limits("lifetimeHard", { add: 9 }), limits("lifetimeSoft", { add: 2 })]));
    clock.turn(3000);
    const [entry] = ask(socket, request("dump", "unspec"));
    expect(entry).toMatchObject({ type: "dump", saType: "esp" });
    expect(entry?.extensions[0]).toMatchObject({ state: 2 });
  });

  const filter = (more: Partial<FilterExtension>): OutgoingExtension => ({
    kind: "filter",
    source: new Uint8Array(16),
    destination: new Uint8Array(16),
    family: 0,
    sourcePrefixLength: 0,
    destinationPrefixLength: 0,
    ...more,
  });
  const in16 = (text: string) => {
    const bytes = new Uint8Array(16);
    bytes.set(bytesOf(text));
    return bytes;
  };

  // biome-ignore format: one row a line
  it.each([
    ["nothing",                        {},                                                                          [4, 3, 2, 1]],
    ["IPv4",                           { family: 2 },                                                               [3, 2, 1]],
    ["IPv6",                           { family: 10 },                                                              [4]],
    ["a family that is none",          { family: 77 },                                                              [4, 3, 2, 1]],
    ["source /24",                     { source: in16("192.0.2.0"), sourcePrefixLength: 24 },                       [2, 1]],
    ["source /25",                     { source: in16("192.0.2.128"), sourcePrefixLength: 25 },                     [2]],
    ["source /32",                     { source: in16("192.0.2.1"), sourcePrefixLength: 32 },                       [1]],
    ["beyond the address: zeros",      { source: in16("192.0.2.1"), sourcePrefixLength: 128 },                      [1]],
    ["destination",                    { destination: in16("198.51.100.9"), destinationPrefixLength: 32 },          [3]],
    ["both",                           { source: in16("192.0.2.0"), sourcePrefixLength: 24, destination: in16("198.51.100.0"), destinationPrefixLength: 24 }, undefined],
    ["IPv6 /64",                       { source: in16("2001:db8:0:0:0:0:0:0"), sourcePrefixLength: 64 },            [4]],
  ] as const)("FILTER: %s", (_, more, spis) => {
    const { socket } = bench();
    ask(socket, request("add", "esp", [sa(1), ...ends("192.0.2.1", "192.0.2.2"), nullKey]));
    ask(socket, request("add", "esp", [sa(2), ...ends("192.0.2.130", "192.0.2.2"), nullKey]));
    ask(socket, request("add", "esp", [sa(3), ...ends("203.0.113.1", "198.51.100.9"), nullKey]));
    ask(socket, request("add", "esp", [sa(4), ...ends("2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2"), nullKey]));
    const entries = ask(socket, request("dump", "unspec", [filter(more)]));
    if (spis === undefined) expect(entries.map(({ errno }) => errno)).toEqual([2]);
    else expect(entries.map(spiOf)).toEqual(spis);
  });

  it.each([{ sourcePrefixLength: 129 }, { destinationPrefixLength: 129 }])(
    "FILTER: %o is refused",
    (more) => {
      expect(askOne(bench().socket, request("dump", "unspec", [filter(more)])).errno).toBe(22);
    },
  );
});

describe("a dump of more than a socket takes at once", () => {
  const many = 20;
  /** Room for some three messages. */
  const small = () => {
    const all = bench({ receiveBuffer: 4000 });
    for (let spi = 1; spi <= many; spi++) ask(all.socket, addEsp(spi));
    return all;
  };
  const start = ({ socket }: ReturnType<typeof bench>) =>
    ask({ ...socket, receive: () => undefined }, request("dump", "unspec"));

  it("goes on as it is read, to the end", () => {
    const entries = ask(small().socket, request("dump", "unspec"));
    expect(entries.map(({ sequence }) => sequence)).toEqual([
      ...Array.from({ length: many - 1 }, (_, at) => at + 1),
      0,
    ]);
    expect(entries.map(spiOf)).toEqual(Array.from({ length: many }, (_, at) => many - at));
  });

  it("is EBUSY for another dump meanwhile, of SAs or of policies, but not on another socket", () => {
    const all = small();
    start(all);
    const replies = [
      ...ask(all.socket, request("dump", "esp")),
      ...ask(all.socket, request("dump", "unspec")),
    ];
    expect(replies.filter(({ errno }) => errno === 16)).toHaveLength(1);
    start(all);
    expect(ask(all.socket, request("spddump", "unspec")).filter(({ errno }) => errno === 16)).toHaveLength(1);
    start(all);
    expect(ask(all.engine.connect(), request("dump", "unspec"))).toHaveLength(many);
  });

  it("does not show what is added behind it, nor what is gone by then", () => {
    const all = small();
    const other = all.engine.connect();
    start(all);
    ask(other, addEsp(99));
    ask(other, about("delete", 2));
    const spis = heard(all.socket)
      .filter(({ type }) => type === "dump")
      .map(spiOf);
    expect(spis).toEqual([...Array.from({ length: many - 2 }, (_, at) => many - at), 1]);
  });

  it("ends with the last entry that was there when all others go", () => {
    const all = small();
    start(all);
    ask(all.engine.connect(), request("flush", "unspec"));
    const entries = heard(all.socket).filter(({ type }) => type === "dump");
    expect(entries.length).toBeLessThan(many);
    expect(entries.at(-1)).toMatchObject({ sequence: 0, errno: 0 });
  });

  it("comes to a promiscuous socket twice, to others that are promiscuous once", () => {
    const { engine, socket } = bench();
    ask(socket, addEsp(1));
    const [one, other] = [promiscuous(engine), promiscuous(engine)];
    for (const each of [one, other]) heard(each);
    expect(ask(one, request("dump", "unspec")).map(spiOf)).toEqual([undefined, 1, 1]);
    expect(heard(other).map(spiOf)).toEqual([undefined, 1]);
  });

  it("is answered even if the queue was full when it was asked for", () => {
    const { engine, socket } = bench({ receiveBuffer: 1500 });
    const other = engine.connect();
    ask(other, addEsp(1));
    ask(other, request("flush", "unspec"));
    heard(other);
    socket.send([]);
    expect(ask(socket, request("dump", "unspec")).filter(({ type }) => type === "dump")).toMatchObject([
      { errno: 2 },
    ]);
  });
});

describe("SPDDUMP", () => {
  it("newest first, whatever the direction", () => {
    const { socket } = bench();
    for (const direction of [2, 1, 3]) ask(socket, spd("spdadd", { direction }));
    const entries = ask(socket, { ...request("spddump", "esp"), sequence: 5, pid: 6 });
    expect(entries.map(({ saType, sequence, pid }) => [saType, sequence, pid])).toEqual([
      ["unspec", 1, 6],
      ["unspec", 2, 6],
      ["unspec", 0, 6],
    ]);
    const ids = entries.map(({ extensions }) => extensions.find(({ kind }) => kind === "policy"));
    expect(ids).toMatchObject([
      { id: 18, direction: 3 },
      { id: 8, direction: 1 },
      { id: 1, direction: 2 },
    ]);
  });
});
