import { expect, it } from "vitest";
import { ipseckeyCase, ipseckeyCases } from "./ipseckey-case.ts";
import { fromHex } from "./recorded-case.ts";

it("reads every case", () => {
  const cases = ipseckeyCases();
  expect(cases.length).toBe(1070);
  expect(cases.map(({ name }) => name)).toEqual(cases.map(({ name }) => name).toSorted());
  for (const { command, exit } of cases) {
    expect(command).toMatch(/(^| )ipseckey( |$)/);
    expect(Number.isInteger(exit)).toBe(true);
  }
});

it("reads a case with everything that a case can have", () => {
  expect(ipseckeyCase("smf-nonroot")).toEqual({
    name: "smf-nonroot",
    command: "IPK_UID=5 SMF_FMRI=svc:/network/ipsec/manual-key:default ipseckey flush",
    environment: new Map([
      ["IPK_UID", "5"],
      ["SMF_FMRI", "svc:/network/ipsec/manual-key:default"],
    ]),
    argv: ["flush"],
    stdin: "",
    files: new Map(),
    replies: [],
    stdout: "",
    stderr: "ipseckey: Insufficient privileges to run ipseckey.\n",
    syslog: "",
    exit: 1,
    sent: [],
    saved: new Map(),
  });
  expect(ipseckeyCase("save-sockerr")).toMatchObject({
    argv: ["-s", "out.keys"],
    files: new Map([["out.keys", { content: "old", mode: 0o400 }]]),
    saved: new Map([["out.keys", { content: "", mode: 0o400 }]]),
  });
  expect(ipseckeyCase("file-perm640")).toMatchObject({
    argv: ["-f", "input"],
    stdin: "",
    files: new Map([["input", { content: "flush ah\n", mode: 0o640 }]]),
  });
  expect(ipseckeyCase("file-twice").files).toEqual(
    new Map([
      ["input2", { content: "flush esp\n", mode: 0o600 }],
      ["input", { content: "flush ah\n", mode: 0o600 }],
    ]),
  );
  expect(ipseckeyCase("argv-empty").argv).toEqual([""]);
  expect(ipseckeyCase("help-question").argv).toEqual(["?"]);
  expect(ipseckeyCase("k-wrongtype-flush").syslog).toBe("doflush: Return message not of type SADB_FLUSH!\n");
});

it("reads standard input and what was sent", () => {
  const { argv, stdin, sent } = ipseckeyCase("save-interactive");
  expect(argv).toEqual([]);
  expect(stdin).toBe("save esp\nsave ah out.keys\nsave\nflush\n");
  expect(sent).toEqual([
    fromHex("020a0003020000000100000092100000"),
    fromHex("020a0002020000000200000092100000"),
    fromHex("02090000020000000300000092100000"),
  ]);
});

it("reads every kind of scripted reply", () => {
  const replies = ipseckeyCases().flatMap((recorded) => recorded.replies);
  const counts: Record<string, number> = {};
  for (const { kind } of replies) counts[kind] = (counts[kind] ?? 0) + 1;
  expect(counts).toEqual({
    message: 291,
    echo: 16,
    error: 187,
    "dump-end": 226,
    timeout: 1,
    interrupt: 2,
    "read-error": 5,
    "write-error": 4,
  });
  expect(replies.filter((reply) => reply.kind === "message" && reply.exact).length).toBe(48);
  expect(ipseckeyCase("save-err").replies).toEqual([{ kind: "error", errno: 12, diagnostic: 0 }]);
  expect(ipseckeyCase("k-wrongtype-flush").replies).toEqual([
    { kind: "message", bytes: fromHex("02090002020000000100000092100000"), exact: false },
  ]);
});
