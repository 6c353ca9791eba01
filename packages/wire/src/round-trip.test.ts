import { kernelProbes, setkeyCases } from "@keysock/goldens";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode } from "./decode.ts";
import { inByteOrder } from "./dialect.ts";
import { encode } from "./encode.ts";
import type { Extension } from "./extension.ts";
import { linux } from "./linux.ts";
import { maximumMessageBytes } from "./message.ts";
import type { ProblemReason } from "./problem.ts";
import { request } from "./request.ts";
import { extensionOfKind, framedBytes, message, mutatedBytes } from "./testing/arbitraries.ts";
import { messageOf } from "./testing/layout.ts";

const recorded = [
  ...setkeyCases().flatMap(({ sent, received }) => [...sent, ...received]),
  ...kernelProbes().flatMap(({ messages }) => messages.map(({ bytes }) => bytes)),
].filter((bytes) => bytes !== undefined);

/** Where these are, bytes are out of the message's reach; everything else survives. */
const lossy: ReadonlySet<ProblemReason> = new Set([
  "header-short",
  "message-length-short",
  "message-truncated",
  "message-trailing-bytes",
  "extension-header-short",
  "extension-length-zero",
  "extension-past-end",
]);

/** As it was before encoding: toEqual does not see what is undefined. */
function asSent(extension: Extension): object {
  const sent = {
    ...extension,
    length: undefined,
    type: extension.kind === "raw" ? extension.type : undefined,
  };
  if (extension.kind !== "policy") return sent;
  return { ...sent, requests: extension.requests.map((request) => ({ ...request, length: undefined })) };
}

describe.each(["little", "big"] as const)("%s endian", (byteOrder) => {
  const dialect = inByteOrder(linux, byteOrder);

  it.each(Object.entries(extensionOfKind))("%s comes back as it was sent", (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (extension) => {
        const bytes = encode(request("add", "esp", [extension]), dialect);
        const decoded = decode(bytes, dialect);
        expect(decoded.problems).toEqual([]);
        expect(decoded.message.extensions.map(asSent)).toEqual([extension]);
        expect(encode(decoded.message, dialect)).toEqual(bytes);
      }),
    );
  });

  it("a message comes back as it was sent", () => {
    fc.assert(
      fc.property(message, (message) => {
        const bytes = encode(message, dialect);
        const decoded = decode(bytes, dialect);
        expect(decoded.problems).toEqual([]);
        expect({ ...decoded.message, extensions: decoded.message.extensions.map(asSent) }).toEqual(message);
        expect(encode(decoded.message, dialect)).toEqual(bytes);
      }),
      { numRuns: 300 },
    );
  });

  const anyBytes: [name: string, arbitrary: fc.Arbitrary<Uint8Array>][] = [
    ["random bytes", fc.uint8Array({ maxLength: 200 })],
    ["extensions of random bytes", framedBytes(byteOrder)],
    ["extensions of random bytes, mutated", framedBytes(byteOrder).chain((bytes) => mutatedBytes([bytes]))],
    ["recorded messages, mutated", mutatedBytes(recorded)],
  ];
  it.each(anyBytes)(
    "%s give problems and nothing worse, and lose nothing that can be kept",
    (_name, arbitrary) => {
      fc.assert(
        fc.property(arbitrary, (bytes) => {
          const { message, problems } = decode(bytes, dialect);
          const offsets = problems.map(({ offset }) => offset);
          expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
          expect(Math.max(0, ...offsets)).toBeLessThanOrEqual(bytes.length);

          const again = encode(message, dialect);
          if (!problems.some(({ reason }) => lossy.has(reason))) expect(again).toEqual(bytes);
          expect(decode(again, dialect).message).toEqual(message);
        }),
        { numRuns: 500 },
      );
    },
  );
});

describe("the longest message ends in less than two seconds", () => {
  const room = maximumMessageBytes - 16;
  const repeated = (hex: number[]) =>
    messageOf(
      Uint8Array.from({ length: room }, (_, i) => hex[i % hex.length]!),
      "little",
    );
  const oneOf = (type: number, inside: number[]) => {
    const bytes = repeated(inside);
    bytes.set([0xfd, 0xff, type, 0], 16);
    return bytes;
  };
  const cases: [name: string, bytes: Uint8Array, extensions: number, problems: number][] = [
    ["unknown extensions", repeated([1, 0, 60, 0, 0, 0, 0, 0]), 65533, 0],
    ["one known extension again and again", repeated([1, 0, 17, 0, 0, 0, 0, 0]), 65533, 65532],
    ["extensions that are too short", repeated([1, 0, 1, 0, 0, 0, 0, 0]), 65533, 65533 + 65532],
    ["one policy of requests", oneOf(18, [16, 0, 50, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 1, 0],
    ["one policy of requests with bad addresses", oneOf(18, [24, 0, 50, 0, 1, 2, 0, 0]), 1, 21844],
    ["one list of algorithms", oneOf(14, [2, 0, 128, 0, 128, 0, 0, 0]), 1, 0],
    ["one proposal", oneOf(13, [0]), 1, 1],
    ["one key", oneOf(9, [0]), 1, 0],
  ];
  it.each(cases)("%s", (_name, bytes, extensions, problems) => {
    const start = performance.now();
    const decoded = decode(bytes, inByteOrder(linux, "little"));
    const again = encode(decoded.message, inByteOrder(linux, "little"));
    expect(performance.now() - start).toBeLessThan(2000);
    expect(decoded.message.extensions.length).toBe(extensions);
    expect(decoded.problems.length).toBe(problems);
    expect(again.length).toBe(maximumMessageBytes);
    expect(again.every((byte, i) => byte === bytes[i])).toBe(true);
  });
});
