import type { KeySocket } from "@keysock/wire";
import { request } from "@keysock/wire";
import { createEngine, type Engine, type EngineOptions } from "../index.ts";
import { ask } from "./exchange.ts";
import { type HandClock, handClock } from "./hand-clock.ts";

/** An engine with one socket, and the clock by which it goes. */
export interface Bench {
  clock: HandClock;
  engine: Engine;
  socket: KeySocket;
}

export function bench(options: Partial<EngineOptions> = {}): Bench {
  const clock = handClock();
  const engine = createEngine({ personality: "linux", clock, random: () => 0, ...options });
  return { clock, engine, socket: engine.connect() };
}

/** A socket that has registered for ESP. */
export function registered(engine: Engine): KeySocket {
  const socket = engine.connect();
  ask(socket, request("register", "esp"));
  return socket;
}

export function promiscuous(engine: Engine): KeySocket {
  const socket = engine.connect();
  ask(socket, request("promisc", 1));
  return socket;
}
