import { illumos as dialect } from "@keysock/wire";
import { createAgenda } from "../agenda.ts";
import { NoOutboundPolicyError } from "../packet.ts";
import type { EngineOptions, Personality } from "../personality.ts";
import { allAlgorithms } from "./algorithms.ts";
import type { Kernel } from "./kernel.ts";
import { createSadb } from "./sadb.ts";
import { submit } from "./submit.ts";
import { account } from "./usage.ts";

/** illumos, whose policies are not PF_KEY's: no packet meets one. */
export function illumos(options: EngineOptions): Personality {
  const kernel = createKernel(options);
  return {
    core: kernel,
    account: (sa, bytes) => account(kernel, sa, bytes),
    acquire({ policy }) {
      throw new NoOutboundPolicyError(policy);
    },
  };
}

export function createKernel({
  clock,
  random = Math.random,
  supported = allAlgorithms(),
}: EngineOptions): Kernel {
  const kernel: Kernel = {
    dialect,
    clock,
    random,
    supported,
    sadb: createSadb(),
    agenda: createAgenda(),
    endpoints: new Set(),
    submit: (from, bytes) => submit(kernel, from, bytes),
  };
  return kernel;
}
