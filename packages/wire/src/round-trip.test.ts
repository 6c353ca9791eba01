import { ipseckeyCases, kernelProbes, setkeyCases } from "@keysock/goldens";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode } from "./decode.ts";
import { type ByteOrder, type Dialect, inByteOrder } from "./dialect.ts";
import { encode } from "./encode.ts";
import type { Extension } from "./extension.ts";
import { illumos } from "./illumos.ts";
import { linux, linuxXfrm } from "./linux.ts";
import { maximumMessageBytes } from "./message.ts";
import type { ProblemReason } from "./problem.ts";
import { request } from "./request.ts";
import {
  type DialectValue,
  extensionOfKind,
  framedBytes,
  message,
  mutatedBytes,
} from "./testing/arbitraries.ts";
import { messageOf } from "./testing/layout.ts";

const linuxRecorded = [
  ...setkeyCases().flatMap(({ sent, received }) => [...sent, ...received]),
  ...kernelProbes().flatMap(({ messages }) => messages.map(({ bytes }) => bytes)),
].filter((bytes) => bytes !== undefined);

/** Both byte orders of a message with some of the attributes that XFRM alone has. */
const xfrmMessages = (["little", "big"] as const).map((byteOrder) =>
  encode(
    request("add", "esp", [
      {
        kind: "xfrm",
        authentication: { name: "cmac(aes)", truncationBits: 96 },
        mark: { value: 1, mask: 2 },
        direction: "in",
        selector: {
          source: new Uint8Array(4),
          destination: new Uint8Array(4),
          sourcePrefixLength: 0,
          destinationPrefixLength: 0,
          sourcePort: 0,
          sourcePortMask: 0,
          destinationPort: 0,
          destinationPortMask: 0,
          protocol: 0,
          interfaceIndex: 0,
          user: 0,
        },
        encapOriginal: new Uint8Array(4),
        other: [{ type: 15, bytes: new Uint8Array(8) }],
      },
    ]),
    inByteOrder(linuxXfrm, byteOrder),
  ),
);

const recorded = {
  linux: linuxRecorded,
  linuxXfrm: [...linuxRecorded, ...xfrmMessages, ...xfrmMessages],
  illumos: ipseckeyCases().flatMap(({ sent, replies }) => [
    ...sent,
    ...replies.flatMap((reply) => (reply.kind === "message" ? [reply.bytes] : [])),
  ]),
};

const dialects: { name: DialectValue; byteOrder: ByteOrder; dialect: Dialect }[] = Object.entries({
  linux,
  linuxXfrm,
  illumos,
}).flatMap(([name, dialect]) =>
  (["little", "big"] as const).map((byteOrder) => ({
    name: name as DialectValue,
    byteOrder,
    dialect: inByteOrder(dialect, byteOrder),
  })),
);

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

describe.each(dialects)("$name, $byteOrder endian", ({ name, byteOrder, dialect }) => {
  it("has every kind of the dialect", () => {
    const kinds = [...dialect.tables.extensions.byKind.keys(), "raw"];
    expect(Object.keys(extensionOfKind[name]).sort()).toEqual(kinds.sort());
  });

  it.each(Object.entries(extensionOfKind[name]))("%s comes back as it was sent", (_kind, arbitrary) => {
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
      fc.property(message[name], (message) => {
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
    ["recorded messages, mutated", mutatedBytes(recorded[name])],
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
  const linuxCases: [name: string, bytes: Uint8Array, extensions: number, problems: number][] = [
    ["unknown extensions", repeated([1, 0, 60, 0, 0, 0, 0, 0]), 65533, 0],
    ["one known extension again and again", repeated([1, 0, 17, 0, 0, 0, 0, 0]), 65533, 65532],
    ["extensions that are too short", repeated([1, 0, 1, 0, 0, 0, 0, 0]), 65533, 65533 + 65532],
    ["one policy of requests", oneOf(18, [16, 0, 50, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 1, 0],
    ["one policy of requests with bad addresses", oneOf(18, [24, 0, 50, 0, 1, 2, 0, 0]), 1, 21844],
    ["one list of algorithms", oneOf(14, [2, 0, 128, 0, 128, 0, 0, 0]), 1, 0],
    ["one proposal", oneOf(13, [0]), 1, 1],
    ["one key", oneOf(9, [0]), 1, 0],
  ];
  const xfrmOf = (inside: number[]) => {
    const bytes = repeated([...inside.slice(4), ...inside.slice(0, 4)]);
    bytes.set([0xfd, 0xff, 0x58, 0xff], 16);
    return bytes;
  };
  const xfrmCases: typeof linuxCases = [
    ["one list of unknown attributes", xfrmOf([4, 0, 15, 0, 4, 0, 15, 0]), 1, 0],
    ["one known attribute again and again", xfrmOf([8, 0, 7, 1, 1, 0, 0, 0]), 1, 1],
  ];
  const illumosCases: typeof linuxCases = [
    ["one list of SA types", oneOf(17, [1]), 1, 0],
    ["one extended proposal", oneOf(18, [0, 0, 0, 0, 0, 0, 0xff, 0x1f]), 1, 0],
    ["one extended proposal with more combinations than fit", oneOf(18, [0, 0, 0, 0, 0, 0, 0, 0x20]), 1, 1],
    ["one key with salt", oneOf(9, [0xff]), 1, 0],
    ["one list of algorithms with salt", oneOf(15, [2, 0, 128, 0, 128, 0, 64, 32]), 1, 0],
  ];
  const cases = [
    ...linuxCases.map((row) => [linux, ...row] as const),
    ...xfrmCases.map((row) => [linuxXfrm, ...row] as const),
    ...illumosCases.map((row) => [illumos, ...row] as const),
  ];
  it.each(cases)("$name: %s", (machine, _name, bytes, extensions, problems) => {
    const dialect = inByteOrder(machine, "little");
    const start = performance.now();
    const decoded = decode(bytes, dialect);
    const again = encode(decoded.message, dialect);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(decoded.message.extensions.length).toBe(extensions);
    expect(decoded.problems.length).toBe(problems);
    expect(again.length).toBe(maximumMessageBytes);
    expect(again.every((byte, i) => byte === bytes[i])).toBe(true);
  });
});
