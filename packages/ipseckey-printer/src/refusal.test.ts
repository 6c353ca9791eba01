import { type Message, type OutgoingExtension, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { diagnosticText } from "./diagnostic.ts";
import {
  dumpRefusalText,
  flushRefusalText,
  type RefusalOptions,
  type RefusalText,
  refusalText,
} from "./refusal.ts";
import { address, inet, reply, sa, sampleDialect, sampleLinux } from "./testing/sample.ts";

const illumosFace: RefusalOptions = { dialect: sampleDialect };
const compatFace: RefusalOptions = { dialect: sampleDialect, compat: true };
const linuxFace: RefusalOptions = { dialect: sampleLinux };

const named: OutgoingExtension[] = [sa({ spi: 0x2112 }), address("addressDestination", inet(2))];
const unnamed: OutgoingExtension[] = [sa({ spi: 0x2112 })];
const report = (text: string): RefusalText => ({ report: text, failure: "" });
const failure = (text: string): RefusalText => ({ report: "", failure: text });

interface Row {
  name: string;
  type?: Message["type"];
  saType?: Message["saType"];
  extensions?: OutgoingExtension[];
  errno: number;
  diagnostic?: number;
  options: RefusalOptions;
  text: RefusalText;
}

const exists = "Association (type = esp) with spi 0x2112 and addr\n192.0.2.2 already exists.\n";
const missing = "Association (type = esp) with spi 0x2112 and addr\n192.0.2.2 does not exist.\n";
const incorrect = "One of the entered values is incorrect";

const rows: Row[] = [
  { name: "add, there already", type: "add", errno: 17, options: illumosFace, text: report(exists) },
  { name: "add, there already, on Linux", type: "add", errno: 17, options: linuxFace, text: report(exists) },
  {
    name: "get, not there",
    type: "get",
    errno: 3,
    diagnostic: 78,
    options: illumosFace,
    text: report(missing),
  },
  {
    name: "delete of a type without a name, not there",
    type: "delete",
    saType: "rsvp",
    errno: 3,
    options: illumosFace,
    text: report(missing.replace("esp", "5")),
  },
  {
    name: "update, not there",
    type: "update",
    errno: 3,
    diagnostic: 78,
    options: illumosFace,
    text: report("PF_KEY Diagnostic code 78: Security association not found.\n"),
  },
  {
    name: "update, not there, on Linux",
    type: "update",
    errno: 3,
    options: linuxFace,
    text: report(missing),
  },
  {
    name: "delete-pair, no pair",
    type: "delpair",
    errno: 3,
    diagnostic: 76,
    options: illumosFace,
    text: report("PF_KEY Diagnostic code 76: Command failed, pair security association not found.\n"),
  },
  {
    name: "add, incorrect",
    type: "add",
    errno: 22,
    diagnostic: 43,
    options: illumosFace,
    text: report(`${incorrect}: Diagnostic code 43: Invalid SA state.\n`),
  },
  {
    name: "add, incorrect, as illumos says it",
    type: "add",
    errno: 22,
    diagnostic: 43,
    options: compatFace,
    text: report("PF_KEY Diagnostic code 43: Invalid SA state.\n"),
  },
  {
    name: "add, incorrect, on Linux",
    type: "add",
    errno: 22,
    options: linuxFace,
    text: report(`${incorrect}: Invalid argument.\n`),
  },
  {
    name: "get without a destination, incorrect",
    type: "get",
    extensions: unnamed,
    errno: 22,
    diagnostic: 19,
    options: illumosFace,
    text: report(`${incorrect}: Diagnostic code 19: Missing destination address.\n`),
  },
  {
    name: "get without a destination, incorrect, as illumos says it",
    type: "get",
    extensions: unnamed,
    errno: 22,
    diagnostic: 19,
    options: compatFace,
    text: { report: `${incorrect}.\n`, failure: "  Diagnostic code 19:  Missing destination address.\n" },
  },
  {
    name: "get without a destination, not there",
    type: "get",
    extensions: unnamed,
    errno: 3,
    diagnostic: 78,
    options: illumosFace,
    text: failure("ipseckey: return message (in doaddresses): No such process\n"),
  },
  {
    name: "add, not root",
    type: "add",
    errno: 1,
    options: illumosFace,
    text: failure("ipseckey: return message (in doaddresses): Not owner\n"),
  },
  {
    name: "add, not root, on Linux",
    type: "add",
    errno: 1,
    options: linuxFace,
    text: failure("ipseckey: return message (in doaddresses): Operation not permitted\n"),
  },
];

const refused = (options: RefusalOptions, errno: number, reserved = 0): Message =>
  reply([], { errno, reserved }, options.dialect).message;

it.each(rows)(
  "$name",
  ({ type = "get", saType = "esp", extensions = named, errno, diagnostic, options, text }) => {
    expect(
      refusalText(request(type, saType, extensions), refused(options, errno, diagnostic), options),
    ).toEqual(text);
  },
);

describe("flush and dump", () => {
  it("tell the diagnostic that illumos gives", () => {
    expect(flushRefusalText(refused(illumosFace, 22, 7), 3, illumosFace)).toBe(
      "  Diagnostic code 7:  No extensions needed for message.\n" +
        "ipseckey: Cannot flush SA type 3.\n" +
        "ipseckey: return message (in doflush): Invalid argument\n",
    );
    expect(dumpRefusalText(refused(illumosFace, 12), illumosFace)).toBe(
      "  Diagnostic code 0:  No diagnostic.\nipseckey: Dump failed: Not enough space\n",
    );
  });

  it("have none to tell on Linux", () => {
    expect(flushRefusalText(refused(linuxFace, 22), 3, linuxFace)).toBe(
      "ipseckey: Cannot flush SA type 3.\nipseckey: return message (in doflush): Invalid argument\n",
    );
    expect(dumpRefusalText(refused(linuxFace, 2), linuxFace)).toBe(
      "ipseckey: Dump failed: No such file or directory\n",
    );
  });
});

const betterTexts: [code: number, text: string][] = [
  [64, "Invalid inner-source prefix length"],
  [70, "Source/destination protocol mismatch"],
  [71, "Inner source/destination protocol mismatch"],
  [83, "Bad sensitivity label"],
  [84, "Missing authentication string"],
  [85, "Duplicate authentication string"],
  [86, "Malformed authentication string"],
  [87, "Unknown diagnostic code"],
];

it.each(betterTexts)("diagnostic %d in our words", (code, text) => {
  expect(diagnosticText(code)).toBe(text);
});
