import { type Command, parseWords, readCommands } from "@keysock/ipseckey-grammar";
import { encode } from "@keysock/wire";
import { CommandError } from "../command-error.ts";
import { compile } from "../compile.ts";
import type { CompileContext } from "../context.ts";
import type { CommandProblem } from "../problem.ts";
import { littleIllumos, requestsOf, toHex } from "./compiling.ts";
import { masked, type Recording, recordingHost } from "./recordings.ts";

/** What a run led to. */
export interface Replayed {
  /** Messages as hexadecimal digits, sequence and pid masked. */
  sent: string[];
  /** The reports, as illumos prints them. */
  said: string;
  /** Whether the kernel refused something, or something was got: then there is more to print. */
  answered: boolean;
}

/** How the program was called. */
export interface Call {
  numericOnly: boolean;
  origin: "file" | "prompt" | "shell";
  check: boolean;
  commands: readonly Command[];
}

/** The call of a recording; undefined: it never gets so far as to read a command. */
export function callOf({ command, input = "" }: Recording): Call | undefined {
  const [, options = "", rest = ""] =
    /^(?:\w+=\S+ )*ipseckey((?: -\w+(?= |$))*)(?: (.*))?$/.exec(command) ?? [];
  const letters = options.replaceAll(/[ -]/g, "");
  const check = letters.endsWith("c");
  const call = { numericOnly: letters.includes("n"), check };
  const compat = "illumos";
  if (/[fc]$/.test(letters) && rest === "input") {
    return { ...call, origin: "file", commands: [...readCommands([input], { compat, origin: "file" })] };
  }
  if (letters.endsWith("s") || rest.startsWith("- ")) {
    return { ...call, origin: "shell", commands: [parseWords(["save", "all"], { compat })] };
  }
  if (/[fc]/.test(letters)) return undefined;
  if (rest === "< input") {
    return { ...call, origin: "prompt", commands: [...readCommands([input], { compat, origin: "prompt" })] };
  }
  const words = [...rest.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  const [verb, ...others] = words;
  if (verb === undefined) return undefined;
  return { ...call, origin: "shell", commands: [parseWords([verb, ...others], { compat })] };
}

/** Compiles and sends what was read, as illumos does, to the peer of the recording. */
export function replay(recording: Recording, call: Call): Replayed {
  const result: Replayed = { sent: [], said: "", answered: false };
  const peer = [...recording.replies];
  const context: CompileContext = {
    host: recordingHost,
    dialect: littleIllumos,
    face: "illumos",
    numericOnly: call.numericOnly,
  };
  for (const command of call.commands) {
    const report = reporter(command, call, result);
    try {
      const { warnings, steps } = compile(command, context);
      report.all(warnings);
      if (call.check) continue;
      for (const { remarks, begin } of steps) {
        for (const remark of remarks) report.one(remark);
        if (begin === undefined) continue;
        if (report.waits()) break;
        for (const request of requestsOf(begin())) {
          result.sent.push(masked(toHex(encode(request, littleIllumos))));
          const reply = peer.shift() ?? (request.type === "get" ? "ERR 3 78" : "ECHO");
          if (reply === "ECHO" && request.type !== "get") continue;
          result.answered = true;
          if (reply.startsWith("ERR")) report.refused();
        }
      }
      report.end();
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      report.all(error.problems);
      if (error.problems.some((problem) => problem.report === "ends")) break;
    }
  }
  return result;
}

/** Prints the reports of one command. */
function reporter({ text, lastLine }: Command, { origin }: Call, result: Replayed) {
  const head =
    origin === "file"
      ? `Config file entry near line ${lastLine} caused error(s) or warnings:\n\n${text}\n\n`
      : "";
  let waiting: string[] = [];
  const print = () => {
    if (waiting.length > 0) result.said += `${head}${waiting.join("")}\n`;
    waiting = [];
  };
  const one = ({ report, original }: CommandProblem) => {
    if (report === "standard error" || report === "ends" || report === "silent") return;
    waiting.push(original);
    if (report !== "collected") print();
  };
  return {
    one,
    all(problems: readonly CommandProblem[]) {
      for (const problem of problems) one(problem);
      print();
    },
    refused: () => waiting.push("(refused)\n"),
    waits: () => waiting.length > 0,
    end: print,
  };
}
