import { type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, heard, inShort } from "../testing/exchange.ts";
import { about, addEsp, getspi, spd } from "../testing/requests.ts";
import { bench, promiscuous, registered } from "../testing/sockets.ts";

/** Before each: SA 0x1001 and an outbound policy. */
// biome-ignore format: one row a line
const rows: readonly { sent: OutgoingMessage; sender: string; other: string; registered: string; promiscuous: string }[] = [
  { sent: getspi(0x100, 0x200),             sender: "getspi",               other: "",           registered: "",           promiscuous: "getspi, getspi" },
  { sent: addEsp(0x1002),                   sender: "add",                  other: "add",        registered: "add",        promiscuous: "add, add, add" },
  { sent: addEsp(0x1001),                   sender: "add 17",               other: "",           registered: "",           promiscuous: "add, add 17" },
  { sent: { ...addEsp(0x1001), type: "update" }, sender: "update",          other: "update",     registered: "update",     promiscuous: "update, update, update" },
  { sent: about("get", 0x1001),             sender: "get",                  other: "",           registered: "",           promiscuous: "get, get" },
  { sent: about("get", 0x1002),             sender: "get 3",                other: "",           registered: "",           promiscuous: "get, get 3" },
  { sent: about("delete", 0x1001),          sender: "delete",               other: "delete",     registered: "delete",     promiscuous: "delete, delete, delete" },
  { sent: request("register", "ah"),        sender: "register",             other: "",           registered: "register",   promiscuous: "register, register" },
  { sent: request("register", "unspec"),    sender: "register",             other: "",           registered: "register",   promiscuous: "register, register" },
  { sent: request("flush", "esp"),          sender: "flush, flush",         other: "flush",      registered: "flush",      promiscuous: "flush, flush, flush, flush" },
  { sent: request("flush", "ah"),           sender: "flush",                other: "",           registered: "",           promiscuous: "flush, flush" },
  { sent: request("dump", "unspec"),        sender: "dump",                 other: "",           registered: "",           promiscuous: "dump, dump" },
  { sent: request("promisc", 1),            sender: "promisc, promisc",     other: "promisc",    registered: "promisc",    promiscuous: "promisc, promisc, promisc" },
  { sent: request("promisc", "unspec"),     sender: "promisc",              other: "promisc",    registered: "promisc",    promiscuous: "promisc, promisc, promisc" },
  { sent: request("expire", "esp"),         sender: "expire soft 95",       other: "",           registered: "",           promiscuous: "expire soft, expire soft 95" },
  { sent: spd("spdadd", { direction: 1 }),  sender: "spdadd",               other: "spdadd",     registered: "spdadd",     promiscuous: "spdadd, spdadd, spdadd" },
  { sent: spd("spdsetidx", { direction: 1 }), sender: "spdadd",             other: "spdadd",     registered: "spdadd",     promiscuous: "spdsetidx, spdadd, spdadd" },
  { sent: spd("spdupdate"),                 sender: "spdupdate",            other: "spdupdate",  registered: "spdupdate",  promiscuous: "spdupdate, spdupdate, spdupdate" },
  { sent: spd("spdget", { id: 1 }),         sender: "spdget",               other: "",           registered: "",           promiscuous: "spdget, spdget" },
  { sent: spd("spddelete"),                 sender: "spddelete",            other: "spddelete",  registered: "spddelete",  promiscuous: "spddelete, spddelete, spddelete" },
  { sent: spd("spddelete2", { id: 1 }),     sender: "spddelete2",           other: "spddelete2", registered: "spddelete2", promiscuous: "spddelete2, spddelete2, spddelete2" },
  { sent: request("spddump", "unspec"),     sender: "spddump",              other: "",           registered: "",           promiscuous: "spddump, spddump" },
  { sent: request("spdflush", "unspec"),    sender: "spdflush, spdflush",   other: "spdflush",   registered: "spdflush",   promiscuous: "spdflush, spdflush, spdflush, spdflush" },
];

describe("who hears what", () => {
  it.each(rows)("$sent.type $sent.saType: $sender", (row) => {
    const { engine, socket } = bench();
    ask(socket, addEsp(0x1001));
    ask(socket, spd("spdadd"));
    const [other, listener, all] = [engine.connect(), registered(engine), promiscuous(engine)];
    for (const one of [socket, other, listener, all]) heard(one);

    const sender = ask(socket, row.sent).map(inShort).join(", ");
    const [others, listeners, alls] = [other, listener, all].map((one) => heard(one).map(inShort).join(", "));
    expect({ sent: row.sent, sender, other: others, registered: listeners, promiscuous: alls }).toEqual(row);
  });

  it("EXPIRE: those who have registered, for whatever type, and the promiscuous", () => {
    const { clock, engine, socket } = bench();
    const sockets = [socket, registered(engine), promiscuous(engine)];
    ask(socket, getspi(0x100, 0x100));
    for (const one of sockets) heard(one);
    clock.turn(30_000);
    expect(sockets.map((one) => heard(one).map(inShort))).toEqual([[], ["expire hard"], ["expire hard"]]);
  });

  it("a promiscuous sender: its own request, a copy of the reply and the reply", () => {
    const all = promiscuous(bench().engine);
    expect(ask(all, about("get", 0x1001)).map(inShort)).toEqual(["get", "get 3", "get 3"]);
  });

  it("each listener gets bytes of its own", () => {
    const { engine, socket } = bench();
    const other = engine.connect();
    ask(socket, request("flush", "unspec"));
    ask(socket, addEsp(0x1001));
    ask(socket, request("flush", "unspec"));
    const first = other.receive(0)!.fill(0);
    expect(first.length).toBe(216);
    expect(heard(other).map(inShort)).toEqual(["flush"]);
  });

  it("a socket whose reader lets too much lie loses what follows, and later hears again", () => {
    const { engine, socket } = bench({ receiveBuffer: 2000 });
    const lazy = engine.connect();
    for (let spi = 1; spi <= 5; spi++) ask(socket, addEsp(spi));
    expect(heard(lazy)).toHaveLength(3);
    ask(socket, addEsp(6));
    expect(heard(lazy)).toHaveLength(1);
  });
});
