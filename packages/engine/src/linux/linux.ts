import { linux as dialect } from "@keysock/wire";
import { createAgenda } from "../agenda.ts";
import type { EngineOptions, Personality } from "../personality.ts";
import { resolve } from "./acquire.ts";
import { debianLinux } from "./algorithms.ts";
import type { Kernel } from "./kernel.ts";
import { createSadb } from "./sadb.ts";
import { createSpd } from "./spd.ts";
import { submit } from "./submit.ts";
import { account } from "./usage.ts";

/** Linux 6.1. */
export function linux(options: EngineOptions): Personality {
  const kernel = createKernel(options);
  return {
    core: kernel,
    account: (sa, bytes) => account(kernel, sa, bytes),
    acquire: (packet) => resolve(kernel, packet),
  };
}

export function createKernel({
  clock,
  random = Math.random,
  supported = debianLinux,
}: EngineOptions): Kernel {
  const kernel: Kernel = {
    dialect,
    clock,
    random,
    supported,
    sadb: createSadb(),
    spd: createSpd(),
    agenda: createAgenda(),
    endpoints: new Set(),
    acquireSequence: 0,
    submit: (from, bytes) => submit(kernel, from, bytes),
  };
  return kernel;
}
