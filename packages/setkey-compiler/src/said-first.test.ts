import { tableHost } from "@keysock/host";
import { parseStatement, SetkeySyntaxError } from "@keysock/setkey-grammar";
import { linux } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { type SaidFirst, saidFirst } from "./said-first.ts";

function said(text: string): SaidFirst {
  try {
    parseStatement(text, { compat: "ipsec-tools" });
  } catch (error) {
    if (!(error instanceof SetkeySyntaxError)) throw error;
    return saidFirst(error, { host: tableHost(), dialect: linux, face: "ipsec-tools", forward: "rfc" });
  }
  throw new Error(`no syntax error in ${text}`);
}

const noName = "Name or service not known";
const add = "add 10.0.0.1 10.0.0.2";
const spdadd = "spdadd 10.0.0.1 10.0.0.2";

describe("what ipsec-tools says before a syntax error", () => {
  // biome-ignore format: one row a line
  const rows: [name: string, text: string, refusal: string | undefined, warnings?: string[]][] = [
    ["nothing", `${add} esp 300 -E bogus;`, undefined],
    ["an unknown source", "add no.invalid 10.0.0.2 esp 300 -E bogus;", `${noName} at [10.0.0.2]`],
    ["the token that fits nowhere, where the parser has looked ahead", "add no.invalid ;", `${noName} at [;]`],
    ["the same at the end of the input", "add no.invalid", `${noName} at []`],
    ["not where the scanner gives up", "add no.invalid @;", undefined],
    ["not in the middle of an end", "add no.invalid[53;", undefined],
    ["an unknown destination", "add 10.0.0.1 no.invalid bogus;", `${noName} at [bogus]`],
    ["a key's length", `${add} esp 300 -E des-cbc 0x0102 bogus;`, "Invalid key length at [0x0102]"],
    ["a key's length, at the end of the input", `${add} esp 300 -E des-cbc 0x0102`, "Invalid key length at [0x0102]"],
    ["an extension", `${add} ah-old 300 -r 4 -E;`, "replay prevention cannot be used with ah/esp-old at [4]"],
    ["a warning", `${add} esp 300 -E simple bogus;`, undefined, ["WARNING: obsolete algorithm at [simple]"]],
    ["a warning, and nothing of what is checked last", "add 10.0.0.1 ::1 esp 300 -E simple bogus;", undefined, ["WARNING: obsolete algorithm at [simple]"]],
    ["an upper protocol", `${spdadd} foo;`, "invalid upper layer protocol at [foo]"],
    ["a policy before a comment", `${spdadd} any -P sideways # none\n;`, "Invalid argument at [ sideways ]"],
    ["a policy before what cannot be scanned", `${spdadd} any -P sideways ";`, "Invalid argument at [ sideways ]"],
    ["no addresses of a policy: they are looked up last", "spdadd no.invalid 10.0.0.2 any;", undefined],
    ["an address of deleteall", "deleteall no.invalid;", `${noName} at [no.invalid]`],
    ["no address that is not there", "deleteall -6 ;", undefined],
  ];
  it.each(rows)("%s", (_, text, refusal, warnings = []) => {
    const result = said(text);
    const shown = result.refusal && `${result.refusal.message} at [${result.refusal.token.text}]`;
    expect([shown, result.warnings.map(({ message, token }) => `${message} at [${token.text}]`)]).toEqual([
      refusal,
      warnings,
    ]);
  });
});
