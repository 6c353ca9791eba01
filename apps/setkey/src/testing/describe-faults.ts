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
  kernelWays,
  NetworkNamespace,
  removeModule,
  runWithoutNetAdmin,
  unreadBytes,
  until,
} from "@keysock/kernel-lab";
import type { Connect } from "../program.ts";
import { run } from "../run.ts";
import { testIo } from "./test-io.ts";

/** The command as a program. */
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

/** What goes wrong between setkey and a kernel, over one way to it. */
export function describeFaults(via: keyof typeof kernelWays): void {
  const { noPrivilege, lost, copies } = kernelWays[via];
  const way = `--via=${via}`;
  let network: NetworkNamespace;
  const started: Background[] = [];
  const start = (...command: [string, ...string[]]): Background => {
    const program = new Background(command);
    started.push(program);
    return program;
  };
  const asHeard = (spis: readonly number[]): number[] => spis.flatMap((spi) => Array(copies).fill(spi));
  /** Waits until each shows the last SA as often as it hears it, and the empty line behind it. */
  async function allShown(monitors: readonly Background[]): Promise<readonly Background[]> {
    const end = new RegExp(`(spi=${last} [^]*?\\n\\r?\\n[^]*){${copies}}`);
    for (const program of monitors) {
      await until("a monitor shows the last SA", () => end.test(program.stdoutEnd));
    }
    return monitors;
  }
  /** A monitor that hears all from now on. */
  async function monitor(...argv: string[]): Promise<Background> {
    const program = start(bin, way, "-x", ...argv);
    await until("a monitor has begun", () => program.stdoutEnd.split("\n").length > copies);
    return program;
  }
  /** More SAs than a monitor has room for. */
  const tooMany = crowdSpis(0x1000, 4000 / copies);
  /** A monitor that reads nothing until they are added. */
  async function lateMonitor(...argv: string[]): Promise<Background> {
    const program = await monitor(...argv);
    program.signal("SIGSTOP");
    ipCrowd("add", tooMany);
    program.signal("SIGCONT");
    return program;
  }
  /** It shows those for which there was room, and what comes then. */
  async function checkGoesOn(program: Background): Promise<void> {
    await until("it has read all", () => unreadBytes() === 0);
    ip("xfrm", "state", "flush");
    ipCrowd("add", [last]);
    await allShown([program]);
    const shown = shownSpis(program.stdout);
    const kept = shown.length - copies;
    assert.ok(kept > 2000 && kept < 4000, `${kept}`);
    assert.deepEqual(shown, [...asHeard(tooMany).slice(0, kept), ...asHeard([last])]);
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
          stderr: `setkey: ${noPrivilege}\n`,
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
        stderr: `setkey: ${noPrivilege}\n`,
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
        assert.deepEqual(shownSpis(stdout), asHeard([...spis, last]));
      }
      assert.equal(withoutTimes(monitors[0]!.stdout), withoutTimes(monitors[1]!.stdout));
      assert.deepEqual(
        monitors.map(({ stderr }) => stderr),
        ["", ""],
      );
    });

    test("says that messages may be missing, lists what there is, and goes on", async () => {
      const program = await lateMonitor();
      await until("it has listed the policies, too", () => noPolicies.test(program.stdoutEnd));
      await checkGoesOn(program);
      assert.deepEqual(shownSpis(program.stdout, dump), asHeard(tooMany.toReversed()));
      assert.equal(program.stderr, `setkey: ${lost}\nsetkey: what there is now follows\n`);
    });

    test("goes on as the original does where messages are missing, under --compat", async () => {
      const program = await lateMonitor("--compat=ipsec-tools");
      await checkGoesOn(program);
      assert.deepEqual(shownSpis(program.stdout, dump), []);
      assert.equal(program.stderr, "");
    });

    test("ends at ^C as the original does; the terminal is as it was, and what came is shown", async () => {
      const command = `trap : INT; stty -g; ${process.execPath} ${bin} ${way} -x; echo "status $?"; stty -g`;
      const program = start("script", "-qec", `sh -c '${command}'`, "/dev/null");
      await until("the monitor has begun", () => program.stdoutEnd.split("\r\n").length > copies + 1);
      ipCrowd("add", [last]);
      await allShown([program]);
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

/** SADB_ADD and SADB_DUMP (RFC 2367 section 2.3.1). */
const add = 3;
const dump = 10;
/** The answer to SADB_X_SPDDUMP where there are none: ENOENT. */
const noPolicies = /^sadb_msg\{ version=2 type=18 errno=2 /m;

/** The SPIs of the messages of a type that a monitor shows. */
const shownSpis = (stdout: string, wanted = add): number[] =>
  Array.from(
    stdout.matchAll(/^sadb_msg\{ version=2 type=(\d+) .*\n(?:.+\n)*?sadb_sa\{ spi=(\d+)/gm),
    ([, type, spi]) => ({ type: Number(type), spi: Number(spi) }),
  ).flatMap(({ type, spi }) => (type === wanted ? [spi] : []));

/** What a monitor shows from the first message of others on. */
const withoutTimes = (stdout: string): string =>
  stdout.slice(stdout.indexOf("sadb_msg{")).replaceAll(/^\d\d:\d\d:\d\d\.\d{6} $/gm, "TIME");

/** What is said where the kernel has neither PF_KEY nor XFRM. Their modules are not loaded again. */
export function describeWithoutModules(): void {
  const gone = [
    {
      via: "pfkey",
      text: "this kernel has no PF_KEY sockets: Address family not supported by protocol (EAFNOSUPPORT); load the module af_key, or go by XFRM (--via=xfrm)",
      errno: "Address family not supported by protocol",
    },
    {
      via: "xfrm",
      text: "this kernel has no netlink (protocol 6) sockets: Protocol not supported (EPROTONOSUPPORT); load the module that speaks it (xfrm_user for 6)",
      errno: "Protocol not supported",
    },
    {
      via: "auto",
      text: "this kernel has neither PF_KEY nor XFRM: to try a command without a kernel, use --via=engine",
      errno: "Address family not supported by protocol",
    },
  ];
  describe("setkey without the modules af_key and xfrm_user", () => {
    before(() => {
      removeModule("af_key");
      removeModule("xfrm_user");
    });

    for (const { via, text, errno } of gone) {
      test(via, async () => {
        const way = `--via=${via}`;
        assert.deepEqual(await setkey(way, "-D"), { exit: 1, stdout: "", stderr: `setkey: ${text}\n` });
        assert.deepEqual(await setkey("--compat=ipsec-tools", way, "-D"), {
          exit: 1,
          stdout: "",
          stderr: `pfkey_open: ${errno}\n`,
        });
      });
    }
  });
}
