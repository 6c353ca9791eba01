import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { maskParts } from "./testing/masks.ts";
import { formatTxtar, parseTxtar } from "./txtar.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "record-test-"));
const setkey = join(folder, "setkey");
chmodSync(folder, 0o755);

/** Runs the recorder on a case, and gives the parts that it writes. */
function recorded(name: string, text: string): Map<string, string> {
  const path = join(folder, `${name}.txtar`);
  const out = join(folder, "out");
  mkdirSync(out, { recursive: true });
  writeFileSync(path, text, "latin1");
  assert.deepEqual(record(["--setkey", setkey, "--out", out, path]), {
    status: 0,
    stdout: `${join(out, `${name}.txtar`)}\n`,
    stderr: "",
  });
  return parseTxtar(readFileSync(join(out, `${name}.txtar`), "latin1"));
}

function record(argv: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [here("../dist/record.js"), ...argv], {
    encoding: "latin1",
    env: { PATH: process.env["PATH"], ...env },
    timeout: 180_000,
  });
  return { status, stdout, stderr };
}

const golden = (name: string): string => readFileSync(here(`../recorded/setkey/${name}.txtar`), "latin1");

/** Our setkey as the original is. */
before(() => {
  const program = here("../../../apps/setkey/bin/setkey");
  writeFileSync(setkey, `#!/bin/sh\nexec ${program} --compat=ipsec-tools "$@"\n`, { mode: 0o755 });
});

describe("a case that is recorded anew is the recorded one", () => {
  for (const name of [
    "man-add-esp",
    "flag-D",
    "flag-DP",
    "flush-flags-empty",
    "err-syntax-char",
    "empty-file",
    "noroot-add",
    "hosts-multi",
  ]) {
    test(name, () => {
      const text = golden(name);
      const parts = recorded(name, text);
      assert.deepEqual(maskParts(parts), maskParts(parseTxtar(text)));
      assert.deepEqual([...parts.keys()], [...parseTxtar(text).keys()]);
    });
  }

  test("monitor-expire, without its sleeps", () => {
    const was = parseTxtar(golden("monitor-expire"));
    const cmd = [
      "$SETKEY -x & P=$!",
      'until [ $(wc -l < "$STDOUT") -ge 2 ]; do sleep 0.1; done',
      "$PEER -f input.conf > peer.stdout 2>&1",
      'for i in $(seq 100); do [ $(grep -c type=8 "$STDOUT") -ge 2 ] && break; sleep 0.1; done',
      "kill $P; wait $P\n",
    ].join("; ");
    const again = () =>
      recorded(
        "monitor-expire",
        formatTxtar([...was].map(([name, text]) => [name, name === "cmd" ? cmd : text])),
      );
    let parts = again();
    // A kernel that is late by a second tells of the hard limit only.
    for (let tries = 1; tries < 3 && parts.get("stdout")?.match(/type=8 /g)?.length === 1; tries++)
      parts = again();
    assert.equal(parts.get("exit"), "143\n");
    assert.deepEqual(maskParts(parts), { ...maskParts(was), cmd });
  });
});

test("a new case needs no more than what is given, of whatever bytes", () => {
  const input = `add 192.0.2.1 192.0.2.2 ah 0x5001 -A hmac-md5 "\xff\xfe3456789abcdef\xe9" ;\nadd \xff ;\n`;
  const parts = recorded(
    "bytes",
    formatTxtar([
      ["cmd", "$SETKEY -f input.conf > listing\n"],
      ["input.conf", input],
    ]),
  );
  assert.deepEqual(
    [...parts.keys()],
    [
      ...["cmd", "input.conf", "stdout", "stderr", "exit", "sent.hex", "received.hex"],
      ...["after.D", "after.DP", "after.ipstate", "after.ippolicy", "listing"],
    ],
  );
  assert.equal(parts.get("input.conf"), input);
  assert.equal(parts.get("listing"), "line 2: Syntax error at [\xff]\n");
  assert.equal(parts.get("exit"), "1\n");
  assert.equal(parts.get("sent.hex")?.includes("fffe33343536373839616263646566e9"), true);
});

describe("says what is missing:", () => {
  const aCase = join(folder, "a.txtar");
  const missing = (message: string) => ({ status: 2, stdout: "", stderr: `record: ${message}\n` });
  before(() => writeFileSync(aCase, "-- cmd --\n$SETKEY -D\n"));

  test("strace", () => {
    assert.deepEqual(
      record(["--setkey", setkey, "--out", folder, aCase], { PATH: folder }),
      missing("there is no strace: install the package strace"),
    );
  });

  for (const path of ["/nowhere/setkey", folder]) {
    test(path === folder ? "the program, where a folder is" : "the program", () => {
      assert.deepEqual(
        record(["--setkey", path, "--out", folder, aCase]),
        missing(`"${path}" is no program: expected the path of a setkey that has been built`),
      );
    });
  }

  test("what to run", () => {
    const empty = join(folder, "empty.txtar");
    writeFileSync(empty, "-- input.conf --\nflush;\n");
    const { status, stderr } = record(["--setkey", setkey, "--out", folder, empty]);
    assert.deepEqual(
      [status, stderr.split("\n")[0]],
      [2, `record: "${empty}" is no case: it has no part "cmd"`],
    );
  });
});
