import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { cpuMsOf, peakBytesOf } from "./proc.ts";
import { type Report, reportFile, reportOf } from "./report.ts";

/** What became of a child process. */
export interface Outcome {
  status: number | null;
  wallMs: number;
  /** From the start of the process to the first byte of its standard output. */
  firstByteMs: number | undefined;
  /** SAs in a listing on standard output. */
  entries: number;
  /** The first line that it printed on standard error, or else on standard output. */
  firstLine: string;
  report: Partial<Report>;
}

/** In what ends each SA of a listing. */
const entryMark = "\tsadb_seq=";

/** Runs one of ours to its end. It reports what it used itself. */
export function runOurs(argv: readonly string[]): Promise<Outcome> {
  const usage = new URL("../dist/usage.js", import.meta.url).href;
  return outcomeOf(process.execPath, ["--import", usage, ...argv]);
}

/** Runs a program that reports nothing: it is looked at every few milliseconds. */
export function runWatched(command: string, argv: readonly string[]): Promise<Outcome> {
  return outcomeOf(command, argv, watchProcess);
}

/** Longer than any of them takes, also under emulation. */
const longestMs = 600_000;

async function outcomeOf(
  command: string,
  argv: readonly string[],
  watching: (child: ChildProcess) => Watch = watchNothing,
): Promise<Outcome> {
  const started = performance.now();
  const child = spawn(command, argv, { stdio: ["ignore", "pipe", "pipe", "pipe"], timeout: longestMs });
  const watch = watching(child);
  const listing = readListing(child.stdout as Readable, started);
  const errors = readText(child.stderr as Readable);
  const told = readText(child.stdio[reportFile] as Readable);
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    const wallMs = performance.now() - started;
    const { firstByteMs, entries, head } = listing;
    const firstLine = (errors.text || head).split("\n", 1)[0]!;
    return {
      status,
      wallMs,
      firstByteMs,
      entries,
      firstLine,
      report: { ...watch.seen, ...reportOf(told.text) },
    };
  } finally {
    watch.stop();
  }
}

/** What is seen of a process from outside. */
interface Watch {
  readonly seen: Partial<Report>;
  stop(): void;
}

const watchNothing = (): Watch => ({ seen: {}, stop() {} });

const betweenLooksMs = 5;

function watchProcess({ pid }: ChildProcess): Watch {
  const seen: Partial<Report> = {};
  const timer = setInterval(() => {
    if (pid === undefined) return;
    const [cpuMs, peakBytes] = [cpuMsOf(pid), peakBytesOf(pid)];
    if (cpuMs !== undefined) seen.cpuMs = cpuMs;
    if (peakBytes !== undefined) seen.peakBytes = peakBytes;
  }, betweenLooksMs);
  return { seen, stop: () => clearInterval(timer) };
}

/** Counts the entries of a listing without holding it. */
function readListing(stream: Readable, started: number) {
  const read = { firstByteMs: undefined as number | undefined, entries: 0, head: "" };
  let tail = "";
  stream.on("data", (data: Buffer) => {
    read.firstByteMs ??= performance.now() - started;
    const text = tail + data.toString("latin1");
    if (read.head === "") read.head = text.slice(0, longestHead);
    for (let at = text.indexOf(entryMark); at !== -1; at = text.indexOf(entryMark, at + 1)) read.entries += 1;
    tail = text.slice(1 - entryMark.length);
  });
  return read;
}

const longestHead = 200;

function readText(stream: Readable) {
  const read = { text: "" };
  stream.on("data", (data: Buffer) => {
    read.text += data.toString("latin1");
  });
  return read;
}
