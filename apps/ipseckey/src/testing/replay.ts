import type { IpseckeyCase } from "@keysock/goldens";
import { tableHost } from "@keysock/host";
import { illumos, inByteOrder } from "@keysock/wire";
import { run } from "../run.ts";
import { scriptedPeer } from "./scripted-peer.ts";
import { type TestFile, testFiles } from "./test-files.ts";
import { testIo } from "./test-io.ts";

/** What a run showed. */
export interface Shown {
  stdout: string;
  stderr: string;
  exit: number;
  /** In hexadecimal digits. */
  sent: string[];
  saved: Record<string, TestFile>;
}

/** What of a recorded case plays it again. */
type Played = Pick<IpseckeyCase, "argv" | "environment" | "files" | "replies" | "saved" | "stdin">;

/** The dialect of the recordings. */
export const recordedDialect = inByteOrder(illumos, "little");

/** What the recordings' resolver and databases knew. */
export const recordedMachine = {
  now: 1571328712_000,
  pid: 4242,
  names: {
    localhost: ["127.0.0.1", "::1"],
    "me.domain.com": ["192.0.2.1"],
    "you.domain.com": ["192.0.2.2"],
    mypeer: ["192.0.2.9"],
    "multi.example": ["192.0.2.51", "192.0.2.52", "2001:db8::51", "2001:db8::52"],
    "dual.example": ["192.0.2.61", "2001:db8::61"],
    "two4.example": ["192.0.2.71", "192.0.2.72"],
    "two6.example": ["2001:db8::71", "2001:db8::72"],
    "v6only.example": ["2001:db8::66"],
    "ll.example": ["fe80::1"],
    "site.example": ["fec0:bbbb::1"],
  },
  protocols: [
    [1, "icmp", []],
    [4, "ipip", []],
    [6, "tcp", []],
    [17, "udp", []],
    [41, "ipv6", []],
  ] as const,
};

/** Runs a recorded case again, the peer of its script behind the socket. */
export async function replay(recorded: Played): Promise<Shown> {
  const { environment, replies } = recorded;
  const host = tableHost({ ...recordedMachine, uid: Number(environment.get("IPK_UID") ?? 0) });
  const files = new Map<string, TestFile>(recorded.files);
  files.set("/var/run/ipsec_kmc_map", { content: "1\tbuiltin-label one\n", mode: 0o644 });
  const io = testIo({
    files: testFiles(files),
    input: [recorded.stdin],
    environment: Object.fromEntries(environment),
  });
  const socket = scriptedPeer(replies, recordedDialect, { interrupt: io.interrupt, pass: host.sleep });
  const errno = Number(environment.get("IPK_SOCKERR") ?? 0);
  const connect = () => {
    if (errno !== 0) throw Object.assign(new Error("no socket"), { errno, code: errno === 1 ? "EPERM" : "" });
    return { socket, via: "test", kernel: true };
  };
  const exit = await run(["--compat=illumos", ...recorded.argv], io, host, connect);
  return {
    stdout: io.stdout(),
    stderr: io.stderr(),
    exit,
    sent: socket.sent.map((bytes) => Buffer.from(bytes).toString("hex")),
    saved: Object.fromEntries(
      [...files].filter(([name]) => recorded.saved.has(name) || !known(name, recorded)),
    ),
  };
}

const known = (name: string, { files }: Pick<IpseckeyCase, "files">): boolean =>
  files.has(name) || name === "/var/run/ipsec_kmc_map";
