import { type IpseckeyCase, ipseckeyCases } from "@keysock/goldens";
import { type Decoded, errnoOf, find, saTypeNumber } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { dumpEntry, dumpSucceeded } from "./dump.ts";
import { messageText } from "./message-text.ts";
import { monitorBanner, monitorEntry } from "./monitor.ts";
import { type Happening, happenings, recordedDialect, recordedOptions } from "./testing/recorded.ts";
import { verboseText } from "./verbose.ts";

/** The dumps of a case that saves are for the file, not for the screen. */
const saves = ({ argv, stdin }: IpseckeyCase): boolean =>
  argv.includes("-s") || argv.includes("save") || /^save /m.test(stdin);

/** What is printed of what happened: by the rules of the commands, which are not in this package. */
function printed(recorded: IpseckeyCase, happening: Happening): string[] {
  const options = recordedOptions(recorded);
  const text = (make: typeof messageText, decoded: Decoded): string => {
    const { text, warnings } = make(decoded, options);
    expect(warnings).toEqual([]);
    return text;
  };
  switch (happening.kind) {
    case "request":
      return options.rawTimes ? [text(verboseText, happening.asked)] : [];
    case "heard":
      return [text(monitorEntry, happening.heard)];
    case "monitor":
      return [monitorBanner(happening.mode)[happening.part]];
    case "dump ended":
      return saves(recorded)
        ? []
        : [dumpSucceeded(saTypeNumber(happening.asked.message.saType, recordedDialect))];
    case "reply": {
      const { asked, reply } = happening;
      if (asked.message.type === "dump") return saves(recorded) ? [] : [text(dumpEntry, reply)];
      return asked.message.type === "get" && isShown(asked, reply) ? [text(messageText, reply)] : [];
    }
  }
}

/** `get` shows what it got, and where there is a destination also that its values are wrong. */
const isShown = ({ message }: Decoded, { message: { errno } }: Decoded): boolean =>
  errno === 0 ||
  (errnoOf(errno, recordedDialect).name === "EINVAL" && find(message, "addressDestination") !== undefined);

/** What is left of a text without its parts, which are to be found in their order. */
function without(text: string, parts: readonly string[]): string {
  let left = "";
  let at = 0;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) expect(text.slice(at)).toContain(part);
    left += text.slice(at, found);
    at = found + part.length;
  }
  return left + text.slice(at);
}

/** What others print among the messages: the app, the grammar and the compiler. */
const others: ReadonlyMap<string, RegExp> = new Map([
  ["argv-dump-foo", /^Unknown SA type \(foo\)\.\n\n$/],
  ["dump-err-after", /^ipseckey: Fatal error - exiting\.\n$/],
  ["get-einval", /^PF_KEY Diagnostic code 19: .*\n\nipseckey: Fatal error - exiting\.\n$/],
  ["get-multi", /^Association .*\n.* does not exist\.\n\nipseckey: Fatal error - exiting\.\n$/],
  ["ident-65536", /^(Unknown identity type "65536"\n\n){2}$/],
  ["i-monitor-in", /^\nipseckey> ipseckey> $/],
  ["mon-interactive-active", /^\nipseckey> ipseckey> $/],
  ["mon-readerr", /^ipseckey: Fatal error - exiting\.\n$/],
]);

/** Warnings in front of the request that `-v` shows: of weak modes, replay windows and keys longer than said. */
const compilerWarnings =
  /^(Config file entry near line 1 caused error\(s\) or warnings:\n\n.*\n\n\n)?(Using manual keying with a Counter mode.*|WARNING: {2}Replay with manual keying.*|WARNING: Lower bits will be truncated for:\n\t.*)\n\n$/;
const warned = /^(ealg-aes-[cg]cm.*|[fi]-key-\d\d|f-x-everything|num-replay-.*)$/;

describe("messages in what ipseckey printed", () => {
  for (const recorded of ipseckeyCases()) {
    const parts = [...happenings(recorded)].flatMap((happening) => printed(recorded, happening));
    if (parts.length === 0) {
      it(`${recorded.name}: none`, () => {
        expect(recorded.stdout).not.toMatch(/Base message|^[A-Z]{3}: /m);
      });
      continue;
    }
    it(`${recorded.name}: ${parts.length} parts`, () => {
      const left = without(recorded.stdout, parts);
      if (warned.test(recorded.name) && left !== "") expect(left).toMatch(compilerWarnings);
      else expect(left).toMatch(others.get(recorded.name) ?? /^$/);
    });
  }
});
