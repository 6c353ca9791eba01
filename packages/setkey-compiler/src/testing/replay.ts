import type { RecordedCase } from "@keysock/goldens";
import { type HostTables, tableHost } from "@keysock/host";
import {
  interactiveStatements,
  parseScript,
  parseStatement,
  SetkeySyntaxError,
  type Statement,
} from "@keysock/setkey-grammar";
import { type Command, decodeStrict, encode, linux, type Message } from "@keysock/wire";
import { compile } from "../compile.ts";
import type { CompileContext } from "../context.ts";
import { StatementError } from "../statement-error.ts";
import { supportedFrom } from "../supported.ts";

/** What a script led to: the messages behind REGISTER, as hexadecimal digits with the pid masked, and what was said. */
export interface Replayed {
  sent: string[];
  /** Complaints on standard output. */
  stdout: string[];
  stderr: string[];
}

/** The machine on which the originals were recorded: no name server, and these files. */
const recordingHost: HostTables = {
  names: { localhost: ["127.0.0.1"], multi: ["192.0.2.11", "192.0.2.12", "2001:db8::11"] },
  unknownName: "EAI_AGAIN",
  services: [
    [53, "udp", "domain"],
    [1701, "udp", "l2tp"],
    [80, "tcp", "http"],
    [23, "tcp", "telnet"],
  ],
};

/** A script that was read, and how. */
export interface Script {
  /** The options before `-c` or `-f`. */
  options: string;
  interactive: boolean;
  text: string;
}

/** The script that the program read, or undefined where it read none or never got so far. */
export function scriptOf({ command, files, received }: RecordedCase): Script | undefined {
  const match = /^\$SETKEY ((?:-[a-z]+ )*?)(?:-f input\.conf|-f - < input\.conf|(-c) < input\.conf)$/.exec(
    command,
  );
  const text = files.get("input.conf");
  if (match === null || text === undefined || received.length === 0) return undefined;
  return { options: match[1]!, interactive: match[2] !== undefined, text };
}

/** Compiles a recorded script with ipsec-tools' face and answers with what was recorded. */
export function replay(recorded: RecordedCase): Replayed {
  const { options, interactive, text } = scriptOf(recorded)!;
  const received = recorded.received.flatMap((bytes) => (bytes ? [decodeStrict(bytes, linux)] : []));
  const [register] = received;
  const context: CompileContext = {
    host: tableHost(recordingHost),
    dialect: linux,
    face: "ipsec-tools",
    supported: supportedFrom(register!),
    forward: options.includes("k") ? "kernel" : "rfc",
  };
  const result: Replayed = { sent: [], stdout: [], stderr: [] };
  const dumped = received.filter(({ type }) => type === "dump");

  const run = (statement: Statement) => {
    const { command, warnings } = compile(statement, context);
    for (const { message, token } of warnings)
      result.stdout.push(complaint(message, token.text, token.position.line));
    if (!options.includes("n")) drive(command, dumped, result);
  };
  if (interactive) {
    for (const piece of interactiveStatements(text.split("\n"))) {
      attempt(() => run(parseStatement(piece, { compat: "ipsec-tools", firstLine: 0 })), result);
    }
  } else {
    attempt(
      () => {
        for (const statement of parseScript([text], { compat: "ipsec-tools" })) run(statement);
      },
      result,
      true,
    );
  }
  return result;
}

const complaint = (message: string, token: string, line: number) => `line ${line}: ${message} at [${token}]`;

function attempt(action: () => void, { stdout, stderr }: Replayed, script = false): void {
  try {
    action();
  } catch (error) {
    if (error instanceof SetkeySyntaxError) {
      stdout.push(complaint(error.fatal ? "Syntax error" : "syntax error", error.at, error.scannerLine));
      if (script && !error.fatal) stdout.push(`parse failed, line ${error.scannerLine}.`);
    } else if (error instanceof StatementError) {
      const said = [...error.before, ...(error.silent ? [] : [error])];
      stdout.push(...said.map(({ message, token }) => complaint(message, token.text, error.scannerLine)));
      if (error.remark !== undefined) stderr.push(error.remark);
      if (script) stdout.push(`parse failed, line ${error.scannerLine}.`);
    } else throw error;
  }
}

/** Sends a command; only a dump is answered, by the recorded entries up to its end. */
function drive(command: Command, dumped: Message[], { sent, stderr }: Replayed): void {
  try {
    let step = command.next([]);
    while (step.done !== true) {
      const request = step.value;
      sent.push(masked(encode(request, linux)));
      step = command.next(request.type === "dump" ? entries(dumped) : []);
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    stderr.push("setkey: error encountered");
  }
}

class Refused extends Error {
  override readonly name = "Refused";
  readonly errno: number;
  constructor(errno: number) {
    super(`errno ${errno}`);
    this.errno = errno;
  }
}

function* entries(dumped: Message[]): Generator<Message, void, void> {
  for (let entry = dumped.shift(); entry !== undefined; entry = dumped.shift()) {
    if (entry.errno !== 0) throw new Refused(entry.errno);
    yield entry;
    if (entry.sequence === 0) return;
  }
}

/** As hexadecimal digits, without the pid (bytes 12 to 15). */
export function masked(bytes: Uint8Array): string {
  const copy = bytes.slice();
  copy.fill(0, 12, 16);
  return [...copy].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
