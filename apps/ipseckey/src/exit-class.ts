import { Ending } from "./ending.ts";
import type { Program } from "./program.ts";

/** Why a program ends, as illumos's service management knows it. */
export type ExitClass = "fatal" | "permission" | "configuration";

/** What is said of a service, and its exit status (smf_method(7): SMF_EXIT_ERR_FATAL, SMF_EXIT_ERR_PERM). */
const services: Readonly<Record<ExitClass, { say: (service: string) => string; status: number }>> = {
  fatal: { say: (service) => `Service ${service} fatal error.`, status: 95 },
  permission: { say: (service) => `Permission error with ${service}.`, status: 100 },
  configuration: { say: (service) => `Bad configuration of service ${service}.`, status: 95 },
};

/** The end of the program for a reason; what is said goes where the face has its errors. */
export function ending(program: Program, why: ExitClass, message?: string): Ending {
  const { io, options, service } = program;
  const say = options.compat ? io.out : io.err;
  if (message !== undefined) say(`ipseckey: ${message}\n`);
  if (service !== undefined) {
    say(`ipseckey: ${services[why].say(service)}\n`);
    return new Ending(services[why].status);
  }
  if (options.compat) say("ipseckey: Fatal error - exiting.\n");
  return new Ending(1);
}
