import { describe, expect, it } from "vitest";
import { decode, decodeStrict, MalformedMessageError } from "./decode.ts";
import { encode } from "./encode.ts";
import type { Problem } from "./problem.ts";
import { bytesOfHex, messageBytes } from "./testing/bytes.ts";

const header = { flags: 5, sequence: 7, portId: 0x01020304 } as const;
const nothing = { flags: 0, sequence: 0, portId: 0 } as const;
const zeros = (count: number) => "00".repeat(count);
const headerHex = "0500 07000000 04030201";

describe("messages", () => {
  const cases: { name: string; bytes: string; message: object; problems: Problem[] }[] = [
    {
      name: "no bytes",
      bytes: "",
      message: { ...nothing, type: 0, data: bytesOfHex("") },
      problems: [{ reason: "header-short", offset: 0, detail: "0 bytes, expected at least 16" }],
    },
    {
      name: "all but a byte of the header",
      bytes: "10000000 1c00 0500 07000000 040302",
      message: { ...header, portId: 0, type: 0x1c, data: bytesOfHex("") },
      problems: [{ reason: "header-short", offset: 0, detail: "15 bytes, expected at least 16" }],
    },
    {
      name: "length 0",
      bytes: `00000000 1c00 ${headerHex} 32000000`,
      message: { ...header, type: 0x1c, data: bytesOfHex("") },
      problems: [{ reason: "message-length-short", offset: 0, detail: "length 0, expected at least 16" }],
    },
    {
      name: "length 15",
      bytes: `0f000000 1c00 ${headerHex}`,
      message: { ...header, type: 0x1c, data: bytesOfHex("") },
      problems: [{ reason: "message-length-short", offset: 0, detail: "length 15, expected at least 16" }],
    },
    {
      name: "more bytes than the length says",
      bytes: `10000000 1d00 ${headerHex} 08001f00 01000000`,
      message: { ...header, type: "flushPolicy", attributes: [] },
      problems: [{ reason: "message-trailing-bytes", offset: 16, detail: "24 bytes, expected 16" }],
    },
    {
      name: "fewer bytes than the length says, between two attributes",
      bytes: `20000000 1d00 ${headerHex} 08001f00 01000000`,
      message: { ...header, type: "flushPolicy", attributes: [{ kind: "ifId", value: 1 }] },
      problems: [{ reason: "message-truncated", offset: 0, detail: "24 bytes, expected 32" }],
    },
    {
      name: "fewer bytes than the length says, inside the body",
      bytes: `28000000 1100 ${headerHex} ${zeros(23)}`,
      message: { ...header, type: 0x11, data: bytesOfHex(zeros(23)) },
      problems: [
        { reason: "message-truncated", offset: 0, detail: "39 bytes, expected 40" },
        { reason: "body-short", offset: 16, detail: "delSa has 23 bytes, expected at least 24" },
      ],
    },
  ];

  it.each(cases)("$name", ({ bytes: hex, message, problems }) => {
    const bytes = bytesOfHex(hex);
    expect(decode(bytes, "little")).toEqual({ bytes, message, problems });
    expect(() => decodeStrict(bytes, "little")).toThrow(new MalformedMessageError(problems[0]!));
  });

  it("MalformedMessageError says what, where and how", () => {
    const problem: Problem = { reason: "header-short", offset: 0, detail: "0 bytes, expected at least 16" };
    const error = new MalformedMessageError(problem);
    expect(error.message).toBe('"header-short" at byte 0: 0 bytes, expected at least 16');
    expect(error.problem).toBe(problem);
  });
});

/** Of these nothing is lost. */
const kept: {
  name: string;
  type: number;
  flags?: number;
  body: string;
  message: object;
  problems: Problem[];
}[] = [
  {
    name: "a body a byte short",
    type: 0x11,
    body: zeros(23),
    message: { type: 0x11, data: bytesOfHex(zeros(23)) },
    problems: [{ reason: "body-short", offset: 16, detail: "delSa has 23 bytes, expected at least 24" }],
  },
  {
    name: "a GETSA without a body that is for no dump",
    type: 0x12,
    body: "",
    message: { type: 0x12, data: bytesOfHex("") },
    problems: [{ reason: "body-short", offset: 16, detail: "getSa has 0 bytes, expected at least 24" }],
  },
  {
    name: "a GETSA for a dump, with the body of another",
    type: 0x12,
    flags: 0x301,
    body: zeros(24),
    message: { type: "getSa", flags: 0x301, attributes: [], rest: bytesOfHex(zeros(24)) },
    problems: [
      {
        reason: "attribute-length-short",
        offset: 16,
        detail: "attribute 0 has length 0, expected at least 4",
      },
    ],
  },
  {
    name: "a body that is not padded",
    type: 0x1c,
    body: "32",
    message: { type: "flushSa", body: { protocol: 50 }, padding: bytesOfHex(""), attributes: [] },
    problems: [],
  },
  {
    name: "a body padded with something",
    type: 0x27,
    body: "010201 ff 08001f00 01000000",
    message: {
      type: "setDefault",
      body: { in: 1, fwd: 2, out: 1 },
      padding: bytesOfHex("ff"),
      attributes: [{ kind: "ifId", value: 1 }],
    },
    problems: [],
  },
  {
    name: "bytes at the end that are no attribute",
    type: 0x1d,
    body: "08001f00 01000000 040000",
    message: {
      type: "flushPolicy",
      attributes: [{ kind: "ifId", value: 1 }],
      rest: bytesOfHex("040000"),
    },
    problems: [{ reason: "attribute-header-short", offset: 24, detail: "3 bytes, expected at least 4" }],
  },
  {
    name: "an attribute of length 3",
    type: 0x1d,
    body: "03001f00 01000000",
    message: { type: "flushPolicy", attributes: [], rest: bytesOfHex("03001f00 01000000") },
    problems: [
      {
        reason: "attribute-length-short",
        offset: 16,
        detail: "attribute 31 has length 3, expected at least 4",
      },
    ],
  },
  {
    name: "an attribute that ends after the message",
    type: 0x1d,
    body: "09001f00 01000000",
    message: { type: "flushPolicy", attributes: [], rest: bytesOfHex("09001f00 01000000") },
    problems: [
      { reason: "attribute-past-end", offset: 16, detail: "attribute 31 has 9 bytes, expected at most 8" },
    ],
  },
  {
    name: "an attribute too short for its structure",
    type: 0x1d,
    body: "07001f00 010000 00",
    message: {
      type: "flushPolicy",
      attributes: [{ kind: "raw", type: 31, value: bytesOfHex("010000") }],
    },
    problems: [
      { reason: "attribute-too-short", offset: 16, detail: "ifId has 3 bytes, expected at least 4" },
    ],
  },
  {
    name: "an attribute twice",
    type: 0x1d,
    body: "08001f00 01000000 08001f00 02000000",
    message: {
      type: "flushPolicy",
      attributes: [
        { kind: "ifId", value: 1 },
        { kind: "ifId", value: 2 },
      ],
    },
    problems: [{ reason: "attribute-duplicate", offset: 24, detail: "a second ifId, expected one" }],
  },
  {
    name: "PAD and nameless attributes twice, which is nobody's fault",
    type: 0x1d,
    body: "04001b00 04001b00 04003c00 04003c00",
    message: {
      type: "flushPolicy",
      attributes: [
        { kind: "pad", value: bytesOfHex("") },
        { kind: "pad", value: bytesOfHex("") },
        { kind: "raw", type: 60, value: bytesOfHex("") },
        { kind: "raw", type: 60, value: bytesOfHex("") },
      ],
    },
    problems: [],
  },
  {
    name: "a key of more bits than there are bytes",
    type: 0x1d,
    body: `49000200 ${zeros(64)} 09000000 ff 000000`,
    message: {
      type: "flushPolicy",
      attributes: [{ kind: "raw", type: 2, value: bytesOfHex(`${zeros(64)} 09000000 ff`) }],
    },
    problems: [{ reason: "algorithm-key", offset: 84, detail: "a key of 9 bits needs 2 bytes and has 1" }],
  },
  {
    name: "a key of 2^32 - 1 bits",
    type: 0x1d,
    body: `4c001200 ${zeros(64)} ffffffff 80000000`,
    message: {
      type: "flushPolicy",
      attributes: [{ kind: "raw", type: 18, value: bytesOfHex(`${zeros(64)} ffffffff 80000000`) }],
    },
    problems: [
      {
        reason: "algorithm-key",
        offset: 84,
        detail: "a key of 4294967295 bits needs 536870912 bytes and has 0",
      },
    ],
  },
  {
    name: "a bitmap of more words than there are",
    type: 0x1d,
    body: `1c001700 01000000 ${zeros(20)}`,
    message: {
      type: "flushPolicy",
      attributes: [{ kind: "raw", type: 23, value: bytesOfHex(`01000000 ${zeros(20)}`) }],
    },
    problems: [{ reason: "esn-bitmap", offset: 20, detail: "a bitmap of 1 words has 0" }],
  },
  {
    name: "a bitmap of 2^32 - 1 words",
    type: 0x1d,
    body: `20001700 ffffffff ${zeros(24)}`,
    message: {
      type: "flushPolicy",
      attributes: [{ kind: "raw", type: 23, value: bytesOfHex(`ffffffff ${zeros(24)}`) }],
    },
    problems: [{ reason: "esn-bitmap", offset: 20, detail: "a bitmap of 4294967295 words has 1" }],
  },
  {
    name: "a security context longer than its attribute",
    type: 0x1d,
    body: "0d000800 0a00 0800 01 02 0200 61 000000",
    message: {
      type: "flushPolicy",
      attributes: [{ kind: "raw", type: 8, value: bytesOfHex("0a00 0800 01 02 0200 61") }],
    },
    problems: [
      { reason: "security-context-length", offset: 26, detail: "a context of 2 bytes does not fit into 1" },
    ],
  },
  {
    name: "half a template after a whole one is no template",
    type: 0x1d,
    body: `64000500 ${"ff".repeat(64)} ${zeros(32)}`,
    message: {
      type: "flushPolicy",
      attributes: [
        { kind: "tmpl", value: [expect.objectContaining({ mode: 255 })], rest: bytesOfHex(zeros(32)) },
      ],
    },
    problems: [],
  },
  {
    name: "an error without the header of its request",
    type: 2,
    body: `00000000 ${zeros(15)}`,
    message: { type: 2, data: bytesOfHex(zeros(19)) },
    problems: [{ reason: "body-short", offset: 16, detail: "error has 19 bytes, expected at least 20" }],
  },
  {
    name: "an error whose request is longer than the message",
    type: 2,
    body: "ffffffff 18000000 1c000500 00000000 00000000 32000000",
    message: {
      type: "error",
      body: { errno: 1, request: bytesOfHex("18000000 1c000500 00000000 00000000 32000000") },
      attributes: [],
    },
    problems: [
      { reason: "error-request-past-end", offset: 20, detail: "a request of 24 bytes, expected at most 20" },
    ],
  },
  {
    name: "an error whose request says that it is shorter than a header",
    type: 2,
    body: "ffffffff 00000000 1c000500 00000000 00000000 08000200 14000000",
    message: {
      type: "error",
      body: { errno: 1, request: bytesOfHex("00000000 1c000500 00000000 00000000") },
      attributes: [{ kind: "errOffs", value: 20 }],
    },
    problems: [],
  },
  {
    name: "an error without all of a request that was no multiple of 4",
    type: 2,
    body: "ffffffff 11000000 1c000500 00000000 00000000 32 000000 08000200 10000000",
    message: {
      type: "error",
      body: { errno: 1, request: bytesOfHex("11000000 1c000500 00000000 00000000 32") },
      attributes: [{ kind: "errOffs", value: 16 }],
    },
    problems: [],
  },
  {
    name: "an error's text without a NUL",
    type: 3,
    body: "eaffffff 07000100 6e6f74 00",
    message: {
      type: "done",
      body: { errno: 22 },
      attributes: [{ kind: "raw", type: 1, value: bytesOfHex("6e6f74") }],
    },
    problems: [{ reason: "text-unterminated", offset: 24, detail: "3 bytes without a NUL" }],
  },
  {
    name: "a message without a name",
    type: 0x40,
    body: "010203",
    message: { type: 0x40, data: bytesOfHex("010203") },
    problems: [],
  },
];

describe("what is kept and written back", () => {
  it.each(kept)("$name", ({ type, flags = 5, body, message, problems }) => {
    const bytes = messageBytes(type, bytesOfHex(body), "little", flags);
    const decoded = decode(bytes, "little");
    expect(decoded).toEqual({ bytes, message: { ...header, ...message }, problems });
    expect(encode(decoded.message, "little")).toEqual(bytes);
  });
});

it("decodes copies, of a Buffer too", () => {
  const body = `${zeros(16)} 00001001 0200 32 00`;
  const bytes = Buffer.from(messageBytes(0x11, bytesOfHex(body), "little", 5));
  const { message } = decode(bytes, "little");
  bytes.fill(0xff);
  expect(message).toMatchObject({ body: { destination: new Uint8Array(16) } });
});

it.each([
  ["too short", "04001f00"],
  ["without a name", "04003c00"],
  ["that say nothing", "04001b00"],
  ["one and the same", "08001f00 01000000"],
])("half a megabyte of attributes %s ends in less than two seconds", (_name, hex) => {
  const attribute = bytesOfHex(hex);
  const inside = Uint8Array.from({ length: 2 ** 19 }, (_, i) => attribute[i % attribute.length]!);
  const bytes = messageBytes(0x1d, inside, "little", 0);
  const start = performance.now();
  const again = encode(decode(bytes, "little").message, "little");
  expect(performance.now() - start).toBeLessThan(2000);
  expect(again.length).toBe(bytes.length);
  expect(again.every((byte, i) => byte === bytes[i])).toBe(true);
});
