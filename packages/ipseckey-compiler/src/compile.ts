import type { Command as IpseckeyCommand, SaCommand } from "@keysock/ipseckey-grammar";
import { type Command, type OutgoingMessage, request, saTypeName } from "@keysock/wire";
import { checkChange } from "./check-change.ts";
import { checkLinux, checkLinuxTarget } from "./check-linux.ts";
import { checkNaming } from "./check-naming.ts";
import { CommandError } from "./command-error.ts";
import type { CompileContext } from "./context.ts";
import { illumosChange } from "./illumos-change.ts";
import { linuxChange } from "./linux-change.ts";
import { linuxUpdate } from "./linux-update.ts";
import { naming } from "./naming.ts";
import { onlyNames } from "./only-names.ts";
import type { Parameters } from "./parameters.ts";
import type { CommandProblem } from "./problem.ts";
import { readParameters } from "./read-parameters.ts";
import { drops, type Reading, readingOf, settle } from "./reading.ts";
import { type Target, targetsOf } from "./targets.ts";

/** One of the SAs that a command means. */
export interface Step {
  /**
   * What is to be said first. In the illumos face a collected one waits for what else there is to say, the kernel's refusals included:
   * it is printed together with the next one that is said at once, or at the end; if it still waits when there is something to
   * send, it is printed and the rest of the steps dropped.
   */
  remarks: readonly CommandProblem[];
  /** Its requests, made anew by each call; undefined: there is nothing to send. */
  begin: (() => Command) | undefined;
}

/** A command ready to be sent. */
export interface Compiled {
  /** What is to be said before anything is sent, in the order in which the face says it. */
  warnings: readonly CommandProblem[];
  /** In order. */
  steps: readonly Step[];
  /** The requests of all steps. */
  command: Command;
}

/**
 * A command as PF_KEY requests. Everything that can be checked without the other end is checked now, and names are resolved. Requests come
 * with pid and sequence 0; illumos gives all requests of a command the same sequence. They hold copies of the command's keys: whoever
 * sends them overwrites those, and {@link overwriteKeys} the command's own.
 *
 * `save` gives the dump that it is made of; `help`, `load`, `exit` and `passive_monitor` send nothing. `update` on Linux looks at
 * the SA first, and throws a {@link CommandError} out of its generator for what Linux would ignore.
 *
 * @throws {@link CommandError}
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableHost } from "@keysock/host";
 * import { compile } from "@keysock/ipseckey-compiler";
 * import { parseCommand } from "@keysock/ipseckey-grammar";
 * import { illumos } from "@keysock/wire";
 *
 * const host = tableHost({ names: { "you.domain.com": ["192.0.2.2", "2001:db8::2"] } });
 * const command = parseCommand("delete esp spi 0x2112 dst you.domain.com");
 * assert(command !== undefined);
 * const { steps } = compile(command, { host, dialect: illumos, face: "default" });
 * assert.equal(steps.length, 2);
 * const first = steps[0]?.begin?.().next();
 * assert.equal(first?.value?.type, "delete");
 * ```
 */
export function compile(command: IpseckeyCommand, context: CompileContext): Compiled {
  if ("attributes" in command) return compileSa(command, context);
  const original = context.face === "illumos";
  if (drops(command.problems, original)) throw new CommandError(command.problems);
  return compiled(command.problems, [{ remarks: [], begin: () => each(plainRequests(command, context)) }]);
}

function plainRequests(command: IpseckeyCommand, { dialect }: CompileContext): OutgoingMessage[] {
  switch (command.kind) {
    case "flush":
    case "dump":
      return [request(command.kind, saTypeName(command.saType?.value ?? 0, dialect))];
    case "save":
      return [request("dump", saTypeName(command.saType?.value ?? 0, dialect))];
    case "monitor":
      // The type of SA says: on.
      return [request("promisc", 1)];
    default:
      return [];
  }
}

function compileSa(command: SaCommand, context: CompileContext): Compiled {
  const reading = readingOf(command, context);
  const saType = command.saType?.value;
  if (saType === undefined || drops(reading.problems, reading.original))
    throw new CommandError(command.problems);
  const parameters = readParameters(reading, saType);
  const early = settle(reading, []);
  if (onlyNames(command.kind)) checkNaming(reading, parameters);
  else checkChange(reading, parameters);
  if (context.dialect.name === "linux") checkLinux(reading, parameters);
  const late = settle(reading, early);
  const targets = targetsOf(reading, parameters);
  if (context.dialect.name === "linux") {
    for (const target of targets) if (!target.skipped) checkLinuxTarget(reading, parameters, target);
  }
  const warnings = settle(reading, late);
  return compiled(
    warnings,
    targets.map((target) => ({ remarks: target.remarks, begin: stepOf(reading, parameters, target) })),
  );
}

function compiled(warnings: readonly CommandProblem[], steps: readonly Step[]): Compiled {
  return { warnings, steps, command: all(steps) };
}

function* all(steps: readonly Step[]): Command {
  for (const { begin } of steps) if (begin !== undefined) yield* begin();
}

function stepOf(reading: Reading, parameters: Parameters, target: Target): Step["begin"] {
  const { command, context } = reading;
  const { kind } = command;
  if (target.skipped) return undefined;
  if (onlyNames(kind)) return () => each([naming(kind, parameters, target, context)]);
  if (context.dialect.name === "illumos") {
    return () => each([illumosChange(kind, parameters, target, context)]);
  }
  if (kind === "add") return () => each([linuxChange("add", parameters, target, context)]);
  return () => linuxUpdate(reading, parameters, target);
}

function* each(requests: readonly OutgoingMessage[]): Command {
  yield* requests;
}
