import { NoReplyError, type RefusedError } from "@keysock/session";
import { type Diagnostic, explainRefusal, StatementError } from "@keysock/setkey-compiler";
import {
  holdsKey,
  SetkeySyntaxError,
  type StatementTooLongError,
  scannerLine,
} from "@keysock/setkey-grammar";
import { resultLine, resultText } from "@keysock/setkey-printer";
import { type Dialect, find, type Message, type OutgoingMessage } from "@keysock/wire";
import type { Program } from "./program.ts";

/** Why a statement was not sent. */
export type Trouble = SetkeySyntaxError | StatementTooLongError | StatementError;

/** Stands for a key wherever one would be shown. */
const mask = "(key)";

/** ipsec-tools prints its errors on standard output. */
function say({ options, io }: Program, text: string): void {
  if (options.compat) io.out(text);
  else io.err(text);
}

/**
 * Says why a statement was not sent: in ipsec-tools' words first, then where it stands, what was found and what was
 * expected.
 *
 * @param file - as it was named
 */
export function reportTrouble(program: Program, file: string, trouble: Trouble): void {
  const { compat } = program.options;
  if (trouble instanceof StatementError) {
    for (const diagnostic of trouble.before) reportWarning(program, diagnostic);
    if (trouble.remark !== undefined) program.io.err(`${trouble.remark}\n`);
    if (!(compat && trouble.silent)) say(program, originalLine(trouble, compat || !trouble.secret));
  } else if (trouble instanceof SetkeySyntaxError) {
    const message = trouble.fatal ? "Syntax error" : "syntax error";
    say(program, `line ${trouble.scannerLine}: ${message} at [${beforeNul(trouble.at)}]\n`);
  }
  if (compat) return;
  const { position, text, sourceLine } = explained(trouble);
  program.io.err(`${file}:${position.line}:${position.column}: ${text}\n`);
  if (sourceLine) program.io.err(`    ${sourceLine}\n    ${" ".repeat(position.column - 1)}^\n`);
}

/** Where it is wrong, how, and the line with keys starred out. */
interface Explained {
  position: { line: number; column: number };
  text: string;
  sourceLine?: string | undefined;
}

function explained(trouble: Trouble): Explained {
  if (trouble instanceof SetkeySyntaxError) {
    return { position: trouble.position, text: trouble.message, sourceLine: trouble.sourceLine };
  }
  if (!(trouble instanceof StatementError)) return { position: trouble.position, text: trouble.message };
  const { culprit, secret, token, expected, reason } = trouble;
  const isKey = (secret && culprit === token) || holdsKey(culprit.text);
  const found = isKey ? mask : JSON.stringify(culprit.text);
  const wanted = expected === undefined ? "" : `, expected ${expected}`;
  const why = reason === undefined ? "" : ` (${reason})`;
  return {
    position: culprit.position,
    text: `${trouble.message}: found ${found}${wanted}${why}`,
    sourceLine: trouble.sourceLine,
  };
}

/** Something to know about a statement that is sent all the same. */
export function reportWarning(program: Program, warning: Diagnostic): void {
  say(program, originalLine(warning, program.options.compat || !holdsKey(warning.token.text)));
}

const originalLine = ({ message, token }: Diagnostic, shown: boolean): string =>
  `line ${scannerLine(token)}: ${message} at [${shown ? beforeNul(token.text) : mask}]\n`;

/** ipsec-tools shows strings of C, which end at their first NUL. */
const beforeNul = (text: string): string => text.split("\0", 1)[0]!;

/** Where a request came from and went to. */
interface Asked {
  /** Of the statement in its file, where there is one. */
  line?: number | undefined;
  dialect: Dialect;
}

/**
 * Says what became of a request that was refused or not answered.
 *
 * @returns whether that is a failure; to find nothing to list is none
 */
export function reportRefusal(
  program: Program,
  error: RefusedError | NoReplyError,
  { line, dialect }: Asked,
): boolean {
  const { options, io } = program;
  const where = placeOf(line);
  if (error instanceof NoReplyError) {
    io.err(
      options.compat ? "recv: Resource temporarily unavailable\n" : `setkey: ${where}${error.message}\n`,
    );
    return true;
  }
  const { type } = error.request;
  const why = explainRefusal(error.request, error.errno, dialect);
  const nothingToList = error.errnoName === "ENOENT" && (type === "dump" || type === "spddump");
  const text = resultLine(resultText(type, error.errno, dialect), line);
  if (nothingToList) io.out(text);
  else say(program, text);
  // The kernel knows better than we can guess.
  const reason = error.kernelText === undefined ? why : `the kernel says: ${error.kernelText}`;
  if (!nothingToList && !options.compat && reason !== undefined) io.err(`setkey: ${where}${reason}\n`);
  return !nothingToList;
}

/**
 * Says that an SA was meant for a device and the kernel has kept it: Linux does so without a word if the device has no hardware
 * for it. Only the answer to ADD shows; that to UPDATE shows what was asked.
 */
export function reportNotOffloaded(
  { io, host }: Program,
  asked: OutgoingMessage,
  reply: Message,
  line: number | undefined,
): void {
  const wanted = find(asked, "xfrm")?.offload;
  if (reply.type !== "add" || wanted === undefined || find(reply, "xfrm")?.offload !== undefined) return;
  const name = JSON.stringify(host.interfaceName(wanted.interfaceIndex) ?? `${wanted.interfaceIndex}`);
  io.err(`setkey: ${placeOf(line)}${name} cannot offload this SA: the kernel does the work itself\n`);
}

const placeOf = (line: number | undefined): string => (line === undefined ? "" : `line ${line}: `);
