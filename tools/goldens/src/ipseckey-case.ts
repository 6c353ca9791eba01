import { readdirSync, readFileSync } from "node:fs";
import { fromHex } from "./recorded-case.ts";
import { parseTxtar } from "./txtar.ts";

/** One recorded run of illumos's ipseckey; the parts are described in `recorded/ipseckey/README.md`. */
export interface IpseckeyCase {
  name: string;
  /** The shell line, environment first. */
  command: string;
  /** For example `SMF_FMRI`; `IPK_UID` is the real user id, `IPK_SOCKERR` the errno of socket(). */
  environment: Map<string, string>;
  /** The words after the program's name, without the redirection. */
  argv: string[];
  /** What `input` holds if the command reads it as its standard input, nothing otherwise. */
  stdin: string;
  /** Files that existed before, by name; `input` among them. */
  files: Map<string, RecordedFile>;
  /** Used in order, one for each read. The README says what follows when they are used up. */
  replies: ScriptedReply[];
  stdout: string;
  stderr: string;
  syslog: string;
  exit: number;
  /** PF_KEY messages that the program sent, in order. */
  sent: Uint8Array[];
  /** Files that the program saved, by name. */
  saved: Map<string, RecordedFile>;
}

/** Text is latin1: one character a byte. */
export interface RecordedFile {
  content: string;
  /** Permission bits. */
  mode: number;
}

/** What the scripted peer does at one read of the program (`write-error`: at one write). */
export type ScriptedReply =
  /** Unless it is exact, sequence and pid are set to the request's. */
  | { kind: "message"; bytes: Uint8Array; exact: boolean }
  /** The request without its key extensions. */
  | { kind: "echo" }
  /** The request's header alone, with these in `errno` and `reserved`. */
  | { kind: "error"; errno: number; diagnostic: number }
  | { kind: "dump-end" }
  /** No answer in 10 seconds. */
  | { kind: "timeout" }
  /** SIGINT. */
  | { kind: "interrupt" }
  | { kind: "read-error"; errno: number }
  | { kind: "write-error"; errno: number };

const folder = new URL("../recorded/ipseckey/", import.meta.url);

/** Every recorded run of ipseckey, by name. */
export function ipseckeyCases(): IpseckeyCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".txtar"))
    .map((file) => file.slice(0, -".txtar".length))
    .sort()
    .map(ipseckeyCase);
}

/** The recorded run of ipseckey with that name. */
export function ipseckeyCase(name: string): IpseckeyCase {
  const parts = parseTxtar(readFileSync(new URL(`./${encodeURIComponent(name)}.txtar`, folder), "latin1"));
  const part = (key: string) => parts.get(key) ?? "";
  const [command = "", remark] = lines(part("cmd"));
  const words = command.split(" ").map(unquoted);
  const program = words.indexOf("ipseckey");
  const redirection = words.indexOf("<");
  return {
    name,
    command,
    environment: new Map(words.slice(0, program).map(assignment)),
    argv: words.slice(program + 1, redirection < 0 ? undefined : redirection),
    stdin: redirection < 0 ? "" : part("input"),
    files: filesBefore(parts, remark),
    replies: lines(part("replies.hex")).map(scriptedReply),
    stdout: part("stdout"),
    stderr: part("stderr"),
    syslog: part("syslog"),
    exit: Number(part("exit")),
    sent: lines(part("sent.hex")).map(fromHex),
    saved: filesOf(parts, ""),
  };
}

function filesBefore(parts: ReadonlyMap<string, string>, remark = ""): Map<string, RecordedFile> {
  const files = filesOf(parts, ".before");
  const input = parts.get("input");
  const mode = /^# mode of input (\d+)$/.exec(remark)?.[1] ?? "0600";
  if (input !== undefined) files.set("input", { content: input, mode: Number.parseInt(mode, 8) });
  return files;
}

/** The files whose parts are called by their name and that suffix; beside each there is a part with its mode. */
function filesOf(parts: ReadonlyMap<string, string>, suffix: "" | ".before"): Map<string, RecordedFile> {
  const end = `${suffix}.mode`;
  const names = [...parts.keys()]
    .filter((key) => key.endsWith(end))
    .map((key) => key.slice(0, -end.length))
    .filter((name) => !name.endsWith(".before"));
  return new Map(
    names.map((name) => [
      name,
      {
        content: parts.get(`${name}${suffix}`) ?? "",
        mode: Number.parseInt(parts.get(`${name}${end}`) ?? "", 8),
      },
    ]),
  );
}

function scriptedReply(line: string): ScriptedReply {
  const [word = "", ...numbers] = line.split(" ");
  const [errno = 0, diagnostic = 0] = numbers.map(Number);
  switch (word) {
    case "ECHO":
      return { kind: "echo" };
    case "ERR":
      return { kind: "error", errno, diagnostic };
    case "DUMPEND":
      return { kind: "dump-end" };
    case "TIMEOUT":
      return { kind: "timeout" };
    case "INT":
      return { kind: "interrupt" };
    case "READERR":
      return { kind: "read-error", errno };
    case "WERR":
      return { kind: "write-error", errno };
  }
  const exact = word.startsWith("=");
  const hex = exact ? word.slice(1) : word;
  if (!/^([0-9a-f]{2})+$/.test(hex)) throw new Error(`"${line}" is no scripted reply`);
  return { kind: "message", bytes: fromHex(hex), exact };
}

const unquoted = (word: string): string => word.replace(/^'(.*)'$/, "$1");

function assignment(word: string): [name: string, value: string] {
  const equals = word.indexOf("=");
  return [word.slice(0, equals), word.slice(equals + 1)];
}

const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "");
