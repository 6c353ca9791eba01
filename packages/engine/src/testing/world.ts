import { NetworkNamespace } from "@keysock/kernel-lab";
import { openPfKeySocket } from "@keysock/socket";
import type { KeySocket } from "@keysock/wire";
import { createEngine } from "../index.ts";

/** Databases of their own, and key sockets to them. Whoever opens a socket closes it. */
export interface World {
  open(): KeySocket;
  close(): void;
}

/** Those of a network that nobody else is in. */
export function ownWorld(): World {
  const network = new NetworkNamespace();
  return {
    open() {
      network.enter();
      return openPfKeySocket();
    },
    close: () => network.close(),
  };
}

/**
 * Those of the network in which the process is. Of a MIGRATE Linux tells only in the first network that there is, where a
 * guest begins.
 */
export function thisWorld(): World {
  return { open: openPfKeySocket, close: () => {} };
}

export interface EngineWorld extends World {
  /** Milliseconds since 1970. */
  now: number;
  /** The next random number. */
  draw: number;
}

export function engineWorld(): EngineWorld {
  const clock = { now: () => world.now, sleep: () => {} };
  const engine = createEngine({ personality: "linux", clock, random: () => world.draw });
  const world: EngineWorld = { now: Date.now(), draw: 0, open: engine.connect, close: () => {} };
  return world;
}
