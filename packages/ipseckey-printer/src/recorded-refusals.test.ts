import { ipseckeyCase, ipseckeyCases } from "@keysock/goldens";
import { type Message, saTypeNumber } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { diagnosticText } from "./diagnostic.ts";
import { dumpRefusalText, flushRefusalText, refusalText } from "./refusal.ts";
import { type Happening, happenings, recordedDialect } from "./testing/recorded.ts";
import { usageText } from "./usage.ts";

const options = { dialect: recordedDialect, compat: true };

type Refusal = Extract<Happening, { kind: "reply" }>;

const isRefusal = (happening: Happening): happening is Refusal =>
  happening.kind === "reply" && happening.reply.message.errno !== 0;

/** What is reported on standard output and on standard error. */
function reported(asked: Message, reply: Message): readonly [stdout: string, stderr: string] {
  const saType = saTypeNumber(asked.saType, recordedDialect);
  if (asked.type === "flush") return ["", flushRefusalText(reply, saType, options)];
  if (asked.type === "dump") return ["", dumpRefusalText(reply, options)];
  const { report, failure } = refusalText(asked, reply, options);
  return [report, failure];
}

describe("what ipseckey said of a kernel's refusals", () => {
  for (const recorded of ipseckeyCases()) {
    // As a service it keeps the reports to itself.
    const service = recorded.environment.has("SMF_FMRI");
    const texts = [...happenings(recorded)]
      .filter(isRefusal)
      .map(({ asked, reply }) => reported(asked.message, reply.message));
    if (texts.length === 0) continue;
    it(`${recorded.name}: ${texts.length}`, () => {
      const reports = recorded.stdout.match(
        /^(Association .*\n.*|PF_KEY Diagnostic .*|One of the entered .*)\n/gm,
      );
      expect(reports?.join("") ?? "").toBe(service ? "" : texts.map(([stdout]) => stdout).join(""));
      expect(recorded.stderr).toBe(texts.map(([, stderr]) => stderr).join(""));
    });
  }
});

it("has the original's text for each diagnostic", () => {
  const lines = ipseckeyCase("k-diag-all").stdout.match(/^PF_KEY .*$/gm)!;
  const texts = lines.map(
    (_, code) => `PF_KEY Diagnostic code ${code}: ${diagnosticText(code, { compat: true })}.`,
  );
  expect(texts).toEqual(lines);
  expect(lines.length).toBe(95);
});

it("has the original's usage", () => {
  expect(ipseckeyCase("usage-f-noarg").stderr).toBe(
    `ipseckey: option requires an argument -- f\n${usageText}`,
  );
});
