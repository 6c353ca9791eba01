import { type Command, parseCommand, parseWords } from "@keysock/ipseckey-grammar";
import {
  type Dialect,
  encode,
  illumos,
  inByteOrder,
  linux,
  type Message,
  type OutgoingMessage,
  type Command as WireCommand,
} from "@keysock/wire";
import { CommandError } from "../command-error.ts";
import { type Compiled, compile } from "../compile.ts";
import type { CompileContext } from "../context.ts";
import type { CommandProblem } from "../problem.ts";
import { recordingHost } from "./recordings.ts";

export const littleIllumos: Dialect = inByteOrder(illumos, "little");
export const littleLinux: Dialect = inByteOrder(linux, "little");

/** What differs from the default face on illumos. */
export interface Circumstances extends Partial<Omit<CompileContext, "host">> {
  /** The words come from the shell. */
  shell?: boolean;
}

export const onLinux: Circumstances = { dialect: littleLinux };
export const compat: Circumstances = { face: "illumos" };

/** Parses the text of one command. */
export function parse(text: string, { face, shell = false }: Circumstances = {}): Command {
  const options = face === "illumos" ? { compat: face } : {};
  const [verb = "", ...words] = text.split(" ");
  return shell ? parseWords([verb, ...words], options) : parseCommand(text, options)!;
}

/** Compiles the text of one command. */
export function compileText(text: string, circumstances: Circumstances = {}): Compiled {
  const { shell, ...rest } = circumstances;
  const context = { host: recordingHost, dialect: littleIllumos, face: "default", ...rest } as const;
  return compile(parse(text, circumstances), context);
}

/** The requests of a command, each answered with what `answer` gives for it. */
export function requestsOf(
  command: WireCommand,
  answer: (request: OutgoingMessage) => Iterable<Message> = () => [],
): OutgoingMessage[] {
  const requests: OutgoingMessage[] = [];
  for (let step = command.next([]); step.done !== true; step = command.next(answer(step.value))) {
    requests.push(step.value);
    if (requests.length > 100) throw new Error("more than 100 requests");
  }
  return requests;
}

/** The requests as hexadecimal digits. */
export function hexOf(text: string, circumstances: Circumstances = {}): string[] {
  const { dialect = littleIllumos } = circumstances;
  const { command } = compileText(text, circumstances);
  return requestsOf(command).map((request) => toHex(encode(request, dialect)));
}

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** What is wrong with a command that is refused. */
export function problemsOf(text: string, circumstances?: Circumstances): readonly CommandProblem[] {
  return problemsFrom(() => compileText(text, circumstances), text);
}

/** What is wrong where something is refused. */
export function problemsFrom(action: () => unknown, what: string): readonly CommandProblem[] {
  try {
    action();
  } catch (error) {
    if (error instanceof CommandError) return error.problems;
    throw error;
  }
  throw new Error(`${JSON.stringify(what)} was taken, expected a refusal`);
}
