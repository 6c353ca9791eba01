import { type RecordedCase, setkeyCases } from "@keysock/goldens";
import { describe, expect, it } from "vitest";
import {
  createStatementReader,
  interactiveStatements,
  originalText,
  parseScript,
  SetkeySyntaxError,
} from "./index.ts";

/** What the original prints of an error in a statement's form, and with what it read by then. */
interface Told {
  syntaxErrors: string[];
  statements: number;
}

const line = ({ scannerLine, fatal, at }: SetkeySyntaxError): string =>
  `line ${scannerLine}: ${fatal ? "Syntax" : "syntax"} error at [${at}]`;

function readScript(text: string): Told {
  let statements = 0;
  try {
    for (const _ of parseScript([text], { compat: "ipsec-tools" })) statements += 1;
  } catch (error) {
    if (!(error instanceof SetkeySyntaxError)) throw error;
    return { syntaxErrors: [line(error)], statements };
  }
  return { syntaxErrors: [], statements };
}

function readPrompt(text: string): Told {
  const reader = createStatementReader({ compat: "ipsec-tools", firstLine: 0, separateTexts: true });
  const told: Told = { syntaxErrors: [], statements: 0 };
  for (const statement of interactiveStatements(text.split("\n"))) {
    reader.push(statement);
    try {
      if (reader.next() !== undefined) told.statements += 1;
    } catch (error) {
      if (!(error instanceof SetkeySyntaxError)) throw error;
      told.syntaxErrors.push(line(error));
    }
  }
  return told;
}

const recordedErrors = ({ stdout }: RecordedCase): string[] =>
  stdout.match(/^line \d+: [Ss]yntax error at \[[^\]]*\]$/gm) ?? [];

const inputs = setkeyCases().flatMap((recorded) => {
  const text = recorded.files.get("input.conf");
  if (text === undefined || !/ -[cf]/.test(recorded.command)) return [];
  const read = /-c(?! -f)/.test(recorded.command) ? readPrompt : readScript;
  return [{ name: recorded.name, recorded, text, read }];
});

describe("the inputs of the recorded runs, compatible with ipsec-tools", () => {
  it.each(inputs)("$name", ({ recorded, text, read }) => {
    expect(read(text).syntaxErrors).toEqual(recordedErrors(recorded));
  });

  it("are those of more than two hundred runs, more than twenty of which show a syntax error", () => {
    expect(inputs.length).toBeGreaterThan(220);
    expect(inputs.filter(({ recorded }) => recordedErrors(recorded).length > 0).length).toBeGreaterThan(20);
  });
});

describe("what was loaded before the recorded runs, in both faces", () => {
  const before = setkeyCases().flatMap(({ name, files }) =>
    [...files].filter(([file]) => file === "pre.conf").map(([, text]) => [name, text] as const),
  );
  it.each(before)("%s", (_, text) => {
    const statements = [...parseScript([text])];
    expect(statements.length).toBeGreaterThan(0);
    expect([...parseScript([text], { compat: "ipsec-tools" })]).toEqual(statements);
  });
});

it("statements that are right in both faces mean the same in both", () => {
  const differing = inputs.filter(({ recorded, text, read }) => {
    if (read === readPrompt || recorded.exit !== 0) return false;
    const original = [...parseScript([text], { compat: "ipsec-tools" })];
    return JSON.stringify([...parseScript([text])]) !== JSON.stringify(original);
  });
  expect(differing.map(({ name }) => name)).toEqual([]);
});

describe("policies that are none in the recorded runs", () => {
  const problems = inputs.flatMap(({ name, recorded, text, read }) => {
    if (read === readPrompt || recordedErrors(recorded).length > 0) return [];
    return [...parseScript([text], { compat: "ipsec-tools" })].flatMap((statement) => {
      if (!("policy" in statement) || !("problem" in statement.policy.value)) return [];
      const { message, remark } = statement.policy.value;
      const at = originalText(statement.tokens, statement.policy.token);
      return [{ name, recorded, shown: `line 1: ${message} at [${at}]`, remark }];
    });
  });

  it.each(problems)("$name", ({ recorded, shown, remark }) => {
    expect(recorded.stdout.split("\n")[0]).toBe(shown);
    expect(recorded.stderr).toBe(remark === undefined ? "" : `${remark}\n`);
  });

  it("are all those of which libipsec spoke, and two more", () => {
    const told = inputs.filter(({ recorded }) => recorded.stderr.startsWith("libipsec"));
    expect(problems.map(({ name }) => name)).toEqual(
      [...told.map(({ name }) => name), "spd-err-bad-mode", "spd-err-family-mix"].sort(),
    );
  });
});
