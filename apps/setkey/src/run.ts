import type { Host } from "@keysock/host";
import type { Session, SessionEvent } from "@keysock/session";
import { hexDump, kdebug } from "@keysock/setkey-printer";
import { databaseCommand, listForEver, runDatabase } from "./database.ts";
import { failureStatus, failureText, isExpected } from "./failure.ts";
import type { Io } from "./io.ts";
import { printMessageFile } from "./message-file.ts";
import { monitor } from "./monitor.ts";
import { OptionError, type Options, parseOptions } from "./options.ts";
import { preview } from "./preview.ts";
import type { Connect, Program } from "./program.ts";
import { runPrompt } from "./prompt.ts";
import { runScript, type Script } from "./script.ts";
import { converse } from "./session.ts";
import { usageText, versionText } from "./usage.ts";

/**
 * The command setkey. Everything that it touches is handed to it.
 *
 * @param argv - the arguments behind the command's name
 * @returns the exit status
 */
export async function run(argv: readonly string[], io: Io, host: Host, connect: Connect): Promise<number> {
  let compat = false;
  try {
    const options = optionsOf(argv, io);
    compat = options?.compat ?? false;
    const status = options === undefined ? 1 : await perform({ options, io, host, connect });
    io.flush();
    return status;
  } catch (error) {
    if (!isExpected(error)) throw error;
    io.err(failureText(error, compat));
    return failureStatus(error, compat);
  } finally {
    io.flush();
  }
}

/** Undefined where the arguments are wrong, which it says. */
function optionsOf(argv: readonly string[], io: Io): Options | undefined {
  try {
    return parseOptions(argv);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    io.err(`setkey: ${error.message}\n`);
    io.out(usageText(argv.includes("--compat=ipsec-tools")));
    return undefined;
  }
}

async function perform(program: Program): Promise<number> {
  const { options, io } = program;
  const { compat, mode } = options;
  if (options.version) {
    io.out(versionText(compat));
    return compat ? 1 : 0;
  }
  if (options.help && (compat || mode !== "monitor")) {
    io.out(usageText(compat));
    return compat ? 1 : 0;
  }
  if (options.operands.length > 0) {
    return Math.max(...options.operands.map((path) => printMessageFile(program, path)));
  }
  if (mode === undefined || (compat && options.preview)) {
    io.out(usageText(compat));
    return 1;
  }
  if (mode === "file" || mode === "interactive") return runText(program);
  if (options.preview) {
    preview(program, databaseCommand(program));
    return 0;
  }
  if (mode === "monitor") return monitor(program);
  if (options.check && !compat) {
    io.err(`setkey: -n checks statements: it is for -c and -f, not for -${mode === "dump" ? "D" : "F"}\n`);
    return 1;
  }
  const forEver = mode === "dump" && options.loop && !options.policies;
  return withSession(program, (session) => {
    if (options.check) return 0;
    return forEver ? listForEver(program, session) : runDatabase(program, session);
  });
}

async function runText(program: Program): Promise<number> {
  const { options, io } = program;
  const interactive = options.mode === "interactive";
  const offline = options.preview || (options.check && !options.compat);
  const terminal = interactive && !options.compat ? io.terminal() : undefined;
  if (terminal !== undefined) return talk((session) => runPrompt(program, terminal, session));
  const fromFile = !interactive && options.file !== "-";
  const script: Script = fromFile
    ? { name: options.file, chunks: io.open(options.file), typed: false }
    : { name: "<stdin>", chunks: io.input(), typed: interactive && io.inputIsTerminal };
  return talk((session) => runScript(program, script, session));

  async function talk(over: (session: Session | undefined) => number | Promise<number>): Promise<number> {
    return offline ? over(undefined) : withSession(program, over);
  }
}

/** Opens a session for as long as somebody talks over it. */
async function withSession(
  program: Program,
  talk: (session: Session) => number | Promise<number>,
): Promise<number> {
  const { verbose, hex } = program.options;
  // A session that nobody watches need not decode what it sends.
  const session = converse(program, verbose || hex ? (event) => show(program, event) : undefined);
  try {
    return await talk(session);
  } finally {
    session.close();
  }
}

/** -v prints every message, -H the bytes of those that are sent; neither shows the question what algorithms there are. */
function show({ options, io, host }: Program, { direction, decoded }: SessionEvent): void {
  const { type, pid } = decoded.message;
  if (type === "register" && pid === host.pid) return;
  if (options.verbose) io.out(kdebug(decoded));
  if (options.hex && direction === "sent") io.out(hexDump(decoded.bytes));
}
