import { tableHost } from "@keysock/host";
import { decode, encode, type KeySocket, linux, request } from "@keysock/wire";
import { expect, it } from "vitest";
import { run } from "./run.ts";
import { testIo } from "./testing/test-io.ts";

/** A kernel that answers the monitor, loses messages, sends one more and breaks. */
function losingSocket(): KeySocket {
  const coming: (Uint8Array | Error)[] = [];
  return {
    dialect: linux,
    send([bytes]) {
      const flush = encode({ ...request("flush", "ah"), pid: 7 }, linux);
      const lost = Object.assign(new Error("messages may be missing"), { code: "ENOBUFS" });
      coming.push(encode(decode(bytes!, linux).message, linux), lost, flush, new Error("it broke"));
    },
    receive() {
      const next = coming.shift();
      if (next instanceof Error) throw next;
      return next;
    },
    close() {},
  };
}

it.each([
  { argv: ["-x"], stderr: "setkey: messages may be missing\nsetkey: it broke\n" },
  { argv: ["--compat=ipsec-tools", "-x"], stderr: "setkey: it broke\n" },
])("$argv goes on when messages were lost", async ({ argv, stderr }) => {
  const io = testIo({});
  const connect = () => ({ socket: losingSocket(), via: "pfkey", kernel: true });
  const exit = await run(argv, io, tableHost({ names: {}, now: 0, pid: 42, uid: 0 }), connect);
  expect({ exit, stderr: io.stderr(), stdout: io.stdout().replaceAll(/^.*\d{6} $/gm, "TIME") }).toEqual({
    exit: 1,
    stderr,
    stdout: "TIME\nTIME\nsadb_msg{ version=2 type=9 errno=0 satype=2\n  len=2 reserved=0 seq=0 pid=7\n\n",
  });
});
