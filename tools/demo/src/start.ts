// Both commands at work, each over an engine that another process serves: no kernel is touched.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = (name: string) =>
  fileURLToPath(new URL(`../../../apps/${name}/bin/${name}`, import.meta.url));

/** Starts an engine on a Unix socket; done when it listens. */
async function serve(path: string, personality: string, daemons: ChildProcess[]): Promise<void> {
  const daemon = spawn(program("keysockd"), ["--listen", path, "--personality", personality], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  daemons.push(daemon);
  const ended = once(daemon, "exit").then(([status]) => {
    throw new Error(`keysockd ended with ${status} before it listened`);
  });
  await Promise.race([once(daemon.stdout!, "data"), ended]);
  ended.catch(() => {});
}

/** Runs a command as a user would, and shows how. */
function show(name: string, path: string, argv: string[]): void {
  process.stdout.write(`\n$ ${name} --via=unix:${path} ${argv.join(" ")}\n`);
  const { status } = spawnSync(program(name), [`--via=unix:${path}`, ...argv], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) process.exitCode = 1;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "keysock-"));
  const linux = join(folder, "linux");
  const illumos = join(folder, "illumos");
  const daemons: ChildProcess[] = [];
  const leaveNothing = async () => {
    const running = daemons.filter(({ exitCode }) => exitCode === null);
    for (const daemon of running) daemon.kill();
    await Promise.all(running.map((daemon) => once(daemon, "exit")));
    rmSync(folder, { recursive: true, force: true });
  };
  // Nobody may read to the end, or wait for it.
  process.stdout.on("error", () => {});
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, async () => {
      await leaveNothing();
      process.exit(1);
    });
  }
  try {
    await serve(linux, "linux", daemons);
    await serve(illumos, "illumos", daemons);
    show("setkey", linux, ["-f", "examples/setkey.conf"]);
    show("setkey", linux, ["-D"]);
    show("setkey", linux, ["-DP"]);
    show("ipseckey", illumos, ["-n", "-f", "examples/ipseckeys"]);
    show("ipseckey", illumos, ["-n", "dump"]);
  } finally {
    await leaveNothing();
  }
  process.stdout.write(`
No kernel was touched: the SAs and policies above lived in two engines in user space and are gone.
To load them into this machine's kernel:   sudo apps/setkey/bin/setkey -f examples/setkey.conf
and to see what the kernel has:            sudo apps/setkey/bin/setkey -D   (and -DP)
`);
}

await main();
