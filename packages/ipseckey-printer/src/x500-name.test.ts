import { expect, it } from "vitest";
import { bytesOf } from "./testing/sample.ts";
import { x500Name } from "./x500-name.ts";

/** A value in DER: tag, length and content. */
const der = (tag: number, ...content: string[]): string => {
  const joined = content.join("");
  const length = joined.length < 0x80 ? [joined.length] : [0x82, joined.length >> 8, joined.length & 0xff];
  return String.fromCharCode(tag, ...length) + joined;
};
const sequence = (...content: string[]): string => der(0x30, ...content);
const set = (...content: string[]): string => der(0x31, ...content);
const attribute = (identifier: string, value: string, tag = 0x0c): string =>
  sequence(der(0x06, identifier), der(tag, value));

const cn = "\x55\x04\x03";
const organization = "\x55\x04\x0a";
const domainComponent = "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19";
const surname = "\x55\x04\x04";

const rows: [name: string, data: string, text: string | undefined][] = [
  [
    "the last component first",
    sequence(set(attribute(organization, "Org")), set(attribute(cn, "alice"))),
    "CN=alice,O=Org",
  ],
  [
    "two attributes in one component",
    sequence(set(attribute(cn, "a"), attribute(organization, "b"))),
    "CN=a+O=b",
  ],
  ["with padding behind", `${sequence(set(attribute(cn, "a")))}\0\0\0`, "CN=a"],
  ["a long identifier", sequence(set(attribute(domainComponent, "example", 0x16))), "DC=example"],
  ["an attribute without a name", sequence(set(attribute(surname, "x"))), "2.5.4.4=#0c0178"],
  ["a string of two bytes a character", sequence(set(attribute(cn, "\0a", 0x1e))), "CN=#1e020061"],
  [
    "characters that mean something",
    sequence(set(attribute(cn, ' a,"b\\;\x1b\xc3 '))),
    'CN=\\ a\\,\\"b\\\\\\;\\1b\\c3\\ ',
  ],
  ["a number sign in front", sequence(set(attribute(cn, "#a#"))), "CN=\\#a#"],
  ["a length in more than one byte", sequence(set(attribute(cn, "a".repeat(200)))), `CN=${"a".repeat(200)}`],
  ["a directory name", der(0xa4, sequence(set(attribute(cn, "alice")))), "CN=alice"],
  ["a DNS name", der(0x82, "a.b.c"), "a.b.c"],
  ["a mail address", der(0x81, "u@h"), "u@h"],
  ["a URI", der(0x86, "http://h/"), "http://h/"],
  ["no components", sequence(), undefined],
  ["a component that is no set", sequence(sequence()), undefined],
  ["an attribute that is no sequence", sequence(set(der(0x0c, "x"))), undefined],
  ["an attribute without a value", sequence(set(sequence(der(0x06, cn)))), undefined],
  ["a length beyond the end", "\x30\x05ab", undefined],
  ["a length of three bytes", "\x30\x83\x00\x00\x01a", undefined],
  ["a directory name that is none", der(0xa4, "ab"), undefined],
  ["text", "some.name", undefined],
  ["nothing", "", undefined],
];

it.each(rows)("%s", (_, data, text) => {
  expect(x500Name(bytesOf(data))).toBe(text);
});
