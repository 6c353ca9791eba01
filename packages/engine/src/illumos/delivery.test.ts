import { encode, type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, heard, inShort, waiting } from "../testing/exchange.ts";
import {
  about,
  addEsp,
  address,
  aesKey,
  ends,
  illumosBench,
  limits,
  pair,
  sa,
} from "../testing/illumos-requests.ts";
import { promiscuous } from "../testing/sockets.ts";

const getspi = request("getspi", "esp", [...ends(), { kind: "spiRange", min: 9, max: 9, reserved: 0 }]);
const back = request("add", "esp", [sa(2), aesKey, ...ends("192.0.2.2", "192.0.2.1"), pair(1)]);
const acquire = request("acquire", "esp", [
  ...ends(),
  { kind: "extendedProposal", replay: 64, reserved: 0, combinations: [] },
]);

/** Before each: SA 1, and SA 2 paired with it. `listener` has registered for ESP, `other` for AH. */
// biome-ignore format: one row a line
const rows: readonly { sent: OutgoingMessage; sender: string; other: string; listener: string; promiscuous: string }[] = [
  { sent: getspi,                                       sender: "getspi",         other: "getspi",     listener: "getspi",     promiscuous: "getspi" },
  { sent: addEsp(3),                                    sender: "add",            other: "add",        listener: "add",        promiscuous: "add" },
  { sent: addEsp(1),                                    sender: "add 17",         other: "",           listener: "",           promiscuous: "add 17" },
  { sent: about("update", 1),                           sender: "update",         other: "update",     listener: "update",     promiscuous: "update" },
  { sent: about("updatepair", 1, [limits("lifetimeHard", { add: 9 })]), sender: "updatepair", other: "updatepair", listener: "updatepair", promiscuous: "updatepair" },
  { sent: about("delete", 1),                           sender: "delete",         other: "delete",     listener: "delete",     promiscuous: "delete" },
  { sent: request("delete", "esp", ends()),             sender: "delete",         other: "delete",     listener: "delete",     promiscuous: "delete" },
  { sent: about("delpair", 1),                          sender: "delpair",        other: "delpair",    listener: "delpair",    promiscuous: "delpair" },
  { sent: about("get", 1),                              sender: "get",            other: "",           listener: "",           promiscuous: "get" },
  { sent: about("get", 7),                              sender: "get 3/78",       other: "",           listener: "",           promiscuous: "get 3/78" },
  { sent: request("register", "esp"),                   sender: "register",       other: "",           listener: "register",   promiscuous: "register" },
  { sent: request("register", "ah"),                    sender: "register",       other: "register",   listener: "",           promiscuous: "register" },
  { sent: request("register", "unspec", [{ kind: "extendedRegister", saTypes: [2, 3] }]), sender: "register", other: "register", listener: "register", promiscuous: "register" },
  { sent: acquire,                                      sender: "",               other: "",           listener: "acquire",    promiscuous: "acquire" },
  { sent: { ...acquire, saType: "unspec" },             sender: "",               other: "acquire",    listener: "acquire",    promiscuous: "acquire" },
  { sent: { ...request("acquire", "esp"), errno: 3 },   sender: "",               other: "",           listener: "",           promiscuous: "" },
  { sent: request("flush", "ah"),                       sender: "flush",          other: "flush",      listener: "flush",      promiscuous: "flush" },
  { sent: request("flush", "unspec"),                   sender: "flush",          other: "flush",      listener: "flush",      promiscuous: "flush" },
  { sent: request("dump", "unspec"),                    sender: "dump, dump, dump", other: "",         listener: "",           promiscuous: "dump, dump, dump" },
  { sent: request("promisc", 1),                        sender: "promisc",        other: "",           listener: "",           promiscuous: "promisc" },
  { sent: request("promisc", "unspec"),                 sender: "promisc",        other: "",           listener: "",           promiscuous: "promisc" },
  { sent: request("expire", "esp"),                     sender: "expire soft 122", other: "",          listener: "",           promiscuous: "expire soft 122" },
];

describe("who hears what", () => {
  it.each(rows)("$sent.type $sent.saType: $sender", (row) => {
    const { engine, socket } = illumosBench();
    const [other, listener, all] = [engine.connect(), engine.connect(), promiscuous(engine)];
    ask(other, request("register", "ah"));
    ask(listener, request("register", "esp"));
    ask(socket, addEsp(1));
    ask(socket, back);
    for (const one of [socket, other, listener, all]) heard(one);

    const sender = ask(socket, row.sent).map(inShort).join(", ");
    const [others, listeners, alls] = [other, listener, all].map((one) => heard(one).map(inShort).join(", "));
    expect({ sent: row.sent, sender, other: others, listener: listeners, promiscuous: alls }).toEqual(row);
  });

  it("EXPIRE: everybody", () => {
    const { clock, engine, socket } = illumosBench();
    const sockets = [socket, engine.connect(), promiscuous(engine)];
    ask(socket, addEsp(1, [limits("lifetimeHard", { add: 5 })]));
    for (const one of sockets) heard(one);
    clock.turn(5000);
    expect(sockets.map((one) => heard(one).map(inShort))).toEqual([
      ["expire hard"],
      ["expire hard"],
      ["expire hard"],
    ]);
  });

  it("a promiscuous sender hears its own answers once, and nothing of others' requests", () => {
    const { engine, socket } = illumosBench();
    const monitor = engine.connect();
    expect(ask(monitor, { ...request("promisc", 1), sequence: 1, pid: 42 })).toMatchObject([
      { type: "promisc", saType: 1, sequence: 1, pid: 42, extensions: [] },
    ]);
    expect(ask(monitor, addEsp(1)).map(inShort)).toEqual(["add"]);
    ask(socket, addEsp(2));
    expect(heard(monitor).map(({ extensions }) => extensions.map(({ kind }) => kind))).toEqual([
      ["sa", "addressDestination", "addressSource"],
    ]);
    ask(monitor, request("promisc", "unspec"));
    ask(socket, about("get", 1));
    expect(heard(monitor)).toEqual([]);
  });

  it("a promiscuous socket gets messages as they are", () => {
    const { engine, socket } = illumosBench();
    const monitor = promiscuous(engine);
    ask(socket, addEsp(1));
    heard(monitor);
    socket.send([encode(about("get", 1), socket.dialect)]);
    expect(waiting(monitor)).toEqual(waiting(socket));
  });

  it("each listener gets bytes of its own", () => {
    const { engine, socket } = illumosBench();
    const other = engine.connect();
    socket.send([encode(addEsp(1), socket.dialect)]);
    other.receive(0)!.fill(0);
    expect(heard(socket).map(inShort)).toEqual(["add"]);
  });

  it("a socket whose reader lets too much lie loses what follows, and later hears again", () => {
    const { engine, socket } = illumosBench({ receiveBuffer: 2000 });
    const lazy = engine.connect();
    for (let spi = 1; spi <= 5; spi++) ask(socket, addEsp(spi));
    expect(heard(lazy)).toHaveLength(3);
    ask(socket, addEsp(6));
    expect(heard(lazy)).toHaveLength(1);
  });
});

describe("ACQUIRE", () => {
  it("goes to those who have registered as it was sent", () => {
    const { engine, socket } = illumosBench();
    const listener = engine.connect();
    ask(listener, request("register", "esp"));
    const bytes = encode({ ...acquire, sequence: 0xfffe_eb69, pid: 5 }, socket.dialect);
    socket.send([bytes]);
    expect([waiting(listener), waiting(socket)]).toEqual([[bytes], []]);
  });
});

it("an acquire of the engine meets no policy", () => {
  const { engine } = illumosBench();
  const { source, destination } = { source: new Uint8Array(4), destination: new Uint8Array(4) };
  expect(() => engine.acquire({ policy: 1, source, destination })).toThrow(
    '"1" is not the id of an outbound policy',
  );
});

it("an address that is only named by a DELETE", () => {
  const { socket } = illumosBench();
  ask(socket, addEsp(1));
  const named = request("delete", "esp", [sa(1), address("addressDestination", "192.0.2.2")]);
  expect(ask(socket, named).map(inShort)).toEqual(["delete"]);
});
