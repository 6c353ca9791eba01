import { readFileSync } from "node:fs";
import { algorithmBySetkeyName } from "@keysock/algorithms";
import { tableHost } from "@keysock/host";
import { parseScript } from "@keysock/setkey-grammar";
import { linux, linuxXfrm } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { compile } from "./compile.ts";
import { keySizes } from "./key-sizes.ts";
import { StatementError } from "./statement-error.ts";

const document = readFileSync(new URL("../../../docs/xfrm.md", import.meta.url), "utf8");
const script = /^```setkey\n([\s\S]*?)^```$/m.exec(document)![1]!;

describe("the examples of docs/xfrm.md", () => {
  const statements = [...parseScript([script])].map(
    (statement) => [`line ${statement.position.line}`, statement] as const,
  );
  const context = { host: tableHost(), face: "default", forward: "rfc" } as const;

  it.each(statements)("%s compiles over XFRM, and over PF_KEY says where it could be had", (_, statement) => {
    const { command } = compile(statement, { ...context, dialect: linuxXfrm });
    expect(command.next([]).done).toBe(false);
    let refusal: unknown;
    try {
      compile(statement, { ...context, dialect: linux });
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(StatementError);
    expect((refusal as StatementError).reason).toMatch(/ over XFRM only: use --via=xfrm$/);
  });
});

it("its key sizes are the table's", () => {
  const rows = [...document.matchAll(/^\| `-([EA]) (\S+)`(.*?) \| ([\d, ]+) \|/gm)];
  const found = rows.flatMap(([, flag, first, others, sizes]) =>
    [first!, ...[...others!.matchAll(/`(\S+)`/g)].map(([, word]) => word!)].map((word) => [
      flag,
      word,
      sizes,
    ]),
  );
  const expected = found.map(([flag, word]) => {
    const algorithm = algorithmBySetkeyName(flag === "E" ? "encryption" : "authentication", word!)!;
    expect(algorithm.xfrmOnly, word).toBe(true);
    const { min, max, step } = algorithm.keyBits.linux!;
    return [flag, word, keySizes(min, max, { step }).replace(" or", ",").replace(" bits", "")];
  });
  expect(found.length).toBe(10);
  expect(found).toEqual(expected);
});
