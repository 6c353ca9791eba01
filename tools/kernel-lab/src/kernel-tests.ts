// Runs each *.kernel.test.ts in a guest of its own and each *.lab.test.ts here, and compares what ran with the manifest.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { PassThrough, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.ts";
import { cacheFolder, type Prepared } from "./cache.ts";
import { guestFile } from "./guest-file.ts";
import { type KernelTestResult, readResult } from "./kernel-test-result.ts";
import { missing, readManifest, writeManifest } from "./manifest.ts";
import { prepare } from "./prepare.ts";
import { toStandardError } from "./progress.ts";
import { type GuestEnd, runInGuest } from "./run-in-guest.ts";
import { stopped } from "./stopped.ts";
import { projectFolder, type TestFile, testFiles } from "./test-files.ts";

const bundles = fileURLToPath(new URL("./kernel-tests/", import.meta.url));
const manifestFile = fileURLToPath(new URL("../manifest.txt", import.meta.url));
const secondsPerFile = 1200;

/** What a test file's program prints, and how it ended. */
interface Run {
  command: string[];
  stdout: PassThrough;
  stderr: PassThrough;
  signal: AbortSignal;
}

/** Runs one bundled test file and tells of each test that fails. */
async function runFile(prepared: Prepared, { name, inGuest }: TestFile, signal: AbortSignal) {
  const began = Date.now();
  const results: KernelTestResult[] = [];
  const other: string[] = [];
  const run: Run = {
    command: [
      ...[process.execPath, "--enable-source-maps", `--test-reporter=${guestFile("test-reporter.mjs")}`],
      join(bundles, `${name}.mjs`),
    ],
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    signal,
  };
  createInterface(run.stdout).on("line", (line) => {
    const result = readResult(line);
    if (result === undefined) other.push(line);
    else results.push({ ...result, kernelTest: `${name} > ${result.kernelTest}` });
  });
  createInterface(run.stderr).on("line", (line) => other.push(line));
  const kernelLog = join(cacheFolder(), `${name}.log`);
  const end = inGuest ? await inOwnGuest(prepared, run, kernelLog) : await here(run);

  const failed = results.filter(({ outcome }) => outcome === "failed");
  const sound = end.status === 0 || (failed.length > 0 && end.trouble === undefined);
  const seconds = Math.round((Date.now() - began) / 1000);
  print(`${name}: ${results.length} tests, ${failed.length} failed, ${seconds} s`);
  for (const { kernelTest, error } of failed) print(`FAILED ${kernelTest}\n${error}\n`);
  if (!sound) print(`BROKEN ${name}: ${end.trouble ?? `status ${end.status}`}`);
  if (end.status !== 0) print([...other, ...(inGuest ? [`kernel log: ${kernelLog}`] : [])].join("\n"));
  return { results, sound: sound && failed.length === 0 };
}

async function inOwnGuest(prepared: Prepared, run: Run, kernelLog: string): Promise<GuestEnd> {
  const scratch = mkdtempSync(join(tmpdir(), "kernel-tests-"));
  try {
    const given = { scratch, kernelLog, folder: projectFolder, timeLimit: secondsPerFile };
    return await runInGuest(prepared, { ...run, ...given, stdin: Readable.from([]) });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function here({ command, stdout, stderr, signal }: Run): Promise<GuestEnd> {
  const [program = "", ...argv] = command;
  const child = spawn(program, argv, {
    cwd: projectFolder,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: secondsPerFile * 1000,
    signal,
  });
  child.stdout.pipe(stdout);
  child.stderr.pipe(stderr);
  const [status, killed] = await once(child, "close");
  return killed === null ? { status } : { status: 1, trouble: `ended by ${killed}` };
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Tests by name, or all; with `--write-manifest` all, and what ran becomes the manifest. */
async function main(argv: readonly string[]): Promise<number> {
  const wanted = argv.filter((word) => !word.startsWith("--"));
  const queue = testFiles().filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  if (queue.length === 0) throw new Error(`no kernel test is called ${wanted.join(", ")}`);

  const began = Date.now();
  const prepared = await prepare(toStandardError);
  mkdirSync(bundles, { recursive: true });
  await bundle(queue, bundles);
  const manifest = readManifest(readFileSync(manifestFile, "utf8"));
  const size = ({ name }: TestFile) => manifest.filter((line) => line.startsWith(`${name} >`)).length;
  queue.sort((a, b) => size(b) - size(a));

  const signal = stopped();
  const results: KernelTestResult[] = [];
  let sound = true;
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const one = await runFile(prepared, next, signal);
      results.push(...one.results);
      sound &&= one.sound;
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: availableParallelism() }, worker));
  for (const ended of workers) if (ended.status === "rejected") throw ended.reason;

  print(`${results.length} tests, ${Math.round((Date.now() - began) / 1000)} s`);
  if (wanted.length > 0) return sound ? 0 : 1;
  if (argv.includes("--write-manifest")) writeFileSync(manifestFile, writeManifest(results));
  const wrong = missing(readManifest(readFileSync(manifestFile, "utf8")), results);
  for (const line of wrong) print(line);
  return sound && wrong.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
