import type { KeySocket } from "@keysock/wire";
import { advance } from "./agenda.ts";
import { createEndpoint, defaultReceiveBuffer } from "./endpoint.ts";
import { illumos } from "./illumos/illumos.ts";
import { openSocket } from "./key-socket.ts";
import { linux } from "./linux/linux.ts";
import type { Packet, Resolution } from "./packet.ts";
import type { EngineOptions, SaName } from "./personality.ts";

/** SADB and SPD, and as many key sockets to them as are wanted. */
export interface Engine {
  /** A new key socket. Closing it ends its registrations and its dump; SAs and policies stay. */
  connect(): KeySocket;
  /**
   * Counts a packet of so many bytes on an SA, as traffic would; the limits of bytes and use time go by it, on Linux those
   * of packets, too. False: no mature SA carries the packet, or a hard limit is reached, and the SA is gone now. Linux
   * lets the packet that fills a limit pass, illumos does not.
   */
  account(sa: SaName, bytes: number): boolean;
  /**
   * Lets an outgoing packet meet a policy. If an SA is missing and somebody has registered, a larval SA is made and an
   * ACQUIRE goes out. Only Linux has policies over PF_KEY.
   *
   * @throws {@link NoOutboundPolicyError}
   */
  acquire(packet: Packet): Resolution;
}

const personalities = { linux, illumos };

/**
 * A PF_KEY kernel of its own, which behaves like the one that is asked for. It does nothing by itself: time passes when
 * one of its sockets or methods is used.
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
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createEngine } from "@keysock/engine";
 * import { decode, encode, illumos, request } from "@keysock/wire";
 *
 * const clock = { now: Date.now, sleep: () => {} };
 * const socket = createEngine({ personality: "illumos", clock }).connect();
 *
 * // What illumos says of a message that is not to its liking: an errno, and in `reserved` a diagnostic.
 * socket.send([encode(request("add", "unspec"), illumos)]);
 * const { errno, reserved } = decode(socket.receive(0)!, illumos).message;
 * assert.deepEqual([errno, reserved], [22, 5]); // EINVAL, specific Security Association type needed
 * ```
 */
export function createEngine(options: EngineOptions): Engine {
  const { core, account, acquire } = personalities[options.personality](options);
  const receiveBuffer = options.receiveBuffer ?? defaultReceiveBuffer;
  return {
    connect: () => openSocket(core, createEndpoint(receiveBuffer)),

    account(sa, bytes) {
      advance(core);
      return account(sa, bytes);
    },

    acquire(packet) {
      advance(core);
      return acquire(packet);
    },
  };
}
