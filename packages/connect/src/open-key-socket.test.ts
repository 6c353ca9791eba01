import { PrivilegeError, UnsupportedError } from "@keysock/socket";
import { type Dialect, encode, illumos, type KeySocket, linux, linuxXfrm, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { UnknownDialectError, WrongDialectError } from "./dialect.ts";
import { openBy, openKeySocket } from "./open-key-socket.ts";
import { UnknownViaError } from "./via.ts";
import type { Ways } from "./ways.ts";

const host = { now: () => 0, sleep: () => {} };
const defaultDialect = "linux";

/** A socket that cannot do anything but be told from others, and be closed. */
const closed: KeySocket[] = [];
const pretend = (): KeySocket => ({
  dialect: linux,
  send() {},
  receive: () => undefined,
  close() {
    closed.push(this);
  },
});
const sockets = {
  pfkey: pretend(),
  xfrm: { ...pretend(), dialect: linuxXfrm },
  engine: pretend(),
  unix: pretend(),
};

const noPfKey = new UnsupportedError("this kernel has no PF_KEY socket", {
  errno: 97,
  code: "EAFNOSUPPORT",
  text: "Address family not supported by protocol",
});
const noXfrm = new UnsupportedError("this kernel has no netlink (protocol 6) sockets", {
  errno: 93,
  code: "EPROTONOSUPPORT",
  text: "Protocol not supported",
});
const noRight = new PrivilegeError("cannot open PF_KEY socket", {
  errno: 1,
  code: "EPERM",
  text: "Operation not permitted",
});

/** A machine with all of them. */
const all: Ways = {
  pfkey: () => sockets.pfkey,
  xfrm: () => sockets.xfrm,
  engine: () => sockets.engine,
  unix: (path) => (path === "/run/key.sock" ? sockets.unix : raise(new Error(path))),
};
const withoutPfKey: Ways = { ...all, pfkey: () => raise(noPfKey) };
const withoutEither: Ways = { ...withoutPfKey, xfrm: () => raise(noXfrm) };
const withoutRight: Ways = { ...all, pfkey: () => raise(noRight) };

function raise(error: Error): never {
  throw error;
}

describe("openBy", () => {
  it.each([
    { via: "auto", opened: { socket: sockets.pfkey, via: "pfkey", kernel: true } },
    { via: "pfkey", opened: { socket: sockets.pfkey, via: "pfkey", kernel: true } },
    { via: "xfrm", opened: { socket: sockets.xfrm, via: "xfrm", kernel: true } },
    { via: "engine", opened: { socket: sockets.engine, via: "engine", kernel: false } },
    { via: "unix:/run/key.sock", opened: { socket: sockets.unix, via: "unix:/run/key.sock", kernel: false } },
  ])("$via", ({ via, opened }) => {
    expect(openBy(all, { via, defaultDialect, host })).toEqual(opened);
  });

  it("takes XFRM for auto where there is no PF_KEY", () => {
    const opened = { socket: sockets.xfrm, via: "xfrm", kernel: true };
    expect(openBy(withoutPfKey, { via: "auto", defaultDialect, host })).toEqual(opened);
    expect(openBy(withoutPfKey, { via: "auto", dialect: "linux", defaultDialect, host })).toEqual(opened);
  });

  it("takes a kernel's own dialect, whatever the default", () => {
    expect(openBy(all, { via: "auto", defaultDialect: "illumos", host }).socket).toBe(sockets.pfkey);
    expect(openBy(all, { via: "pfkey", dialect: "linux", defaultDialect: "illumos", host }).socket).toBe(
      sockets.pfkey,
    );
  });

  it.each([
    { name: "no way", ways: all, via: "netlink", error: UnknownViaError },
    { name: "nothing", ways: all, via: "", error: UnknownViaError },
    { name: "no path", ways: all, via: "unix:", error: UnknownViaError },
    { name: "no dialect", ways: all, via: "engine", dialect: "plan9", error: UnknownDialectError },
    { name: "XFRM without XFRM", ways: withoutEither, via: "xfrm", error: UnsupportedError },
    { name: "pfkey without PF_KEY", ways: withoutPfKey, via: "pfkey", error: UnsupportedError },
    { name: "auto without the right to it", ways: withoutRight, via: "auto", error: PrivilegeError },
    {
      name: "another dialect than the kernel's",
      ways: all,
      via: "auto",
      dialect: "illumos",
      error: WrongDialectError,
    },
  ])("$name: $error.name", ({ ways, via, dialect, error }) => {
    expect(() => openBy(ways, { via, dialect, defaultDialect, host })).toThrow(error);
  });

  it("tells that the kernel has neither PF_KEY nor XFRM", () => {
    expect(() => openBy(withoutEither, { via: "auto", defaultDialect, host })).toThrow(
      expect.objectContaining({
        name: "NoKernelSocketError",
        message:
          "this kernel has neither PF_KEY nor XFRM: to try a command without a kernel, use --via=engine",
        errors: [noPfKey, noXfrm],
      }),
    );
  });

  it("closes a kernel's socket that speaks another dialect", () => {
    closed.length = 0;
    expect(() => openBy(all, { via: "pfkey", dialect: "illumos", defaultDialect, host })).toThrow(
      '"illumos" is not the dialect of this kernel: it speaks linux',
    );
    expect(closed).toEqual([sockets.pfkey]);
  });
});

describe("a dialect", () => {
  it.each([
    { dialect: undefined, defaultDialect: "linux", spoken: linux },
    { dialect: undefined, defaultDialect: "illumos", spoken: illumos },
    { dialect: "linux", defaultDialect: "illumos", spoken: linux },
    { dialect: "illumos", defaultDialect: "linux", spoken: illumos },
  ] as const)("$dialect, by default $defaultDialect", ({ spoken, ...options }) => {
    const seen: Dialect[] = [];
    const speaking = (dialect: Dialect) => {
      seen.push(dialect);
      return pretend();
    };
    const ways: Ways = {
      ...all,
      engine: (_, dialect) => speaking(dialect),
      unix: (_, dialect) => speaking(dialect),
    };
    for (const via of ["engine", "unix:/run/key.sock"]) openBy(ways, { via, ...options, host });
    expect(seen).toEqual([spoken, spoken]);
  });
});

describe("openKeySocket", () => {
  it.each([linux, illumos])("opens an engine that answers as $name does", (dialect) => {
    const { socket, via, kernel } = openKeySocket({ via: "engine", defaultDialect: dialect.name, host });
    const flush = encode({ ...request("flush", "unspec"), pid: 7 }, dialect);
    socket.send([flush]);
    expect(socket.receive(0)).toEqual(flush);
    expect({ via, kernel, dialect: socket.dialect }).toEqual({ via: "engine", kernel: false, dialect });
    socket.close();
  });

  it("says which ways there are", () => {
    expect(() => openKeySocket({ via: "magic", defaultDialect, host })).toThrow(
      '"magic" is no way to a key socket: expected auto, pfkey, xfrm, engine or unix:PATH',
    );
  });
});
