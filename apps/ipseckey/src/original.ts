import { parseWords } from "@keysock/ipseckey-grammar";
import { request } from "@keysock/wire";
import { ending } from "./exit-class.ts";
import { FileError } from "./file-error.ts";
import { flush } from "./flush.ts";
import { checkPermissions, type Input } from "./input-file.ts";
import { endingAfter, originalCarrier } from "./original-carrier.ts";
import { usage } from "./original-report.ts";
import type { Program, Source } from "./program.ts";
import { runTyped } from "./prompt.ts";
import { openSave, save, saveErrorText } from "./save.ts";
import type { SaveTarget } from "./save-target.ts";
import { runScript } from "./script.ts";
import { SystemFailure } from "./system-failure.ts";
import { ConnectionError, createTalk, type Talk } from "./talk.ts";

/**
 * The program as today's original runs it.
 *
 * @throws Ending
 */
export async function runOriginal(program: Program): Promise<number> {
  const { io, host } = program;
  if (host.uid !== 0) {
    io.err("ipseckey: Insufficient privileges to run ipseckey.\n");
    return 1;
  }
  try {
    return await perform(program);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    io.err(`ipseckey: ERROR: ${saveErrorText(error)}\n`);
    throw ending(program, "fatal");
  }
}

/** @throws Ending, FileError */
async function perform(program: Program): Promise<number> {
  const { options, io, service } = program;
  let input: Input | undefined;
  let target: SaveTarget | undefined;
  for (const { letter, path } of options.files) {
    if (letter === "s") target = openSave(program, path);
    else input = openInput(program, path);
  }
  if (options.trouble !== undefined) {
    // What excludes each other is no matter for getopt(3).
    if (!options.trouble.message.startsWith("-s ")) io.err(`ipseckey: ${options.trouble.message}\n`);
    usage(program, { origin: "shell" });
  }
  const talk = createTalk(program);
  try {
    openSocket(program, talk);
    const checkOnly = options.files.some(({ letter }) => letter === "c");
    if (target !== undefined) return await saveAll(program, talk, target);
    if (service !== undefined && input !== undefined) flushBefore(program, talk);
    if (input !== undefined) return await runFile(program, talk, input, checkOnly);
    return await runWords(program, talk);
  } finally {
    talk.close();
  }
}

/** @throws Ending */
function openInput(program: Program, path: string): Input {
  const { io } = program;
  const facts = orEnding(program, `Invalid pathname: ${path}\n`, () => io.files.look(path));
  if (facts.kind !== "file") throw ending(program, "fatal", `${path} - Not a regular file\n`);
  const chunks = orEnding(program, `Unable to open configuration file: ${path}\n`, () => io.files.open(path));
  checkPermissions(program, path, facts);
  return { path, chunks };
}

function orEnding<T>(program: Program, message: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof FileError) throw ending(program, "fatal", message);
    throw error;
  }
}

/** @throws Ending */
function openSocket(program: Program, talk: Talk): void {
  try {
    talk.session();
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    const { cause } = error;
    const isForbidden =
      cause instanceof Error && "code" in cause && (cause.code === "EPERM" || cause.code === "EACCES");
    throw isForbidden
      ? ending(program, "permission", "Insufficient privileges to open PF_KEY socket.\n")
      : ending(program, "fatal", "Opening PF_KEY socket");
  }
}

async function saveAll(program: Program, talk: Talk, target: SaveTarget): Promise<number> {
  try {
    await save(program, talk, dumpAll(), target);
    return 0;
  } catch (error) {
    throw asEnding(program, error);
  }
}

function* dumpAll() {
  yield request("dump", "unspec");
}

function* flushAll() {
  yield request("flush", "unspec");
}

/** As the method of a service a file is all that there is. */
function flushBefore(program: Program, talk: Talk): void {
  program.io.out("Flushing existing SA's before adding new SA's\n");
  try {
    flush(talk, flushAll(), 0, true);
  } catch (error) {
    throw asEnding(program, error);
  }
}

const asEnding = (program: Program, error: unknown): unknown =>
  error instanceof SystemFailure ? endingAfter(program, error) : error;

async function runFile(
  program: Program,
  talk: Talk,
  { path, chunks }: Input,
  checkOnly: boolean,
): Promise<number> {
  const { io, service } = program;
  const source: Source = { origin: "file", name: path, typed: false };
  const carrier = originalCarrier(program, source, talk, checkOnly);
  if (await runScript(chunks, { compat: "illumos", origin: "file" }, carrier)) return 0;
  const { parsed, added } = carrier;
  if (parsed > 0 && added === 0) {
    throw ending(program, "configuration", "Configuration file did not contain any valid SAs");
  }
  if (added < parsed) {
    if (service === undefined) throw ending(program, "fatal");
    throw ending(
      program,
      "configuration",
      `The configuration file contained ${parsed - added} errors.\nManually check the configuration with:\n` +
        `ipseckey -c ${path}\nUse svcadm(1M) to clear maintenance condition when errors are resolved.\n`,
    );
  }
  if (service !== undefined) io.out(`ipseckey: ${added} actions successfully processed.\n`);
  return 0;
}

async function runWords(program: Program, talk: Talk): Promise<number> {
  const { io, options } = program;
  const [verb, ...words] = options.words;
  if (verb === undefined) {
    const source: Source = { origin: "prompt", name: "<stdin>", typed: io.openTerminal !== undefined };
    const carrier = originalCarrier(program, source, talk, false);
    if (io.openTerminal !== undefined) await runTyped(program, carrier, io.openTerminal);
    else await runScript(io.input(), { compat: "illumos", origin: "prompt" }, carrier);
    return 0;
  }
  const source: Source = { origin: "shell", name: "", typed: false };
  const command = parseWords([verb, ...words], { compat: "illumos" });
  await originalCarrier(program, source, talk, false).carryOut(command);
  return 0;
}
