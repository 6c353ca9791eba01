import { attributesFrom, attributeWords, parseCommand } from "@keysock/ipseckey-grammar";
import { find, type Message, type OutgoingMessage } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { type AttributeName, type LinuxVerb, linuxSupport } from "./linux-support.ts";
import { compileText, onLinux, problemsFrom, requestsOf } from "./testing/compiling.ts";
import { linuxSa } from "./testing/linux-sa.ts";

const key = "00112233445566778899aabbccddeeff";
const verbs: readonly LinuxVerb[] = ["add", "update", "delete", "get"];

/** How a cell of the matrix shows. */
interface Sample {
  /** The attribute with a value that is taken. */
  words: string;
  /** What else an `add` takes with it. */
  with?: string;
  /** What of the message holds it. */
  holds(message: OutgoingMessage): unknown;
  value: unknown;
  /** The attribute with a value that is refused, if only some are. */
  refused?: string;
  /** The same for `update` on the SA of {@link found}. */
  refusedUpdate?: string;
}

const sa = (message: OutgoingMessage) => find(message, "sa");
const hard = (message: OutgoingMessage) =>
  find(message, "lifetimeHard") as Message["extensions"][number] & Limits;
const soft = (message: OutgoingMessage) =>
  find(message, "lifetimeSoft") as Message["extensions"][number] & Limits;
interface Limits {
  allocations: number;
  bytes: bigint;
  addTime: bigint;
  useTime: bigint;
}
const mode = (message: OutgoingMessage) => find(message, "sa2")?.mode;
const kinds = ({ extensions }: OutgoingMessage) => extensions.map(({ kind }) => kind);
const address =
  (kind: "addressSource" | "addressDestination" | "addressProxy") => (message: OutgoingMessage) => {
    const extension = find(message, kind);
    return extension && [extension.protocol, extension.prefixLength, extension.sockaddr];
  };
const inet = (port: number, ...bytes: number[]) => ({
  family: "inet",
  port,
  address: Uint8Array.from(bytes),
});
const ports = (message: OutgoingMessage) => [
  find(message, "natTType")?.natTType,
  find(message, "natTSourcePort")?.port,
  find(message, "natTDestinationPort")?.port,
];
const udp = "src 192.0.2.1 encap udp";

// biome-ignore format: one row a line
const samples: Readonly<Record<AttributeName, Sample>> = {
  spi:                    { words: "spi 0x100", holds: (message) => sa(message)?.spi, value: 0x100 },
  "pair-spi":             { words: "pair-spi 1", holds: kinds, value: undefined },
  replay:                 { words: "replay 8", holds: (message) => sa(message)?.replay, value: 8, refused: "replay 33", refusedUpdate: "replay 9" },
  state:                  { words: "state mature", holds: (message) => sa(message)?.state, value: 1, refused: "state dying" },
  "auth-algorithm":       { words: "authalg md5", with: `authkey ${key}`, holds: (message) => sa(message)?.authentication, value: 2, refused: "authalg sha1" },
  "encryption-algorithm": { words: "encralg aes", holds: (message) => sa(message)?.encryption, value: 12, refused: "encralg aes-gcm", refusedUpdate: "encralg 3des" },
  soft_alloc:             { words: "soft_alloc 1", holds: (message) => [soft(message).allocations, hard(message).allocations], value: [1, 0] },
  soft_bytes:             { words: "soft_bytes 2", holds: (message) => [soft(message).bytes, hard(message).bytes], value: [2n, 0n] },
  soft_addtime:           { words: "soft_addtime 3", holds: (message) => [soft(message).addTime, hard(message).addTime], value: [3n, 0n] },
  soft_usetime:           { words: "soft_usetime 4", holds: (message) => [soft(message).useTime, hard(message).useTime], value: [4n, 0n] },
  hard_alloc:             { words: "hard_alloc 5", holds: (message) => [hard(message).allocations, soft(message).allocations], value: [5, 0] },
  hard_bytes:             { words: "hard_bytes 6", holds: (message) => [hard(message).bytes, soft(message).bytes], value: [6n, 0n] },
  hard_addtime:           { words: "hard_addtime 7", holds: (message) => [hard(message).addTime, soft(message).addTime], value: [7n, 0n], refused: "hard_addtime 9223372036854775808" },
  hard_usetime:           { words: "hard_usetime 8", holds: (message) => [hard(message).useTime, soft(message).useTime], value: [8n, 0n], refused: "hard_usetime 9223372036854775808" },
  src:                    { words: "src 192.0.2.1", holds: address("addressSource"), value: [0, 32, inet(0, 192, 0, 2, 1)], refused: "src 192.0.2.9" },
  dst:                    { words: "dst 192.0.2.2", holds: address("addressDestination"), value: [0, 32, inet(0, 192, 0, 2, 2)] },
  "inner-src":            { words: "isrc 10.1.0.0/16", holds: (message) => [mode(message), ...(address("addressProxy")(message)?.slice(1) ?? [])], value: [2, 16, inet(0, 10, 1, 0, 0)], refused: "isrc 10.2.0.0/16" },
  "inner-dst":            { words: "idst 0.0.0.0/0", holds: (message) => [mode(message), address("addressProxy")(message)?.[1]], value: [2, 0], refused: "idst 10.2.0.0/16", refusedUpdate: "idst ::/0" },
  sport:                  { words: "sport 0", holds: address("addressSource"), value: [0, 32, inet(0, 0, 0, 0, 0)], refused: "sport 1" },
  dport:                  { words: "dport 0", holds: address("addressDestination"), value: [0, 32, inet(0, 192, 0, 2, 2)], refused: "dport 1" },
  isport:                 { words: "isport 0", holds: mode, value: 2, refused: "isport 1" },
  idport:                 { words: "idport 0", holds: mode, value: 2, refused: "idport 1" },
  proto:                  { words: "proto 0", holds: address("addressDestination"), value: [0, 32, inet(0, 192, 0, 2, 2)], refused: "proto 6" },
  iproto:                 { words: "iproto 0", holds: mode, value: 2, refused: "iproto 6" },
  authkey:                { words: `authkey ${key}`, with: "authalg md5", holds: (message) => find(message, "keyAuthentication")?.bits, value: 128, refused: "authkey 11" },
  encrkey:                { words: `encrkey ${key}`, with: "encralg aes", holds: (message) => find(message, "keyEncryption")?.bits, value: 128, refused: "encrkey 11" },
  srcidtype:              { words: "srcidtype fqdn a", holds: kinds, value: undefined },
  dstidtype:              { words: "dstidtype fqdn a", holds: kinds, value: undefined },
  nat_loc:                { words: "nat_loc 192.0.2.1", with: `${udp} nat_lport 1 nat_rport 2`, holds: ports, value: [2, 1, 2], refused: "nat_loc 192.0.2.9" },
  nat_rem:                { words: "nat_rem 192.0.2.1", with: `${udp} nat_lport 1 nat_rport 2`, holds: ports, value: [2, 2, 1], refused: "nat_rem 192.0.2.9" },
  nat_lport:              { words: "nat_lport 4501", with: `${udp} outbound`, holds: ports, value: [2, 4501, 4500] },
  nat_rport:              { words: "nat_rport 4502", with: `${udp} outbound`, holds: ports, value: [2, 4500, 4502] },
  encap:                  { words: "encap udp", with: "src 192.0.2.1 nat_loc 192.0.2.1", holds: ports, value: [2, 4500, 4500] },
  outbound:               { words: "outbound", with: `${udp} nat_lport 1 nat_rport 2`, holds: ports, value: [2, 1, 2] },
  inbound:                { words: "inbound", with: `${udp} nat_lport 1 nat_rport 2`, holds: ports, value: [2, 2, 1] },
  reserved_bits:          { words: "reserved_bits 32", holds: kinds, value: undefined },
  replay_value:           { words: "replay_value 1", holds: kinds, value: undefined },
  idle_addtime:           { words: "idle_addtime 1", holds: kinds, value: undefined },
  idle_usetime:           { words: "idle_usetime 1", holds: kinds, value: undefined },
  label:                  { words: "label a", holds: kinds, value: undefined },
  "outer-label":          { words: "outer-label a", holds: kinds, value: undefined },
  "implicit-label":       { words: "implicit-label a", holds: kinds, value: undefined },
};

/** A command with these words, and what else it takes: attributes that are there already are not given again. */
function commandOf(verb: LinuxVerb, words: string, more = ""): string {
  const naming = "spi 0x100 dst 192.0.2.2";
  const changing = verb === "add" ? `${naming} encralg aes encrkey ${key}` : naming;
  const said = `${words} ${verb === "add" || verb === "update" ? more : ""} `;
  const first = [said, changing].map((each) => each.trim().split(/\s+/));
  const given = new Set(first[0]);
  const pairs = first[1]!.flatMap((word, i, all) =>
    i % 2 === 0 && !given.has(word) ? [word, all[i + 1]!] : [],
  );
  return [verb, "esp", words, ...(said.trim() === words ? [] : [more]), ...pairs].join(" ");
}

/** The last request of a command, whose looks are answered with the SA. */
function last(text: string, current = linuxSa()): OutgoingMessage {
  const { command } = compileText(text, onLinux);
  return requestsOf(command, () => [current]).at(-1)!;
}

const cells = linuxSupport.flatMap((row) =>
  verbs.map((verb) => ({ attribute: row.attribute, verb, cell: row[verb], sample: samples[row.attribute] })),
);
const taken = cells.flatMap((each) => ("field" in each.cell ? [{ ...each, ...each.cell }] : []));
const refused = cells.flatMap((each) =>
  "refused" in each.cell ? [{ ...each, reason: each.cell.refused }] : [],
);
const partly = taken.flatMap((each) => (each.but === undefined ? [] : [{ ...each, but: each.but }]));

const nat = { natT: { source: 4500, destination: 4500 } };
/** The SA that an `update` with the attribute's value finds: it has nothing to change but lifetimes and ports. */
const found: Readonly<Partial<Record<AttributeName, Parameters<typeof linuxSa>[0]>>> = {
  replay: { replay: 8 },
  "auth-algorithm": { authentication: 2 },
  authkey: { authentication: 2 },
  "inner-src": { mode: 2, proxy: { address: [10, 1, 0, 0], prefixLength: 16 } },
  "inner-dst": { mode: 2, proxy: { address: [0, 0, 0, 0], prefixLength: 0 } },
  isport: { mode: 2 },
  idport: { mode: 2 },
  iproto: { mode: 2 },
  src: { source: [192, 0, 2, 1] },
  nat_loc: { ...nat, source: [192, 0, 2, 1] },
  nat_rem: { ...nat, source: [192, 0, 2, 1] },
  nat_lport: { ...nat, source: [192, 0, 2, 1] },
  nat_rport: { ...nat, source: [192, 0, 2, 1] },
  encap: { ...nat, source: [192, 0, 2, 1] },
  outbound: { ...nat, source: [192, 0, 2, 1] },
  inbound: { ...nat, source: [192, 0, 2, 1] },
};

/** Of what becomes of nothing, what is refused is what shows. */
const reasonIn = (text: string): string => text.replace(/^.*?: /, "");

describe("the matrix", () => {
  it("has a row for every word that stands for something", () => {
    const names = attributeWords.map((word) => {
      const { tokens } = parseCommand(`add esp ${word}`)!;
      return [...attributesFrom(tokens, 2, "add")][0]!.name;
    });
    const rows = linuxSupport.map(({ attribute }) => attribute);
    expect([...new Set(names)].filter((name) => name !== "rejected").sort()).toEqual([...rows].sort());
  });
});

describe("what becomes a field", () => {
  it.each(taken)("$verb $attribute: $field", ({ attribute, verb, sample }) => {
    const text = commandOf(verb, sample.words, sample.with);
    expect([text, sample.holds(last(text, linuxSa(found[attribute])))]).toEqual([text, sample.value]);
  });
});

describe("what is refused", () => {
  it.each(refused)("$verb $attribute: $reason", ({ verb, sample, reason }) => {
    const text = commandOf(verb, sample.words);
    const [problem] = problemsFrom(() => last(text), text);
    const wording = reason === "delete and get only name an SA" ? `for ${verb}` : reason;
    expect(problem).toMatchObject({ severity: "error" });
    expect(problem!.message).toContain(wording);
  });
});

describe("what is refused in part", () => {
  it.each(partly)("$verb $attribute: $but", ({ attribute, verb, sample, but }) => {
    const { words, refused = words, refusedUpdate = refused } = sample;
    const isFlag = attribute === "inbound" || attribute === "outbound";
    const text = commandOf(verb, verb === "update" ? refusedUpdate : refused, isFlag ? "" : sample.with);
    const current = linuxSa(attribute === "encap" ? {} : found[attribute]);
    const messages = problemsFrom(() => last(text, current), text).map(({ message }) => message);
    expect(messages.join(" ")).toContain(reasonIn(but));
  });
});
