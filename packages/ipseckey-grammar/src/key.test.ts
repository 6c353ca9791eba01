import { fromHex, ipseckeyCases } from "@keysock/goldens";
import { describe, expect, it } from "vitest";
import { parseKey } from "./key.ts";
import type { ProblemCode } from "./problem.ts";

const faces = { default: { original: false }, illumos: { original: true } } as const;

interface Row {
  text: string;
  /** Bits and bytes; undefined: no key. */
  key: [bits: number, hex: string] | undefined;
  codes?: ProblemCode[];
  /** Where illumos differs. */
  illumos?: Pick<Row, "key" | "codes">;
}

const rows: Row[] = [
  { text: "1234", key: [16, "1234"] },
  { text: "123", key: [16, "1230"] },
  { text: "1", key: [8, "10"] },
  { text: "123/12", key: [12, "1230"] },
  { text: "1230/12", key: [12, "1230"], codes: ["truncated-bits"] },
  { text: "e/3", key: [3, "e0"] },
  { text: "f/3", key: [3, "e0"] },
  { text: "ff/3", key: [3, "e0"], codes: ["truncated-bits"] },
  { text: "ff/4", key: [4, "f0"], codes: ["truncated-bits"] },
  { text: "f0/5", key: [5, "f0"] },
  { text: "ff/7", key: [7, "fe"] },
  { text: "ff/8", key: [8, "ff"] },
  { text: "fff/9", key: [9, "ff80"] },
  { text: "7/1", key: [1, "00"] },
  { text: "80/1", key: [1, "80"], codes: ["truncated-bits"] },
  { text: "0x1234", key: [16, "1234"] },
  { text: "0X1234", key: [16, "1234"] },
  { text: "0x", key: undefined, codes: ["not-hexadecimal"], illumos: both("not-hexadecimal", "invalid-key") },
  { text: "0", key: [8, "00"] },
  { text: "aBcDeF01", key: [32, "abcdef01"] },
  { text: "123456789abcdef01/68", key: [68, "123456789abcdef010"] },
  { text: "12/08", key: [8, "12"] },
  { text: "12/0", key: [0, ""], codes: ["truncated-bits"] },
  {
    text: "2112/50",
    key: undefined,
    codes: ["too-many-bits"],
    illumos: { key: [50, "2100"], codes: ["too-many-bits"] },
  },
  {
    text: "/8",
    key: undefined,
    codes: ["too-many-bits"],
    illumos: { key: [8, ""], codes: ["too-many-bits"] },
  },
  {
    text: "0x/8",
    key: undefined,
    codes: ["too-many-bits"],
    illumos: { key: [8, ""], codes: ["too-many-bits"] },
  },
  { text: "12/8x", key: undefined, codes: ["not-a-bit-count"], illumos: { key: [8, "12"] } },
  {
    text: "12/0x8",
    key: undefined,
    codes: ["not-a-bit-count"],
    illumos: { key: [0, ""], codes: ["truncated-bits"] },
  },
  { text: "1234/16/8", key: undefined, codes: ["not-a-bit-count"], illumos: { key: [16, "1234"] } },
  { text: "12/x", key: undefined, codes: ["not-a-bit-count"] },
  { text: "12/", key: undefined, codes: ["not-a-bit-count"] },
  {
    text: "12:34",
    key: undefined,
    codes: ["not-hexadecimal"],
    illumos: both("not-hexadecimal", "invalid-key"),
  },
  {
    text: "12 34",
    key: undefined,
    codes: ["not-hexadecimal"],
    illumos: both("not-hexadecimal", "invalid-key"),
  },
  {
    text: "ff".repeat(8192),
    key: undefined,
    codes: ["too-many-bits"],
    illumos: { key: [65536, "ff".repeat(8192)] },
  },
];

function both(...codes: ProblemCode[]): Pick<Row, "key" | "codes"> {
  return { key: undefined, codes };
}

describe.each(Object.entries(faces))("%s", (name, { original }) => {
  it.each(rows)("$text", (row) => {
    const { key, codes = [] } = name === "illumos" && row.illumos !== undefined ? row.illumos : row;
    const parsed = parseKey(row.text, "authkey", { original, origin: "file" });
    expect(parsed.faults.map(({ code }) => code)).toEqual(codes);
    expect(parsed.value && [parsed.value.bits, Buffer.from(parsed.value.bytes).toString("hex")]).toEqual(key);
  });
});

it("counts the digits that were written", () => {
  expect(parseKey("0x12345/9", "encrkey", { original: false, origin: "file" }).value?.digits).toBe(5);
});

it("shows no digit of a key in its own words", () => {
  for (const text of ["abcdef/99", "abcdef/3", "abcdefg", "abcdef/123456"]) {
    const { faults } = parseKey(text, "authkey", { original: false, origin: "file" });
    expect(faults.length).toBeGreaterThan(0);
    for (const { message, secret } of faults)
      expect([message.includes("abc"), secret]).toEqual([false, true]);
  }
});

describe("recorded messages", () => {
  // `-nv` shows the key that was sent.
  const keys = ipseckeyCases().flatMap(({ name, stdin, files, stdout }) => {
    const written = /authkey "?([^ "\n]+)"?\n$/.exec(stdin || (files.get("input")?.content ?? ""))?.[1];
    const sent = /AKY: ([0-9a-f]*)\/([0-9]+)\n/.exec(stdout);
    return written === undefined || sent === null || !/key-/.test(name) ? [] : [{ name, written, sent }];
  });

  it("are there", () => {
    expect(keys.length).toBeGreaterThan(25);
  });

  it.each(keys)("$name", ({ written, sent }) => {
    const { value } = parseKey(written, "authkey", { original: true, origin: "file" });
    expect(value?.bytes).toEqual(fromHex(sent[1]!));
    expect(value?.bits).toBe(Number(sent[2]));
  });
});
