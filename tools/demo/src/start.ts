// The main job on the embedded engine: one engine, three runs of the command on it.
import { createEngine } from "@keysock/engine";
import { nativeHost } from "@keysock/host/native";
import { processIo, run } from "@keysock/setkey";

const file = "examples/setkey.conf";
const host = nativeHost();
const engine = createEngine({ personality: "linux", clock: host });
const connect = () => ({ socket: engine.connect(), via: "the embedded engine", kernel: true });
const io = processIo();

for (const argv of [["-f", file], ["-D"], ["-DP"]]) {
  io.out(`\n$ setkey --via=engine ${argv.join(" ")}\n`);
  const status = await run(argv, io, host, connect);
  if (status !== 0) process.exitCode = status;
}
io.out(`
No kernel was touched: the SAs and policies above lived in an engine in user space and are gone.
To load them into this machine's kernel:   sudo apps/setkey/bin/setkey -f ${file}
and to see what the kernel has:            sudo apps/setkey/bin/setkey -D   (and -DP)
`);
io.flush();
