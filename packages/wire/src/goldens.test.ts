import { kernelProbes, setkeyCases } from "@keysock/goldens";
import { expect, it } from "vitest";
import { decode } from "./decode.ts";
import { inByteOrder } from "./dialect.ts";
import { encode } from "./encode.ts";
import { linux } from "./linux.ts";
import type { Problem } from "./problem.ts";

const little = inByteOrder(linux, "little");

const runs: { name: string; messages: Uint8Array[] }[] = [
  ...setkeyCases().map(({ name, sent, received }) => ({
    name: `setkey: ${name}`,
    messages: [...sent, ...received].filter((bytes) => bytes !== undefined),
  })),
  ...kernelProbes().map(({ name, messages }) => ({
    name: `probe: ${name}`,
    messages: messages.map(({ bytes }) => bytes),
  })),
];

/** Everything recorded that is malformed. `lossless`: what is wrong is inside an extension, so that nothing is lost. */
const malformed: Record<string, { lossless: boolean; problems: Problem[] }> = {
  "probe: add key bits too many": {
    lossless: true,
    problems: [
      { reason: "key-bits", offset: 84, detail: "keyEncryption of 512 bits needs 64 bytes and has 16" },
    ],
  },
  "probe: bad version": {
    lossless: true,
    problems: [{ reason: "version-unknown", offset: 0, detail: "version 1, expected 2" }],
  },
  "probe: bad len": {
    lossless: false,
    problems: [
      { reason: "extension-past-end", offset: 16, detail: "extension 1 has 16 bytes, expected at most 8" },
      { reason: "message-trailing-bytes", offset: 24, detail: "136 bytes, expected 24" },
    ],
  },
  "probe: dup ext": {
    lossless: true,
    problems: [
      { reason: "extension-duplicate", offset: 136, detail: "a second addressSource, expected one" },
    ],
  },
  "probe: ext len 0": {
    lossless: false,
    problems: [
      {
        reason: "extension-length-zero",
        offset: 136,
        detail: "extension 1 has length 0, expected at least 1",
      },
    ],
  },
  "probe: ext past end": {
    lossless: false,
    problems: [
      { reason: "extension-past-end", offset: 136, detail: "extension 2 has 72 bytes, expected at most 8" },
    ],
  },
  "probe: short send 8 bytes": {
    lossless: false,
    problems: [{ reason: "header-short", offset: 0, detail: "8 bytes, expected at least 16" }],
  },
};

it.each(runs)("$name", ({ name, messages }) => {
  const problems: Problem[] = [];
  for (const bytes of messages) {
    const decoded = decode(bytes, little);
    problems.push(...decoded.problems);
    if (decoded.problems.length === 0 || malformed[name]?.lossless) {
      expect(encode(decoded.message, little)).toEqual(bytes);
    }
  }
  expect(problems).toEqual(malformed[name]?.problems ?? []);
});

it("decodes every message to extensions that are known and to no unusual padding, but for the probe of 60", () => {
  const odd = runs.flatMap(({ name, messages }) =>
    messages
      .flatMap((bytes) => decode(bytes, little).message.extensions)
      .filter(({ kind, padding }) => kind === "raw" || padding !== undefined)
      .map((extension) => ({ name, extension })),
  );
  expect(odd).toEqual([
    { name: "probe: add key bits too many", extension: expect.objectContaining({ kind: "raw", type: 9 }) },
    {
      name: "probe: unknown ext 60",
      extension: { kind: "raw", type: 60, length: 1, data: new Uint8Array(4) },
    },
  ]);
});
