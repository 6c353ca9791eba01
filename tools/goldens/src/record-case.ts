import { spawnSync } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { caseScript, tracedProgram } from "./case-script.ts";
import { type Traffic, trafficOf } from "./strace.ts";

/** A case cannot be recorded: this machine lacks something, or the case does not come to its end. */
export class CannotRecordError extends Error {
  override readonly name = "CannotRecordError";
}

/** What a run gives besides the files that it writes. */
const outcomes = [
  ...["stdout", "stderr", "exit", "sent.hex", "received.hex"],
  ...["after.D", "after.DP", "after.ipstate", "after.ippolicy"],
];

/** What a file begins with; the other parts follow by name. */
const first = ["cmd", "input.conf", "pre.conf", ...outcomes];

/** Files that the commands of cases write. */
const written = /^(pre\.out|peer2?\.(stdout|D)|ping2?\.out|sock\.err|h|ok)$/;

/** Parts that say how to run a case, and are no files of it. */
const instructions = new Set(["cmd", "prep", "noroot"]);

/** How long a case may take. */
const timeLimitMs = 120_000;

/** The parts of a case that are given: without what an earlier run of it gave. */
export const givenParts = (parts: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...parts].filter(([name]) => !outcomes.includes(name) && !written.test(name)));

/**
 * Runs a case in a fresh network, and gives all its parts: those that were given and what came of them.
 *
 * @param given - the case's `cmd` and what else it needs; text is latin1
 * @param program - path of setkey
 * @throws CannotRecordError
 */
export function recordCase(given: ReadonlyMap<string, string>, program: string): Map<string, string> {
  checkMachine(program);
  const folder = mkdtempSync(join(tmpdir(), "record-"));
  try {
    const work = join(folder, "work");
    layOut(folder, work, given);
    const alone = ["--net", "--mount", "--pid", "--mount-proc", "--kill-child"];
    const { status, signal, stderr, error } = spawnSync(
      "unshare",
      [...alone, "sh", join(folder, "case.sh")],
      {
        cwd: work,
        env: environment(folder, program),
        stdio: ["ignore", "inherit", "pipe"],
        encoding: "utf8",
        timeout: timeLimitMs,
        killSignal: "SIGKILL",
      },
    );
    if (status !== 0) {
      const why = error?.message ?? signal ?? stderr.trim();
      throw new CannotRecordError(`the case does not come to its end: ${why}`, { cause: error });
    }
    return inOrder([...given, ...outcomesOf(folder), ...filesWritten(work, given)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is needed besides node, by package. */
const commands: readonly (readonly [command: string, from: string])[] = [
  ["strace", "strace"],
  ["unshare", "util-linux"],
  ["ip", "iproute2"],
  ["bash", "bash"],
];

function checkMachine(program: string): void {
  for (const [command, from] of commands) {
    const { error } = spawnSync(command, ["--version"]);
    if (error)
      throw new CannotRecordError(`there is no ${command}: install the package ${from}`, { cause: error });
  }
  if (!isProgram(program)) {
    const expected = "expected the path of a setkey that has been built";
    throw new CannotRecordError(`"${program}" is no program: ${expected}`);
  }
  if (spawnSync("unshare", ["--net", "--mount", "test", "-r", "/proc/net/pfkey"]).status !== 0) {
    throw new CannotRecordError(
      "here is no PF_KEY, or no right to it: record in the kernel lab (npm run lab)",
    );
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function layOut(folder: string, work: string, given: ReadonlyMap<string, string>): void {
  mkdirSync(work);
  mkdirSync(join(folder, "traces"));
  for (const [name, content] of given) {
    writeFileSync(join(instructions.has(name) ? folder : work, name), content, "latin1");
  }
  writeFileSync(join(folder, "setkey"), tracedProgram);
  writeFileSync(join(folder, "case.sh"), caseScript);
  // Who is not root writes there, too.
  for (const path of [folder, work, join(folder, "traces"), join(folder, "setkey")]) chmodSync(path, 0o777);
}

const environment = (folder: string, program: string): NodeJS.ProcessEnv => ({
  PATH: `${process.env["PATH"]}:/usr/sbin:/sbin`,
  LC_ALL: "C",
  TZ: "UTC",
  CASE: folder,
  SETKEY: join(folder, "setkey"),
  PEER: program,
  STDOUT: join(folder, "stdout"),
});

function outcomesOf(folder: string): [name: string, content: string][] {
  const { sent, received } = lastTraffic(join(folder, "traces"));
  const hex = (messages: (Uint8Array | undefined)[]) =>
    messages
      .map((bytes) => `${bytes === undefined ? "!ERR" : Buffer.from(bytes).toString("hex")}\n`)
      .join("");
  return outcomes.map((name) => {
    if (name === "sent.hex") return [name, hex(sent)];
    if (name === "received.hex") return [name, hex(received)];
    return [name, readFileSync(join(folder, name), "latin1")];
  });
}

/** Of the program that was started last, where a case starts several. */
function lastTraffic(traces: string): Traffic {
  const textsOf = (run: string) =>
    readdirSync(join(traces, run)).map((file) => readFileSync(join(traces, run, file), "latin1"));
  const firstLine = (texts: readonly string[]) => texts.toSorted()[0] ?? "";
  const runs = readdirSync(traces)
    .map(textsOf)
    .toSorted((one, other) => (firstLine(one) < firstLine(other) ? -1 : 1));
  return trafficOf(runs.at(-1) ?? []);
}

function filesWritten(work: string, given: ReadonlyMap<string, string>): [name: string, content: string][] {
  return readdirSync(work)
    .filter((name) => !given.has(name))
    .map((name) => [name, readFileSync(join(work, name), "latin1")]);
}

function inOrder(parts: readonly [name: string, content: string][]): Map<string, string> {
  const place = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length);
  const byName = parts.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return new Map(byName.toSorted(([one], [other]) => place(one) - place(other)));
}
