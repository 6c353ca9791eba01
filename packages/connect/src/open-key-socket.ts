import { UnsupportedError } from "@keysock/socket";
import type { KeySocket } from "@keysock/wire";
import { dialectNamed, WrongDialectError } from "./dialect.ts";
import { NoKernelSocketError } from "./no-kernel-socket-error.ts";
import { parseVia } from "./via.ts";
import { type Clock, realWays, type Ways } from "./ways.ts";

/** Which key socket, and what its other end needs of this machine. */
export interface OpenKeySocketOptions {
  /** `auto`, `pfkey`, `xfrm`, `engine` or `unix:PATH`. */
  via: string;
  /** What the other end of `engine` or `unix:PATH` speaks, `linux` or `illumos`; a kernel's socket knows its own. */
  dialect?: string | undefined;
  /** Where no dialect is given. */
  defaultDialect: "linux" | "illumos";
  /** By its clock the engine's SAs age. */
  host: Clock;
}

/** An open key socket and what is at its other end. */
export interface OpenedKeySocket {
  socket: KeySocket;
  /** The way that was taken: what was asked for, or what `auto` found. */
  via: string;
  /** Whether a kernel answers. If not, nothing that is put in protects a packet. */
  kernel: boolean;
}

/**
 * Opens a key socket by the name of the way to it. `auto` is PF_KEY where the kernel has it and XFRM where not, and never
 * the engine: a key that is not in a kernel must not look installed.
 *
 * @throws {@link UnknownViaError}, {@link UnknownDialectError} for a name that means nothing
 * @throws {@link NoKernelSocketError} where `auto` finds neither PF_KEY nor XFRM
 * @throws {@link WrongDialectError} where a kernel speaks another dialect than the one asked for
 * @throws `PrivilegeError`, `UnsupportedError`, `PeerGoneError` or another `SocketError` of `@keysock/socket` where the
 * socket cannot be opened
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openKeySocket } from "@keysock/connect";
 * import { nativeHost } from "@keysock/host/native";
 *
 * const { socket, kernel } = openKeySocket({ via: "engine", defaultDialect: "linux", host: nativeHost() });
 * assert.equal(kernel, false);
 * socket.close();
 * ```
 */
export function openKeySocket(options: OpenKeySocketOptions): OpenedKeySocket {
  return openBy(realWays, options);
}

/** {@link openKeySocket} with the ways to choose from. */
export function openBy(ways: Ways, options: OpenKeySocketOptions): OpenedKeySocket {
  const via = parseVia(options.via);
  const dialect = () => dialectNamed(options.dialect ?? options.defaultDialect);
  switch (via.name) {
    case "auto":
      return pfkeyElseXfrm(ways, options.dialect);
    case "pfkey":
      return ofKernel("pfkey", ways.pfkey(), options.dialect);
    case "xfrm":
      return ofKernel("xfrm", ways.xfrm(), options.dialect);
    case "engine":
      return { socket: ways.engine(options.host, dialect()), via: "engine", kernel: false };
    case "unix":
      return { socket: ways.unix(via.path, dialect()), via: options.via, kernel: false };
  }
}

function pfkeyElseXfrm(ways: Ways, dialect: string | undefined): OpenedKeySocket {
  let socket: KeySocket;
  try {
    socket = ways.pfkey();
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    return ofKernel("xfrm", xfrmAfter(error, ways), dialect);
  }
  return ofKernel("pfkey", socket, dialect);
}

function xfrmAfter(noPfKey: UnsupportedError, ways: Ways): KeySocket {
  try {
    return ways.xfrm();
  } catch (error) {
    throw error instanceof UnsupportedError ? new NoKernelSocketError(noPfKey, error) : error;
  }
}

function ofKernel(via: string, socket: KeySocket, asked: string | undefined): OpenedKeySocket {
  if (asked !== undefined && asked !== socket.dialect.name) {
    socket.close();
    throw new WrongDialectError(asked, socket.dialect.name);
  }
  return { socket, via, kernel: true };
}
