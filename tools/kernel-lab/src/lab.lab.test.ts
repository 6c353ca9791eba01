import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const lab = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "lab-test-"));
after(() => rmSync(scratch, { recursive: true }));

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

const start = (argv: string[]): ChildProcessWithoutNullStreams => spawn(process.execPath, [lab, ...argv]);

async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("latin1").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("latin1").on("data", (text) => (stderr += text));
  const [status] = await once(child, "close");
  return { status, stdout, stderr };
}

async function run(argv: string[], input: string | Buffer = ""): Promise<Ended> {
  const child = start(argv);
  child.stdin.on("error", () => {}).end(input);
  return ended(child);
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    // It has ended since.
    return [];
  }
}

/** The emulators that have this folder as scratch. */
function emulators(folder: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    const [program = "", ...argv] = commandLine(pid);
    return program.endsWith("qemu-system-x86_64") && argv.some((word) => word.includes(folder));
  });
}

async function gone(folder: string): Promise<boolean> {
  for (let tries = 0; tries < 100 && emulators(folder).length > 0; tries++) await wait(50);
  return emulators(folder).length === 0;
}

const hash = (data: Buffer | string): string => createHash("sha256").update(data).digest("hex");

describe("a command", () => {
  test("has its exit status", async () => {
    const { status, stderr } = await run(["sh", "-c", "exit 3"]);
    assert.equal(status, 3);
    assert.match(stderr, /^kernel-lab: the kernel's messages are in \S+\n$/);
  });

  test("has its streams apart", async () => {
    const all = await run(["sh", "-c", "cat; echo to the other >&2"], "in and out\n");
    assert.deepEqual(all, { status: 0, stdout: "in and out\n", stderr: "to the other\n" });
  });

  test("reads and writes megabytes, whatever bytes they are", async () => {
    const input = randomBytes(3 * 2 ** 20);
    const { stdout } = await run(["cat"], input);
    assert.equal(hash(Buffer.from(stdout, "latin1")), hash(input));
  });

  test("is read to its end by a slow reader", async () => {
    const child = start(["sh", "-c", "seq 1 200000"]);
    child.stdin.end();
    await wait(4000);
    const { stdout } = await ended(child);
    assert.equal(stdout.split("\n").length, 200001);
  });

  test("gets its words as they are", async () => {
    const words = ["a b", "'", '"$HOME"', "new\nline", "", "*", "\\"];
    const { stdout } = await run(["printf", "%s|", ...words]);
    assert.equal(stdout, words.map((word) => `${word}|`).join(""));
  });

  test("that is not there has status 127", async () => {
    assert.equal((await run(["no-such-program"])).status, 127);
  });

  test("is root, in this folder, and alone in its network", async () => {
    const { stdout } = await run(["sh", "-c", "id -u; pwd; ls /sys/class/net"]);
    assert.equal(stdout, `0\n${process.cwd()}\ndummy0\nlo\n`);
  });

  test("has the time of this machine", async () => {
    const { stdout } = await run(["date", "+%s"]);
    const difference = Math.abs(Number(stdout) - Date.now() / 1000);
    assert.ok(difference < 60, `${difference} s apart`);
  });

  test("changes no file here but in the scratch folder", async () => {
    const name = "kernel-lab-was-here";
    const script = `touch ${name} && ls ${name} && echo kept > $LAB_SCRATCH/${name}`;
    const { stdout } = await run(["--scratch", scratch, "sh", "-c", script]);
    assert.equal(stdout, `${name}\n`);
    assert.equal(existsSync(name), false);
    assert.equal(readFileSync(join(scratch, name), "latin1"), "kept\n");
  });

  test("finds PF_KEY, XFRM, ESP, AH and IPComp", async () => {
    const script =
      "cat /proc/net/protocols | grep -c ^KEY; ls /sys/module | grep -xE 'esp[46]|ah[46]|ipcomp6?|xfrm_user'";
    const { stdout } = await run(["sh", "-c", script]);
    assert.equal(stdout, "1\nah4\nah6\nesp4\nesp6\nipcomp\nipcomp6\nxfrm_user\n");
  });
});

describe("the end of a machine", () => {
  test("comes when the time is over", async () => {
    const { status, stderr } = await run(["--scratch", scratch, "--time-limit", "3", "sleep", "100"]);
    assert.equal(status, 124);
    assert.match(stderr, /^kernel-lab: ended after 3 s, the time limit\n/);
    assert.deepEqual(emulators(scratch), []);
  });

  test("comes with a panic, and the kernel's last words are kept", async () => {
    const { status, stderr } = await run(["sh", "-c", "echo c > /proc/sysrq-trigger; sleep 100"]);
    assert.equal(status, 125);
    const [, file = ""] = /the kernel's messages are in (\S+)/.exec(stderr) ?? [];
    assert.match(readFileSync(file, "latin1"), /Kernel panic - not syncing: sysrq triggered crash/);
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
    test(`comes with ${signal}`, async () => {
      const child = start(["--scratch", scratch, "sh", "-c", "echo begun; sleep 100"]);
      await once(child.stdout, "data");
      assert.equal(emulators(scratch).length, 1);
      child.kill(signal);
      await ended(child);
      assert.equal(await gone(scratch), true);
    });
  }

  test("comes when whoever started it is gone", async () => {
    const script = '"$@" & read line; exit';
    const shell = spawn("sh", [
      "-c",
      script,
      "sh",
      process.execPath,
      lab,
      "--scratch",
      scratch,
      "sleep",
      "100",
    ]);
    while (emulators(scratch).length === 0) await wait(50);
    shell.kill("SIGKILL");
    assert.equal(await gone(scratch), true);
  });

  test("comes when nobody reads any more", async () => {
    const child = start(["--scratch", scratch, "yes"]);
    await once(child.stdout, "data");
    child.stdout.destroy();
    await once(child, "exit");
    assert.equal(await gone(scratch), true);
  });
});

describe("a wrong command line", () => {
  for (const { argv, says } of [
    { argv: [], says: "no command: expected a program and its arguments" },
    { argv: ["--scratch"], says: '"--scratch" lacks its value' },
    {
      argv: ["--fast", "1", "ls"],
      says: '"--fast" is no option of the lab: expected --scratch or --time-limit',
    },
    { argv: ["--time-limit", "soon", "ls"], says: '"soon" is no time limit: expected seconds, more than 0' },
  ]) {
    test(`is explained: ${argv.join(" ") || "nothing"}`, async () => {
      const { status, stderr } = await run(argv);
      assert.equal(status, 2);
      assert.equal(stderr.split("\n")[0], `kernel-lab: ${says}`);
    });
  }
});
