import type { KeySocket } from "@keysock/wire";
import { expect, it } from "vitest";
import { machine } from "./testing/machine.ts";
import type { TestIo } from "./testing/test-io.ts";

/** A socket that tells once that messages were lost; ^C comes at the next read. */
function losing(socket: KeySocket, io: TestIo): KeySocket {
  let reads = 0;
  return {
    ...socket,
    receive() {
      reads += 1;
      if (reads === 1) throw Object.assign(new Error("messages may be missing"), { code: "ENOBUFS" });
      io.interrupt();
      return undefined;
    },
  };
}

const face = { exit: 2, stdout: "Passively monitoring the PF_KEY socket.\n" };

it.each([
  {
    argv: ["pmonitor"],
    shown: { ...face, stderr: "ipseckey: messages may be missing\nipseckey: Bailing on signal 2.\n" },
  },
  { argv: ["--compat=illumos", "pmonitor"], shown: { ...face, stderr: "ipseckey: Bailing on signal 2.\n" } },
])("$argv goes on when messages were lost", async ({ argv, shown }) => {
  const { ipseckey, host } = machine({ socket: losing });
  Object.assign(host, { uid: 0 });
  expect(await ipseckey(argv)).toEqual(shown);
});
