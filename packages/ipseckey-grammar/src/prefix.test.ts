import { expect, it } from "vitest";
import { parsePrefixed } from "./prefix.ts";

const rows: [text: string, length: number | undefined, illumos: number | undefined][] = [
  ["10.0.0.0/8", 8, 8],
  ["0.0.0.0/0", 0, 0],
  ["2001:db8:1::/48", 48, 48],
  ["::/128", 128, 128],
  ["10.0.0.0/", undefined, 0],
  ["10.0.0.0/x", undefined, 0],
  ["10.0.0.0/200", undefined, 200],
  ["10.0.0.0/257", undefined, 1],
  ["10.0.0.0/-1", undefined, 255],
  ["10.0.0.0/8/9", undefined, 8],
  ["10.0.0.0/99999999999999999999", undefined, undefined],
  [`10.0.0.0/${"9".repeat(100_000)}`, undefined, undefined],
];

it.each(rows)("%.40s", (text, length, illumos) => {
  const [address, ...rest] = text.split("/");
  const value = (found: number | undefined) => ({
    text: address,
    prefix: { text: rest.join("/"), length: found },
  });
  expect(parsePrefixed(text, { original: false, origin: "file" }).value).toEqual(value(length));
  expect(parsePrefixed(text, { original: true, origin: "file" }).value).toEqual(value(illumos));
});

it.each(["10.0.0.1", "me.domain.com", "::1"])("%s has none", (text) => {
  expect(parsePrefixed(text, { original: false, origin: "file" })).toEqual({
    value: { text, prefix: undefined },
    faults: [],
  });
});
