import { fromHex, type RecordedCase } from "@keysock/goldens";
import {
  decode,
  type Extension,
  encode,
  linuxXfrm,
  type Message,
  type OutgoingExtension,
  type SupportedExtension,
} from "@keysock/wire";
import { readDifferences } from "./comparison.ts";

/*
 * What differs over XFRM from what was recorded over PF_KEY (docs/xfrm.md, "What differs from PF_KEY"): here by rules, and case by
 * case in differences-xfrm.txtar. There, NAME/heard are the numbers of those of a monitor's messages that XFRM tells as well.
 */

/** What is not copied from the recordings over XFRM; `differences` are those over PF_KEY. */
export function differencesOverXfrm(
  cases: readonly RecordedCase[],
  differences: ReadonlyMap<string, string>,
): Map<string, string> {
  const own = readDifferences("differences-xfrm.txtar");
  const byRule = new Map<string, string>();
  for (const { name, parts } of cases) {
    const heard = own.get(`${name}/heard`);
    const rules = heard === undefined ? answeredOnce : onlyHeard(heard.trim().split(" ").map(Number));
    for (const [part, rule] of Object.entries(rules)) {
      const recorded = differences.get(`${name}/${part}`) ?? parts.get(part);
      if (recorded !== undefined) byRule.set(`${name}/${part}`, rule(recorded));
    }
  }
  return new Map([...differences, ...byRule, ...own]);
}

type Rules = Record<"stdout" | "received.hex", (recorded: string) => string>;

/** A flush that found something has one answer. In what -v shows, the second one stood behind the next request. */
const answeredOnce: Rules = {
  stdout: (text) =>
    text.replace(/(^sadb_msg\{ version=2 type=(?:9|19) .*\n.*\n\n)\1(sadb_msg\{ .*\n.*\n\n)\1/gm, "$1$1$2"),
  "received.hex": (text) => text.replace(/(^02(?:09|13)00.{26}\n)\1/gm, "$1"),
};

/** @param numbers - from 1 on */
function onlyHeard(numbers: readonly number[]): Rules {
  const only = (entries: readonly string[]) => numbers.map((number) => entries[number - 1]).join("");
  return {
    stdout: (text) => only(text.split(/^(?=(?:TIME|[\d:]{8}\.\d{6}) $)/m)),
    "received.hex": (text) => only(text.split(/^/m)),
  };
}

/**
 * Received messages without what only XFRM says: a refusal's words, and algorithms that the recorded kernel does not have,
 * because REGISTER lists what a Linux may have.
 */
export function withoutXfrmOnly(received: string, recorded: RecordedCase): string {
  const has = recorded.received.flatMap((bytes) =>
    bytes === undefined ? [] : supported(decode(bytes, linuxXfrm).message),
  );
  return received.replaceAll(/.+/g, (line) => {
    const { message } = decode(fromHex(line), linuxXfrm);
    if (message.errno === 0 && message.type !== "register") return line;
    const extensions = message.extensions.flatMap((extension): OutgoingExtension[] => {
      if (extension.kind === "xfrm") return [];
      if (!isSupported(extension)) return [extension];
      const { kind, reserved, algorithms } = extension;
      const known = has
        .filter((one) => one.kind === kind)
        .flatMap((one) => one.algorithms.map(({ id }) => id));
      return [{ kind, reserved, algorithms: algorithms.filter(({ id }) => known.includes(id)) }];
    });
    return Buffer.from(encode({ ...message, extensions }, linuxXfrm)).toString("hex");
  });
}

const isSupported = (extension: Extension): extension is SupportedExtension =>
  extension.kind === "supportedAuthentication" || extension.kind === "supportedEncryption";

const supported = ({ extensions }: Message): SupportedExtension[] => extensions.filter(isSupported);
