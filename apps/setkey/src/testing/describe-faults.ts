import assert from "node:assert/strict";
import { afterEach, before, beforeEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openKeySocket } from "@keysock/connect";
import { nativeHost } from "@keysock/host/native";
import {
  asNobody,
  Background,
  crowdSpis,
  ip,
  ipCrowd,
  ipCrowdMeanwhile,
  NetworkNamespace,
  removeModule,
  runWithoutNetAdmin,
  unreadBytes,
  until,
} from "@keysock/kernel-lab";
import type { Connect } from "../program.ts";
import { run } from "../run.ts";
import { testIo } from "./test-io.ts";

/** The command as a program: its many files load slowly in a guest, so what this program is bundled into serves too. */
const bin = fileURLToPath(new URL("../../bin/setkey", import.meta.url));
/** The SPI of what is added last. */
const last = 0x9000;

const host = nativeHost();
const connect: Connect = ({ via, dialect }) => openKeySocket({ via, dialect, defaultDialect: "linux", host });

/** Runs the command in this process. */
async function setkey(...argv: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
  const io = testIo({ files: new Map([["x.conf", "flush;"]]), input: "flush;" });
  const exit = await run(argv, io, host, connect);
  return { exit, stdout: io.stdout(), stderr: io.stderr() };
}

/** The first argument with which a test file runs as the command. */
export const asSetkey = "--as-setkey";

/** How a way to the kernel says what is wrong. */
export interface Words {
  noPrivilege: string;
  lost: string;
}

/** What goes wrong between setkey and a kernel, over one way to it. */
export function describeFaults(via: string, words: Words): void {
  const way = `--via=${via}`;
  let network: NetworkNamespace;
  const started: Background[] = [];
  const start = (...command: [string, ...string[]]): Background => {
    const program = new Background(command);
    started.push(program);
    return program;
  };
  /** A monitor that hears all from now on. */
  async function monitor(...argv: string[]): Promise<Background> {
    const program = start(process.execPath, process.argv[1]!, asSetkey, way, "-x", ...argv);
    // The kernel echoes the request that makes it hear all, and answers it.
    await until("a monitor has begun", () => program.stdoutEnd.split("\n").length > 2);
    return program;
  }
  beforeEach(() => {
    network = new NetworkNamespace();
  });
  afterEach(() => {
    for (const program of started.splice(0)) program.close();
    network.close();
  });

  describe(`setkey without CAP_NET_ADMIN over ${via}`, () => {
    for (const argv of [["-D"], ["-DP"], ["-F"], ["-FP"], ["-f", "x.conf"], ["-c"], ["-x"], ["-l", "-D"]]) {
      test(argv.join(" "), async () => {
        assert.deepEqual(await asNobody(() => setkey(way, ...argv)), {
          exit: 1,
          stdout: "",
          stderr: `setkey: ${words.noPrivilege}\n`,
        });
        assert.deepEqual(await asNobody(() => setkey("--compat=ipsec-tools", way, ...argv)), {
          exit: 1,
          stdout: "",
          stderr: "pfkey_open: Operation not permitted\n",
        });
      });
    }

    test("as a program of root that has lost it", () => {
      assert.deepEqual(runWithoutNetAdmin(process.execPath, bin, way, "-D"), {
        status: 1,
        stdout: "",
        stderr: `setkey: ${words.noPrivilege}\n`,
      });
    });
  });

  describe(`setkey -x over ${via}`, () => {
    test("two of them show all that another process does, the same and in order, while others list it", async () => {
      const spis = crowdSpis(0x1000, 1000);
      const monitors = [await monitor(), await monitor()];
      const adding = ipCrowdMeanwhile("add", spis);
      const list = async () => {
        const { exit, stdout, stderr } = await setkey(way, "-D");
        const listed = listedSpis(stdout);
        assert.deepEqual(
          { exit, stderr, listed },
          { exit: 0, stderr: "", listed: spis.slice(0, listed.length).toReversed() },
        );
        return listed.length;
      };
      await list();
      await list();
      await adding;
      assert.equal(await list(), spis.length);
      ipCrowd("add", [last]);
      for (const { stdout } of await allShown(monitors)) {
        assert.deepEqual(shownSpis(stdout), twice([...spis, last]));
      }
      assert.equal(withoutTimes(monitors[0]!.stdout), withoutTimes(monitors[1]!.stdout));
      assert.deepEqual(
        monitors.map(({ stderr }) => stderr),
        ["", ""],
      );
    });

    test("says that messages may be missing, and goes on; not under --compat", async () => {
      const spis = crowdSpis(0x1000, 2000);
      const monitors = [await monitor(), await monitor("--compat=ipsec-tools")];
      for (const program of monitors) program.signal("SIGSTOP");
      ipCrowd("add", spis);
      for (const program of monitors) program.signal("SIGCONT");
      await until("they have read all", () => unreadBytes() === 0);
      ip("xfrm", "state", "flush");
      ipCrowd("add", [last]);
      for (const { stdout } of await allShown(monitors)) {
        const shown = shownSpis(stdout);
        const kept = shown.length - 2;
        assert.ok(kept > 2000 && kept < 2 * spis.length, `${kept}`);
        assert.deepEqual(shown, [...twice(spis).slice(0, kept), last, last]);
      }
      assert.deepEqual(
        monitors.map(({ stderr }) => stderr),
        [`setkey: ${words.lost}\n`, ""],
      );
    });

    test("ends at ^C as the original does; the terminal is as it was, and what came is shown", async () => {
      const command = `trap : INT; stty -g; ${process.execPath} ${bin} ${way} -x; echo "status $?"; stty -g`;
      const program = start("script", "-qec", `sh -c '${command}'`, "/dev/null");
      await until("the monitor has begun", () => program.stdoutEnd.split("\r\n").length > 3);
      ipCrowd("add", [0x1000]);
      await until(
        "the SA is shown twice",
        () => (program.stdout.match(/spi=4096[\s\S]*?\r\n\r\n/g) ?? []).length === 2,
      );
      program.type("\x03");
      await program.ended;
      const lines = program.stdout.split("\r\n");
      const settings = lines[0]!;
      assert.match(settings, /^[0-9a-f]+(:[0-9a-f]+)+$/);
      assert.deepEqual(lines.slice(-4), ["", "^Cstatus 130", settings, ""]);
    });
  });
}

const listedSpis = (stdout: string): number[] =>
  Array.from(stdout.matchAll(/\bspi=(\d+)\(/g), ([, spi]) => Number(spi));

/** The SPIs of the ADD messages that a monitor shows. */
const shownSpis = (stdout: string): number[] =>
  Array.from(stdout.matchAll(/^sadb_msg\{ version=2 type=3 [\s\S]*?^sadb_sa\{ spi=(\d+)/gm), ([, spi]) =>
    Number(spi),
  );

/** A promiscuous socket gets what all get, and that again (af_key.c, pfkey_broadcast). */
const twice = (spis: readonly number[]): number[] => spis.flatMap((spi) => [spi, spi]);

/** What a monitor shows from the first message of others on. */
const withoutTimes = (stdout: string): string =>
  stdout.slice(stdout.indexOf("sadb_msg{")).replaceAll(/^\d\d:\d\d:\d\d\.\d{6} $/gm, "TIME");

/** What is said where the kernel has no PF_KEY. The module is not loaded again. */
export function describeWithoutPfKey(): void {
  describe("setkey without the module af_key", () => {
    before(() => removeModule("af_key"));

    test("over pfkey", async () => {
      assert.deepEqual(await setkey("--via=pfkey", "-D"), {
        exit: 1,
        stdout: "",
        stderr:
          "setkey: this kernel has no PF_KEY sockets: Address family not supported by protocol (EAFNOSUPPORT); load the module af_key, or go by XFRM (--via=xfrm)\n",
      });
      assert.deepEqual(await setkey("--compat=ipsec-tools", "--via=pfkey", "-D"), {
        exit: 1,
        stdout: "",
        stderr: "pfkey_open: Address family not supported by protocol\n",
      });
    });

    test("without a way named", async () => {
      assert.deepEqual(await setkey("-D"), {
        exit: 1,
        stdout: "",
        stderr: 'setkey: "xfrm" is not built in yet: to try a command without a kernel, use --via=engine\n',
      });
    });
  });
}

/** Waits until each shows the last SA: twice, and the empty line behind it. */
async function allShown(monitors: readonly Background[]): Promise<readonly Background[]> {
  const end = new RegExp(`(spi=${last} [^]*?\\n\\n[^]*){2}`);
  for (const program of monitors) {
    await until("a monitor shows the last SA", () => end.test(program.stdoutEnd));
  }
  return monitors;
}
