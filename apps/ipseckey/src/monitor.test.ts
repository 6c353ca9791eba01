import type { KeySocket } from "@keysock/wire";
import { expect, it } from "vitest";
import { machine } from "./testing/machine.ts";
import type { TestIo } from "./testing/test-io.ts";

/** A socket that tells once that messages were lost, then has what was asked for; ^C comes when there is no more. */
function losing(socket: KeySocket, io: TestIo): KeySocket {
  let reads = 0;
  return {
    ...socket,
    receive() {
      reads += 1;
      if (reads === 1) throw Object.assign(new Error("messages may be missing"), { code: "ENOBUFS" });
      const bytes = socket.receive(0);
      if (bytes === undefined) io.interrupt();
      return bytes;
    },
  };
}

const banner = "Passively monitoring the PF_KEY socket.\n";
const interrupted = "ipseckey: Bailing on signal 2.\n";
const nothingToList = [
  "Read 16 bytes.",
  "Timestamp: Thu Oct 17 16:11:52 2019",
  "Base message (version 2) type DUMP, SA type <unspecified/all>.",
  "Message length 16 bytes, seq=0, pid=4242.\n\n",
].join("\n");

it.each([
  {
    name: "says so and lists what there is",
    argv: ["pmonitor"],
    stdout: banner + nothingToList,
    stderr: `ipseckey: messages may be missing\nipseckey: what there is now follows\n${interrupted}`,
  },
  {
    name: "goes on as the original does",
    argv: ["--compat=illumos", "pmonitor"],
    stdout: banner,
    stderr: interrupted,
  },
])("$argv $name when messages were lost", async ({ argv, stdout, stderr }) => {
  const { ipseckey, host } = machine({ socket: losing });
  Object.assign(host, { uid: 0 });
  expect(await ipseckey(argv)).toEqual({ exit: 2, stdout, stderr });
});
