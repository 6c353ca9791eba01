import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorAttributes, sadAttributes, spdAttributes, xfrmAttributes } from "./attribute-tables.ts";
import { splitDatagram } from "./datagram.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import type { MessageOf, XfrmMessage } from "./message.ts";
import { rowOfType } from "./message-table.ts";
import type { ProblemReason } from "./problem.ts";
import { attributeOf, framedBytes, messageOf, mutatedBytes } from "./testing/arbitraries.ts";
import { recorded } from "./testing/recorded.ts";

const carriers = [
  { table: xfrmAttributes, type: "flushPolicy", body: undefined },
  { table: sadAttributes, type: "newSadInfo", body: 0 },
  { table: spdAttributes, type: "newSpdInfo", body: 0 },
  { table: errorAttributes, type: "done", body: { errno: 0 } },
] as const;

/** A message that may have that kind of attribute, and nothing else. */
function carrier(kind: string): Omit<MessageOf<"flushPolicy">, "attributes"> {
  const { type, body } = carriers.find(({ table }) => table.byKind.has(kind as never)) ?? carriers[0];
  const header = { type, flags: 1, sequence: 2, portId: 3 };
  return (body === undefined ? header : { ...header, body }) as MessageOf<"flushPolicy">;
}

/** Where these are, bytes are out of the message's reach; everything else survives. */
const lossy: ReadonlySet<ProblemReason> = new Set([
  "header-short",
  "message-length-short",
  "message-truncated",
  "message-trailing-bytes",
]);

/** What has no header of its own stays without a name, even if what is written has one. */
const headless: ReadonlySet<ProblemReason> = new Set(["header-short", "message-length-short"]);

describe.each(["little", "big"] as const)("%s endian", (byteOrder) => {
  function comesBack(message: XfrmMessage): void {
    const bytes = encode(message, byteOrder);
    expect(decode(bytes, byteOrder)).toEqual({ bytes, message, problems: [] });
    expect(new DataView(bytes.buffer).getUint32(0, byteOrder === "little")).toBe(bytes.length);
  }

  it.each(Object.entries(attributeOf))("%s comes back as it was sent", (kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (attribute) => comesBack({ ...carrier(kind), attributes: [attribute] })),
      { numRuns: 50 },
    );
  });

  it.each(Object.entries(messageOf))("%s comes back as it was sent", (_type, arbitrary) => {
    fc.assert(fc.property(arbitrary, comesBack), { numRuns: 40 });
  });

  it("a message without a name comes back as it was sent", () => {
    const nameless = fc.record({
      type: fc.oneof(fc.integer({ min: 5, max: 15 }), fc.integer({ min: 0x2a, max: 0xffff })),
      flags: fc.nat(0xffff),
      sequence: fc.nat(0xffffffff),
      portId: fc.nat(0xffffffff),
      data: fc.uint8Array({ maxLength: 99 }),
    });
    fc.assert(fc.property(nameless, comesBack));
  });

  it("an error comes back with its request", () => {
    const request = fc.oneof(...Object.values(messageOf)).map((message) => encode(message, byteOrder));
    const error = fc.record({ errno: fc.integer({ min: 1, max: 133 }), request });
    fc.assert(
      fc.property(error, (body) => {
        comesBack({ type: "error", flags: 0, sequence: 1, portId: 2, body, attributes: [] });
        const attributes = [
          { kind: "errMsg", value: "no" },
          { kind: "errOffs", value: 20 },
        ] as const;
        comesBack({ type: "error", flags: 0x200, sequence: 1, portId: 2, body, attributes });
        const capped = { ...body, request: body.request.slice(0, 16) };
        comesBack({ type: "error", flags: 0x300, sequence: 1, portId: 2, body: capped, attributes });
      }),
    );
  });

  const anyBytes: [name: string, arbitrary: fc.Arbitrary<Uint8Array>][] = [
    ["random bytes", fc.uint8Array({ maxLength: 300 })],
    ["messages of random bytes", framedBytes(byteOrder)],
    ["messages of random bytes, mutated", framedBytes(byteOrder).chain((bytes) => mutatedBytes([bytes]))],
    ["recorded messages, mutated", mutatedBytes(recorded.map(({ bytes }) => bytes))],
  ];
  it.each(anyBytes)(
    "%s give problems and nothing worse, and lose nothing that can be kept",
    (_name, arbitrary) => {
      fc.assert(
        fc.property(arbitrary, (bytes) => {
          const { message, problems } = decode(bytes, byteOrder);
          const offsets = problems.map(({ offset }) => offset);
          expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
          expect(Math.max(0, ...offsets)).toBeLessThanOrEqual(bytes.length);

          const again = encode(message, byteOrder);
          if (!problems.some(({ reason }) => lossy.has(reason))) expect(again).toEqual(bytes);
          if (!problems.some(({ reason }) => headless.has(reason))) {
            expect(decode(again, byteOrder).message).toEqual(message);
          }
        }),
        { numRuns: 250 },
      );
    },
  );

  it("a datagram of messages falls into them", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(...Object.values(messageOf))), (messages) => {
        const parts = messages.map((message) => encode(message, byteOrder));
        const datagram = Uint8Array.from(parts.flatMap((part) => [...part]));
        expect(splitDatagram(datagram, byteOrder)).toEqual(parts);
      }),
      { numRuns: 30 },
    );
  });

  it.each(anyBytes)("%s are a datagram of which nothing but padding is lost", (_name, arbitrary) => {
    fc.assert(
      fc.property(fc.array(arbitrary), (parts) => {
        const datagram = Uint8Array.from(parts.flatMap((part) => [...part]));
        let end = datagram.byteOffset;
        for (const part of splitDatagram(datagram, byteOrder)) {
          expect(part.byteOffset - end).toBeLessThan(4);
          end = part.byteOffset + part.length;
        }
        expect(datagram.byteOffset + datagram.length - end).toBeLessThan(4);
      }),
      { numRuns: 50 },
    );
  });
});

it("has an arbitrary for each kind and each type", () => {
  const kinds = carriers.flatMap(({ table }) => [...table.byKind.keys()]);
  expect(Object.keys(attributeOf).sort()).toEqual([...kinds, "raw"].sort());
  expect(Object.keys(messageOf).sort()).toEqual([...rowOfType.keys()].sort());
});
