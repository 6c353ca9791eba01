import { ipseckeyCases } from "@keysock/goldens";
import { expect, it } from "vitest";
import { decode } from "./decode.ts";
import { inByteOrder } from "./dialect.ts";
import { encode } from "./encode.ts";
import { errnoOf } from "./errno.ts";
import { find } from "./find.ts";
import { illumos } from "./illumos.ts";
import type { Problem } from "./problem.ts";
import { bytesOfHex } from "./testing/layout.ts";

const little = inByteOrder(illumos, "little");

const runs = ipseckeyCases().map(({ name, sent, replies }) => ({
  name,
  messages: [...sent, ...replies.flatMap((reply) => (reply.kind === "message" ? [reply.bytes] : []))],
}));

/** Everything recorded that is malformed; of each nothing is lost. */
const malformed: Record<string, Problem[]> = {
  "mon-version1": [{ reason: "version-unknown", offset: 0, detail: "version 1, expected 2" }],
};

it.each(runs.filter(({ messages }) => messages.length > 0))("$name", ({ name, messages }) => {
  const problems: Problem[] = [];
  for (const bytes of messages) {
    const decoded = decode(bytes, little);
    problems.push(...decoded.problems);
    expect(encode(decoded.message, little)).toEqual(bytes);
  }
  expect(problems).toEqual(malformed[name] ?? []);
});

it("decodes every message to extensions that are known and to no unusual padding, but for these", () => {
  const odd = runs.flatMap(({ name, messages }) =>
    messages
      .flatMap((bytes) => decode(bytes, little).message.extensions)
      .filter(({ kind, padding }) => kind === "raw" || padding !== undefined)
      .map((extension) => ({ name, extension })),
  );
  const unknown = (hex: string) => ({ kind: "raw", type: 99, length: 2, data: bytesOfHex(hex) });
  const noBits = {
    kind: "stringAuthentication",
    type: 28,
    length: 3,
    bits: 0,
    reserved: 0,
    key: new Uint8Array(),
    padding: bytesOfHex("7365637265746b657900000000000000"),
  };
  expect(odd).toEqual([
    { name: "dump-ext-unk28", extension: noBits },
    { name: "dump-extn-unk28", extension: noBits },
    { name: "mon-unknownext", extension: unknown("6162636465666768696a6b6c") },
    { name: "mons-unknownext", extension: unknown("6162636465666768696a6b6c") },
    { name: "save-ext-unk", extension: unknown("000102030405060708090a0b") },
  ]);
});

it("finds the salt of a key behind it", () => {
  const salted = runs.flatMap(({ name, messages }) =>
    messages
      .map((bytes) => find(decode(bytes, little).message, "keyEncryption"))
      .filter((key) => key?.salt !== undefined)
      .map((key) => [name, key?.bits, key?.reserved, key?.salt]),
  );
  expect(salted).toEqual([
    ["dump-ext-gcm-salt", 128, 32, bytesOfHex("01020304")],
    ["dump-extn-ccm-salt", 128, 24, bytesOfHex("010203")],
    ["save-ext-ccm-salt", 128, 24, bytesOfHex("010203")],
    ["save-ext-gcm-salt", 128, 32, bytesOfHex("01020304")],
  ]);
});

it("words an errno as the recorded program did", () => {
  const worded = ipseckeyCases().flatMap(({ name, replies, stdout, stderr }) => {
    const text = /(?:return message|read|write\(\) to PF_KEY socket) \(in \w+\): (.*)/.exec(
      stdout + stderr,
    )?.[1];
    const errnos = replies.flatMap((reply) => ("errno" in reply ? [reply.errno] : []));
    return text === undefined
      ? []
      : [{ name, text, texts: errnos.map((errno) => errnoOf(errno, little).text) }];
  });
  expect(worded.length).toBeGreaterThan(30);
  expect(worded.filter(({ text, texts }) => !texts.includes(text))).toEqual([]);
});
