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
import { testFiles } from "./test-files.ts";
import { testIo } from "./test-io.ts";

/** The command as a program. */
const bin = fileURLToPath(new URL("../../bin/ipseckey", import.meta.url));
/** The SPI of what is added last. */
const last = 0x9000;

const host = nativeHost();
const connect: Connect = ({ via, dialect }) =>
  openKeySocket({ via, dialect, defaultDialect: "illumos", host });

/** Runs the command in this process. */
async function ipseckey(...argv: string[]): Promise<{ exit: number; stdout: string; stderr: string }> {
  const files = testFiles(new Map([["x.conf", { content: "flush\n", mode: 0o600 }]]));
  const io = testIo({ files, input: ["flush\n"], platform: "linux" });
  const exit = await run(argv, io, host, connect);
  return { exit, stdout: io.stdout(), stderr: io.stderr() };
}

/** What goes wrong between ipseckey and a kernel, over one way to it. */
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
  /** A monitor that hears from now on what its kind hears. */
  async function monitor(kind: "monitor" | "passive_monitor"): Promise<Background> {
    const program = start(bin, way, "-n", kind);
    const begun = kind === "monitor" ? new RegExp(`(type X_PROMISC,[^]*){${copies}}\n\n`) : /monitoring/;
    await until(`${kind} has begun`, () => begun.test(program.stdoutEnd));
    return program;
  }
  beforeEach(() => {
    network = new NetworkNamespace();
  });
  afterEach(() => {
    for (const program of started.splice(0)) program.close();
    network.close();
  });

  describe(`ipseckey without CAP_NET_ADMIN over ${via}`, () => {
    const wanting = [
      ["dump"],
      ["flush"],
      ["monitor"],
      ["passive_monitor"],
      ["-f", "x.conf"],
      ["-s", "y.conf"],
      [],
    ];
    for (const argv of wanting) {
      test(argv.join(" ") || "commands that are typed", async () => {
        assert.deepEqual(await asNobody(() => ipseckey(way, ...argv)), {
          exit: 1,
          stdout: "",
          stderr: `ipseckey: ${noPrivilege}\n`,
        });
        assert.deepEqual(await asNobody(() => ipseckey("--compat=illumos", way, ...argv)), {
          exit: 1,
          stdout: "",
          stderr: "ipseckey: Insufficient privileges to run ipseckey.\n",
        });
      });
    }

    test("as a program of root that has lost it", () => {
      assert.deepEqual(runWithoutNetAdmin(process.execPath, bin, way, "dump"), {
        status: 1,
        stdout: "",
        stderr: `ipseckey: ${noPrivilege}\n`,
      });
    });
  });

  describe(`the monitors of ipseckey over ${via}`, () => {
    test("show all that another process does, in order, the passive one once and the other as the kernel has it", async () => {
      const spis = crowdSpis(0x1000, 500);
      const passive = [await monitor("passive_monitor"), await monitor("passive_monitor")];
      const active = await monitor("monitor");
      const adding = ipCrowdMeanwhile("add", spis);
      const list = async () => {
        const { exit, stdout, stderr } = await ipseckey(way, "-n", "dump", "ah");
        const listed = spisIn(stdout);
        assert.deepEqual(
          { exit, stderr, listed },
          { exit: 0, stderr: "", listed: spis.slice(0, listed.length).toReversed() },
        );
        return listed.length;
      };
      await list();
      await adding;
      assert.equal(await list(), spis.length);
      ipCrowd("add", [last]);
      await shown(passive, 1);
      await shown([active], copies);
      for (const { stdout } of passive) assert.deepEqual(shownSpis(stdout), [...spis, last]);
      assert.deepEqual(
        shownSpis(active.stdout),
        [...spis, last].flatMap((spi) => Array(copies).fill(spi)),
      );
      assert.deepEqual(
        [...passive, active].map(({ stderr }) => stderr),
        ["", "", ""],
      );
    });

    test("say that messages may be missing, list what there is, and go on", async () => {
      const spis = crowdSpis(0x1000, 4000);
      const oldest = new RegExp(` type DUMP,[^]* spi=0x${spis[0]!.toString(16)},[^]*\\n\\n`);
      const program = await monitor("passive_monitor");
      program.signal("SIGSTOP");
      ipCrowd("add", spis);
      program.signal("SIGCONT");
      await until("it shows the oldest SA in a listing", () => oldest.test(program.stdoutEnd));
      await until("it has read all", () => unreadBytes() === 0);
      ip("xfrm", "state", "flush");
      ipCrowd("add", [last]);
      await shown([program], 1);
      const added = shownSpis(program.stdout);
      const kept = added.length - 1;
      assert.ok(kept > 2000 && kept < spis.length, `${kept}`);
      assert.deepEqual(added, [...spis.slice(0, kept), last]);
      assert.deepEqual(shownSpis(program.stdout, "DUMP"), spis.toReversed());
      assert.equal(program.stderr, `ipseckey: ${lost}\nipseckey: what there is now follows\n`);
    });

    test("end at ^C as the original does; the terminal is as it was, and what came is shown", async () => {
      const command = `trap : INT; stty -g; ${process.execPath} ${bin} ${way} -n passive_monitor; echo "status $?"; stty -g`;
      const program = start("script", "-qec", `sh -c '${command}'`, "/dev/null");
      await until("the monitor has begun", () => program.stdoutEnd.includes("monitoring"));
      ipCrowd("add", [last]);
      await shown([program], 1);
      program.type("\x03");
      await program.ended;
      const lines = program.stdout.split("\r\n");
      const settings = lines[0]!;
      assert.match(settings, /^[0-9a-f]+(:[0-9a-f]+)+$/);
      assert.deepEqual(lines.slice(-5), ["", "^Cipseckey: Bailing on signal 2.", "status 2", settings, ""]);
    });
  });
}

/** What is said where the kernel has neither PF_KEY nor XFRM. Their modules are not loaded again. */
export function describeWithoutModules(): void {
  const gone = [
    {
      via: "pfkey",
      text: "this kernel has no PF_KEY sockets: Address family not supported by protocol (EAFNOSUPPORT); load the module af_key, or go by XFRM (--via=xfrm)",
    },
    {
      via: "xfrm",
      text: "this kernel has no netlink (protocol 6) sockets: Protocol not supported (EPROTONOSUPPORT); load the module that speaks it (xfrm_user for 6)",
    },
    {
      via: "auto",
      text: "this kernel has neither PF_KEY nor XFRM: to try a command without a kernel, use --via=engine",
    },
  ];
  describe("ipseckey without the modules af_key and xfrm_user", () => {
    before(() => {
      removeModule("af_key");
      removeModule("xfrm_user");
    });

    for (const { via, text } of gone) {
      test(via, async () => {
        const way = `--via=${via}`;
        assert.deepEqual(await ipseckey(way, "dump"), { exit: 1, stdout: "", stderr: `ipseckey: ${text}\n` });
        assert.deepEqual(await ipseckey("--compat=illumos", way, "dump"), {
          exit: 1,
          stdout: "ipseckey: Opening PF_KEY socket\nipseckey: Fatal error - exiting.\n",
          stderr: "",
        });
      });
    }
  });
}

const spisIn = (text: string): number[] =>
  Array.from(text.matchAll(/ spi=0x([0-9a-f]+),/g), ([, spi]) => Number.parseInt(spi!, 16));

/** The SPIs of the messages of a type that a monitor shows. */
const shownSpis = (stdout: string, type = "ADD"): number[] =>
  spisIn(
    stdout
      .split("\nRead ")
      .filter((text) => text.includes(` type ${type},`))
      .join(),
  );

/** Waits until each shows the last SA so many times, and the empty line behind it. */
async function shown(monitors: readonly Background[], times: number): Promise<void> {
  const end = new RegExp(`(spi=0x${last.toString(16)},[^]*?\\n\\r?\\n[^]*){${times}}`);
  for (const program of monitors) {
    await until("a monitor shows the last SA", () => end.test(program.stdoutEnd));
  }
}
