import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { accessSync, closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maskText } from "./testing/masks.ts";

const bin = fileURLToPath(new URL("../bin/setkey", import.meta.url));
const example = fileURLToPath(new URL("../../../examples/setkey.conf", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "setkey-"));

beforeAll(() => {
  try {
    accessSync(fileURLToPath(new URL("../dist/command.js", import.meta.url)));
  } catch {
    throw new Error("the command is not built: run `npm test`, or build before the tests");
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function setkey(argv: string[], options: { input?: string; env?: Record<string, string> } = {}) {
  const { status, stdout, stderr } = spawnSync(bin, argv, {
    input: options.input ?? "",
    encoding: "latin1",
    env: { PATH: process.env["PATH"], TZ: "UTC", ...options.env },
  });
  return { status, stdout: maskText(stdout), stderr };
}

const notAKernel = "setkey: talking to engine, not to a kernel: nothing here protects a packet\n";

describe("the program", () => {
  it("is executable", () => {
    expect(() => accessSync(bin, constants.X_OK)).not.toThrow();
  });

  it.each([
    ["--via=engine", ["--via=engine"], {}],
    ["KEYSOCK_VIA", [], { KEYSOCK_VIA: "engine" }],
    ["--via before KEYSOCK_VIA", ["--via=engine"], { KEYSOCK_VIA: "unix:/nowhere" }],
  ])("loads a file over the engine by %s, and says that this is no kernel", (_, argv, env) => {
    const { status, stdout, stderr } = setkey([...argv, "-f", example], { env });
    expect({ status, stderr, firstLines: stdout.split("\n").slice(0, 2) }).toEqual({
      status: 0,
      stderr: notAKernel,
      firstLines: [
        "10.0.11.41 10.0.11.33 ",
        "\tah mode=transport spi=123456(0x0001e240) reqid=0(0x00000000)",
      ],
    });
  });

  it("says nothing of it under --compat", () => {
    const { status, stderr } = setkey(["--compat=ipsec-tools", "--via=engine", "-D"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("keeps the bytes of a quoted key that is no text", () => {
    const key = String.fromCharCode(...Array.from({ length: 16 }, (_, i) => 0xf0 + i)).replace('"', "!");
    const file = join(folder, "latin1.conf");
    writeFileSync(file, `add 10.0.0.1 10.0.0.2 ah 0x1000 -A hmac-md5 "${key}"; dump;`, "latin1");
    const { stdout } = setkey(["--via=engine", "-f", file]);
    expect(stdout).toContain("\tA: hmac-md5  f0f1f2f3 f4f5f6f7 f8f9fafb fcfdfeff\n");
  });

  it.each([
    [
      "a file that is not there",
      ["-f", "/nowhere/x.conf"],
      "Can't open `/nowhere/x.conf': No such file or directory",
    ],
    ["a folder", ["--via=engine", "-f", "/"], "Can't read `/': Is a directory"],
    [
      "a way that is none",
      ["--via=smoke", "-D"],
      '"smoke" is no way to a key socket: expected auto, pfkey, xfrm, engine or unix:PATH',
    ],
  ])("says what is wrong with %s", (_, argv, text) => {
    const { status, stdout, stderr } = setkey(argv);
    expect({ status, stdout, stderr: stderr.replace(notAKernel, "") }).toEqual({
      status: 1,
      stdout: "",
      stderr: `setkey: ${text}\n`,
    });
  });

  it("ends quietly when nobody reads on", async () => {
    const adds = Array.from({ length: 2000 }, (_, i) => `add 10.0.0.1 10.0.0.2 esp ${1000 + i} -E null;\n`);
    const child = spawn(bin, ["--via=engine", "-c"], { stdio: ["pipe", "pipe", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    child.stdin.end(`${adds.join("")}dump;dump;dump;`);
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect({ status, stderr }).toEqual({ status: 1, stderr: notAKernel });
  });

  it.each([
    ["a dump", ["--via=engine", "-DP"], notAKernel],
    ["usage", ["-Z"], "setkey: invalid option -- 'Z'\n"],
  ])("says so when the output takes no more: %s", (_, argv, before) => {
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(bin, argv, { stdio: ["ignore", full, "pipe"], encoding: "latin1" });
    closeSync(full);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `${before}setkey: Can't write standard output: No space left on device\n`,
    });
  });

  it("says so when the other end goes", async () => {
    const path = join(folder, "going.sock");
    const server = createServer((client) => client.destroy()).listen(path);
    await once(server, "listening");
    const child = spawn(bin, [`--via=unix:${path}`, "-D"], { stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    const [status] = await once(child, "close");
    server.close();
    expect({ status, gone: /^setkey: the peer of .* is gone/m.test(stderr) }).toEqual({
      status: 1,
      gone: true,
    });
  });

  it("ends a monitor by the signal that ends it, after all that was heard is shown", async () => {
    const child = spawn(bin, ["--via=engine", "-x"], { stdio: ["ignore", "pipe", "ignore"] });
    let stdout = "";
    child.stdout.on("data", (data) => {
      stdout += data;
      if (stdout.split("\n").length > 2) child.kill("SIGINT");
    });
    const ended = await new Promise((resolve) =>
      child.on("close", (code, signal) => resolve({ code, signal })),
    );
    expect(ended).toEqual({ code: null, signal: "SIGINT" });
    expect(maskText(stdout)).toBe("TIME \nTIME \n");
  });
});
