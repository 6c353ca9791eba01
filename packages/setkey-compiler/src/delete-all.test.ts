import { setkeyCase } from "@keysock/goldens";
import { type Command, decodeStrict, find, linux, type Message } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { type Circumstances, compileText } from "./testing/compiling.ts";

/** What the kernel answered to the DUMP of a recorded `deleteall`. */
function dumped(name: string): Message[] {
  const messages = setkeyCase(name).received.flatMap((bytes) => (bytes ? [decodeStrict(bytes, linux)] : []));
  const first = messages.findIndex(({ type }) => type === "dump");
  const end = messages.findIndex(({ sequence }, index) => index >= first && sequence === 0);
  return messages.slice(first, end + 1);
}

/** The requests of a command whose DUMP is answered, as type, type of SA and SPI. */
function driven(command: Command, replies: Iterable<Message>): unknown[] {
  const requests: unknown[] = [];
  for (let step = command.next([]); step.done !== true; ) {
    const { type, saType } = step.value;
    const spi = find(step.value, "sa")?.spi;
    requests.push(spi === undefined ? [type, saType] : [type, saType, spi]);
    step = command.next(type === "dump" ? replies : []);
  }
  return requests;
}

const noProto = dumped("deleteall-no-proto");
const compat: Circumstances = { face: "ipsec-tools" };
const names: Circumstances = {
  resolveNames: true,
  host: { names: { here: ["192.0.2.1", "2001:db8::1"], there: ["192.0.2.2", "2001:db8::2"] } },
};

// biome-ignore format: a table
const table: [name: string, text: string, replies: Message[], requests: unknown[], circumstances?: Circumstances][] = [
  ["each one of a protocol",              "deleteall 192.0.2.1 192.0.2.2 esp;",         dumped("deleteall-esp"),  [["dump", "esp"], ["delete", "esp", 0x3003], ["delete", "esp", 0x3001]]],
  ["many",                                "deleteall 192.0.2.1 192.0.2.2 esp;",         dumped("deleteall-many"), [["dump", "esp"], ...[0x4004, 0x4003, 0x4002, 0x4001, 0x4000].map((spi) => ["delete", "esp", spi])]],
  ["each one of any protocol",            "deleteall 192.0.2.1 192.0.2.2;",             noProto,                  [["dump", "unspec"], ["delete", "esp", 0x3003], ["delete", "ah", 0x3002], ["delete", "esp", 0x3001]]],
  ["between all addresses of two names",  "deleteall here there;",                      noProto,                  [["dump", "unspec"], ["delete", "esp", 0x3004], ["delete", "esp", 0x3003], ["delete", "ah", 0x3002], ["delete", "esp", 0x3001]], names],
  ["the source counts",                   "deleteall 192.0.2.77 192.0.2.2;",            noProto,                  [["dump", "unspec"]]],
  ["nothing answered",                    "deleteall 192.0.2.1 192.0.2.2 esp;",         [],                       [["dump", "esp"]]],
  ["ipsec-tools: the first alone",        "deleteall 192.0.2.1 192.0.2.2 esp;",         dumped("deleteall-many"), [["dump", "esp"], ["delete", "esp", 0x4004]], compat],
  ["ipsec-tools: none without a protocol", "deleteall 192.0.2.1 192.0.2.2;",            noProto,                  [["dump", "unspec"]], compat],
];

describe("deleteall", () => {
  it.each(table)("%s", (_, text, replies, requests, circumstances) => {
    expect(driven(compileText(text, circumstances).command, replies)).toEqual(requests);
  });
});

class Refused extends Error {
  override readonly name = "Refused";
  readonly errno: number;
  constructor(errno: number) {
    super(`errno ${errno}`);
    this.errno = errno;
  }
}

// biome-ignore lint/correctness/useYield: a refusal comes instead of the first reply
function* refusing(errno: number): Generator<Message, void, void> {
  throw new Refused(errno);
}

const ENOENT = 2;
const EINVAL = 22;

describe("deleteall whose dump is refused", () => {
  const text = "deleteall 192.0.2.1 192.0.2.2 esp;";

  it("has nothing to delete where there is none", () => {
    expect(driven(compileText(text).command, refusing(ENOENT))).toEqual([["dump", "esp"]]);
  });

  it("passes every other refusal on", () => {
    expect(() => driven(compileText(text).command, refusing(EINVAL))).toThrow(new Refused(EINVAL));
  });

  it("passes that on too for ipsec-tools, which says `error encountered`", () => {
    expect(() => driven(compileText(text, compat).command, refusing(ENOENT))).toThrow(new Refused(ENOENT));
  });
});
