import { EncodeError } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { encode } from "./encode.ts";
import type { XfrmMessage } from "./message.ts";

const header = { flags: 1, sequence: 1, portId: 0 } as const;
const flush = { ...header, type: "flushSa", body: { protocol: 0 }, attributes: [] } as const;
const id = { destination: new Uint8Array(16), spi: 0, family: 2, protocol: 50 };
const deletion = { ...header, type: "delSa", body: id, attributes: [] } as const;
const algorithm = { name: "aes", bits: 8, key: new Uint8Array(1) };
const withAttribute = (kind: string, value: unknown, end: object = {}) => ({
  ...flush,
  attributes: [{ kind, value, ...end }],
});

/** What is no message of the types, so that TypeScript refuses it as well. */
const refused: [name: string, message: object, field: string, text: string][] = [
  [
    "a type without a number",
    { ...flush, type: "newSA" },
    "message.type",
    '"newSA" is no value for message.type: expected the name or the number of a message',
  ],
  [
    "a type that is no number of 16 bits",
    { ...header, type: 0x10000, data: new Uint8Array() },
    "message.type",
    '"65536" is no value for message.type: expected an integer from 0 to 65535',
  ],
  [
    "a nameless message without bytes",
    { ...header, type: 0x40 },
    "message.data",
    '"undefined" is no value for message.data: expected a Uint8Array',
  ],
  [
    "flags that are no 16 bits",
    { ...flush, flags: 0x10000 },
    "message.flags",
    '"65536" is no value for message.flags: expected an integer from 0 to 65535',
  ],
  [
    "a sequence below 0",
    { ...flush, sequence: -1 },
    "message.sequence",
    '"-1" is no value for message.sequence: expected an integer from 0 to 4294967295',
  ],
  [
    "no body",
    { ...header, type: "flushSa", attributes: [] },
    "message.body",
    '"undefined" is no value for message.body: expected one for flushSa',
  ],
  [
    "a body where there is none",
    { ...flush, type: "flushPolicy" },
    "message.body",
    '"object" is no value for message.body: expected none',
  ],
  [
    "a body in a request for a dump",
    { ...deletion, type: "getSa", flags: 0x301 },
    "message.body",
    '"object" is no value for message.body: expected none',
  ],
  [
    "no body in a request for one SA",
    { ...header, type: "getSa", attributes: [] },
    "message.body",
    '"undefined" is no value for message.body: expected one for getSa',
  ],
  [
    "an SPI that is no number of 32 bits",
    { ...deletion, body: { ...id, spi: 2 ** 32 } },
    "saId.spi",
    '"4294967296" is no value for saId.spi: expected an integer from 0 to 4294967295',
  ],
  [
    "an address of 5 bytes",
    { ...deletion, body: { ...id, destination: new Uint8Array(5) } },
    "saId.destination",
    '"5 bytes" is no value for saId.destination: expected 4 or 16 bytes',
  ],
  [
    "an address in text",
    { ...deletion, body: { ...id, destination: "192.0.2.1" } },
    "saId.destination",
    '"string" is no value for saId.destination: expected a Uint8Array',
  ],
  [
    "padding of another size than the hole",
    { ...deletion, body: { ...id, padding: new Uint8Array(2) } },
    "saId.padding",
    '"2 bytes" is no value for saId.padding: expected 1 bytes',
  ],
  [
    "a kind of attribute without a number",
    withAttribute("markings", 1),
    "attribute.kind",
    '"markings" is no value for attribute.kind: expected a kind that goes with the type of the message',
  ],
  [
    "a kind of attribute of another message",
    withAttribute("sadCnt", 1),
    "attribute.kind",
    '"sadCnt" is no value for attribute.kind: expected a kind that goes with the type of the message',
  ],
  [
    "an attribute's value that is no number of 32 bits",
    withAttribute("ifId", 0.5),
    "value",
    '"0.5" is no value for value: expected an integer from 0 to 4294967295',
  ],
  [
    "a time that is no bigint",
    withAttribute("lastUsed", 5),
    "value",
    '"5" is no value for value: expected a bigint from 0 to 2^64 - 1',
  ],
  [
    "a flag that is not set",
    withAttribute("iptfsDontFrag", false),
    "value",
    '"false" is no value for value: expected true, or no such attribute',
  ],
  [
    "a key of another size than its bits say",
    withAttribute("algCrypt", { ...algorithm, bits: 9 }),
    "algorithm.key",
    '"1 bytes" is no value for algorithm.key: expected 2 bytes',
  ],
  [
    "a name of 65 letters",
    withAttribute("algCrypt", { ...algorithm, name: "x".repeat(65) }),
    "algorithm.name",
    `"${"x".repeat(65)}" is no value for algorithm.name: expected at most 64 characters`,
  ],
  [
    "a name with a NUL",
    withAttribute("algCrypt", { ...algorithm, name: "a\0" }),
    "algorithm.name",
    '"a\0" is no value for algorithm.name: expected Latin-1 without NUL',
  ],
  [
    "a name that is not Latin-1",
    withAttribute("algCrypt", { ...algorithm, name: "ā" }),
    "algorithm.name",
    '"ā" is no value for algorithm.name: expected Latin-1 without NUL',
  ],
  [
    "bytes after a name that do not fill its field",
    withAttribute("algCrypt", { ...algorithm, namePadding: new Uint8Array(59) }),
    "algorithm.namePadding",
    '"59 bytes" is no value for algorithm.namePadding: expected 60 bytes',
  ],
  [
    "an attribute longer than its length can say",
    withAttribute("pad", new Uint8Array(0xfffc)),
    "attribute length",
    '"65536" is no value for attribute length: expected an integer from 0 to 65535',
  ],
  [
    "padding that would move the next attribute away from a multiple of 4",
    {
      ...flush,
      attributes: [
        { kind: "proto", value: 1, padding: new Uint8Array(1) },
        { kind: "ifId", value: 1 },
      ],
    },
    "attribute.padding",
    '"byte 26" is no value for attribute.padding: expected the next attribute at a multiple of 4',
  ],
  [
    "a rest away from a multiple of 4",
    { ...withAttribute("proto", 1, { padding: new Uint8Array(0) }), rest: new Uint8Array(1) },
    "message.rest",
    '"byte 25" is no value for message.rest: expected a multiple of 4 before it',
  ],
];

describe("refuses", () => {
  it.each(refused)("%s", (_name, message, field, text) => {
    let thrown: unknown;
    try {
      encode(message as XfrmMessage, "little");
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(EncodeError);
    expect(thrown).toMatchObject({ field, message: text });
  });
});

it("writes in the machine's byte order unless told", () => {
  const isLittle = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
  expect(encode(flush)).toEqual(encode(flush, isLittle ? "little" : "big"));
});
