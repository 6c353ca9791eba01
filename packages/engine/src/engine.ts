import { type KeySocket, linux } from "@keysock/wire";
import { type Packet, type Resolution, resolve } from "./acquire.ts";
import { advance } from "./ageing.ts";
import { createAgenda } from "./agenda.ts";
import { debianLinux, type SupportedNumbers } from "./algorithms.ts";
import type { Clock } from "./clock.ts";
import { createEndpoint, defaultReceiveBuffer } from "./endpoint.ts";
import type { Kernel } from "./kernel.ts";
import { openSocket } from "./key-socket.ts";
import { createSadb } from "./sadb.ts";
import { createSpd } from "./spd.ts";
import { account, type SaName } from "./usage.ts";

/** What an engine is made of. */
export interface EngineOptions {
  /** The kernel to behave like. */
  readonly personality: "linux";
  readonly clock: Clock;
  /** From 0 up to but not including 1; chooses SPIs. `Math.random` unless given. */
  readonly random?: () => number;
  /** The algorithms that it has; those of Debian's Linux 6.1 unless given. */
  readonly supported?: SupportedNumbers;
  /** Bytes, with 768 more for each message, that may wait at a socket before messages to it are dropped. */
  readonly receiveBuffer?: number;
}

/** SADB and SPD, and as many key sockets to them as are wanted. */
export interface Engine {
  /** A new key socket. Closing it ends its registrations and its dump; SAs and policies stay. */
  connect(): KeySocket;
  /**
   * Counts a packet of so many bytes on an SA, as traffic would; the limits of bytes, packets and use time go by it.
   * False: no mature SA carries the packet, or a hard limit had been reached before, and the SA is gone now.
   */
  account(sa: SaName, bytes: number): boolean;
  /**
   * Lets an outgoing packet meet a policy. If an SA is missing and somebody has registered, a larval SA is made and an
   * ACQUIRE goes out.
   *
   * @throws {@link NoOutboundPolicyError}
   */
  acquire(packet: Packet): Resolution;
}

/**
 * A PF_KEY kernel of its own. It does nothing by itself: time passes when one of its sockets or methods is used.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createEngine } from "@keysock/engine";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * let now = Date.UTC(2026, 0, 1);
 * const clock = { now: () => now, sleep: (ms: number) => { now += ms; } };
 * const socket = createEngine({ personality: "linux", clock }).connect();
 *
 * socket.send([encode(request("dump", "esp"), linux)]);
 * const reply = decode(socket.receive(0)!, linux).message;
 * assert.deepEqual([reply.type, reply.errno], ["dump", 2]);
 * assert.equal(socket.receive(1000), undefined);
 * assert.equal(now, Date.UTC(2026, 0, 1) + 1000);
 * ```
 */
export function createEngine(options: EngineOptions): Engine {
  const kernel = createKernel(options);
  const receiveBuffer = options.receiveBuffer ?? defaultReceiveBuffer;
  return {
    connect: () => openSocket(kernel, createEndpoint(receiveBuffer)),

    account(sa, bytes) {
      advance(kernel);
      return account(kernel, sa, bytes);
    },

    acquire(packet) {
      advance(kernel);
      return resolve(kernel, packet);
    },
  };
}

/** Not exported from the package. */
export function createKernel({
  clock,
  random = Math.random,
  supported = debianLinux,
}: EngineOptions): Kernel {
  return {
    dialect: linux,
    clock,
    random,
    supported,
    sadb: createSadb(),
    spd: createSpd(),
    agenda: createAgenda(),
    endpoints: new Set(),
    acquireSequence: 0,
  };
}
