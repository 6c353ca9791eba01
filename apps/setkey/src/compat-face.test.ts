import { createEngine } from "@keysock/engine";
import { tableHost } from "@keysock/host";
import { describe, expect, it } from "vitest";
import { run } from "./run.ts";
import { testIo } from "./testing/test-io.ts";

async function shown(argv: readonly string[], text: string) {
  const host = tableHost();
  const io = testIo({ files: new Map([["a.conf", text]]), input: text });
  const engine = createEngine({ personality: "linux", clock: host });
  const connect = () => ({ socket: engine.connect(), via: "test", kernel: true });
  const exit = await run(["--compat=ipsec-tools", ...argv], io, host, connect);
  return { stdout: io.stdout(), stderr: io.stderr(), exit };
}

const file = ["-f", "a.conf"];
const add = "add 10.0.0.1 10.0.0.2 esp 0x5001";

describe("--compat=ipsec-tools", () => {
  // biome-ignore format: one row a line
  const rows: [name: string, argv: string[], text: string, stdout: string, stderr: string, exit: number][] = [
    ["a wrong key before a syntax error", file, `${add} -E des-cbc 0x0102 junk;`, "line 1: Invalid key length at [0x0102]\nparse failed, line 1.\n", "16 64 64\n", 1],
    ["a warning before a syntax error", file, `${add} -E simple junk;`, "line 1: WARNING: obsolete algorithm at [simple]\nline 1: syntax error at [junk]\nparse failed, line 1.\n", "", 1],
    ["a prompt that goes on behind both", ["-c"], "spdadd 10.0.0.1 10.0.0.2 foo -P out none , ;\ndump;\n", "line 0: invalid upper layer protocol at [foo]\nNo SAD entries.\n", "", 0],
    ["-n sends no flush", ["-n", "-v", "-F"], "", "", "", 0],
    ["-n sends no dump", ["-n", "-DP"], "", "", "", 0],
    ["a NUL between statements", file, "flush; \0 dump;", "line 1: Syntax error at []\n", "", 1],
    ["a NUL in a key", file, `${add} -E des-cbc "ab\0cd";`, "line 1: Invalid key length at [ab]\nparse failed, line 1.\n", "40 64 64\n", 1],
    ["a NUL in a line of the prompt", ["-c"], "flush;\0 bogus;\ndump;\n", "No SAD entries.\n", "", 0],
  ];
  it.each(rows)("%s", async (_, argv, text, stdout, stderr, exit) => {
    expect(await shown(argv, text)).toEqual({ stdout, stderr, exit });
  });
});
