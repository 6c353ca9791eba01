import { tableHost } from "@keysock/host";
import { decode, encode, type KeySocket, linux, request } from "@keysock/wire";
import { expect, it } from "vitest";
import { run } from "./run.ts";
import { testIo } from "./testing/test-io.ts";

/** A kernel that answers the monitor, loses messages, lists one SA and no policies, sends one more message and breaks. */
function losingSocket(): KeySocket {
  const lost = Object.assign(new Error("messages may be missing"), { code: "ENOBUFS" });
  const flush = encode({ ...request("flush", "ah"), pid: 7 }, linux);
  const coming: (Uint8Array | Error)[] = [];
  const later: (Uint8Array | Error)[] = [flush, new Error("it broke")];
  return {
    dialect: linux,
    send(messages) {
      for (const bytes of messages) {
        const { message } = decode(bytes, linux);
        if (message.type === "promisc") coming.push(encode(message, linux), lost);
        else {
          const last = { ...message, sequence: 0 };
          coming.push(
            encode(message.type === "dump" ? { ...last, saType: "ah" } : { ...last, errno: 2 }, linux),
          );
        }
      }
    },
    receive() {
      const next = coming.shift() ?? later.shift();
      if (next instanceof Error) throw next;
      return next;
    },
    close() {},
  };
}

const shown = ({ type, errno, satype, pid }: Record<"type" | "errno" | "satype" | "pid", number>) =>
  `TIME\nsadb_msg{ version=2 type=${type} errno=${errno} satype=${satype}\n  len=2 reserved=0 seq=0 pid=${pid}\n\n`;
const flushed = shown({ type: 9, errno: 0, satype: 2, pid: 7 });
const listed = shown({ type: 10, errno: 0, satype: 2, pid: 42 });
const noPolicies = shown({ type: 18, errno: 2, satype: 0, pid: 42 });

it.each([
  {
    name: "says so and lists what there is",
    argv: ["-x"],
    stderr: "setkey: messages may be missing\nsetkey: what there is now follows\nsetkey: it broke\n",
    stdout: `TIME\n${listed}${noPolicies}${flushed}`,
  },
  {
    name: "goes on as the original does",
    argv: ["--compat=ipsec-tools", "-x"],
    stderr: "setkey: it broke\n",
    stdout: `TIME\n${flushed}`,
  },
])("$argv $name when messages were lost", async ({ argv, stderr, stdout }) => {
  const io = testIo({});
  const connect = () => ({ socket: losingSocket(), via: "pfkey", kernel: true });
  const exit = await run(argv, io, tableHost({ names: {}, now: 0, pid: 42, uid: 0 }), connect);
  expect({ exit, stderr: io.stderr(), stdout: io.stdout().replaceAll(/^.*\d{6} $/gm, "TIME") }).toEqual({
    exit: 1,
    stderr,
    stdout,
  });
});
