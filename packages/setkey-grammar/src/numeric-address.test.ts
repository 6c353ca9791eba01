import { describe, expect, it } from "vitest";
import { numericFamily } from "./numeric-address.ts";

const words = (...lines: string[]): string[] => lines.flatMap((line) => line.split(" "));

// Each checked against glibc's getaddrinfo with AI_NUMERICHOST.
describe.each([
  {
    family: "inet",
    texts: words(
      "10.0.0.1 0.0.0.0 255.255.255.255 10.1 10.0.1 10.65535 1 0 4294967295",
      "010.0.0.1 0x7f.1 0X7F.0.0.1",
    ),
  },
  {
    family: "inet6",
    texts: words(
      ":: ::1 1:: ABCD:: 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7::",
      "::ffff:1.2.3.4 1:2:3:4:5:6:1.2.3.4 fe80::1%eth0",
    ),
  },
  {
    family: undefined,
    texts: words(
      " foo 300.1.1.1 1.2.3.4.5 1.2.3.256 1..2 1.2.3. .1 10.65536.1 4294967296 08.1 0x 1.2.3.4%lo",
      ": ::: :1:: g:: 12345:: 1::2::3 1:2:3:4:5:6:7 1:2:3:4:5:6:7:8:9 1:2:3:4:5:6:7:8:: ::1:2:3:4:5:6:7:8",
      "::1.2.3 ::1.2.3.256 ::01.2.3.4 1.2.3.4:: 1:2:3:4:5:6:7:1.2.3.4 fe80::1% fe80::1%a%b",
    ),
  },
])("$family", ({ family, texts }) => {
  it.each(texts)("%j", (text) => {
    expect(numericFamily(text)).toBe(family);
  });
});
