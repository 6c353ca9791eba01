import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayHoldKey } from "./index.ts";
import { anyStatement } from "./testing/any-statement.ts";
import { printStatement } from "./testing/print-statement.ts";

const add = "add 10.0.0.1 10.0.0.2 esp 0x1000";

const texts: [text: string, held: boolean][] = [
  ["", false],
  ["flush; dump esp; spdflush;", false],
  [`${add} -m tunnel -u 7 -E null;`, false],
  [`${add} -E null -A null; dump;`, false],
  [`${add} -E simple;`, false],
  ["get 2001:db8::1 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff esp 0xffffffff;", false],
  ["spdadd 10.0.0.0/24 10.0.1.0/24 any -P out ipsec esp/tunnel/10.0.0.1-10.0.0.2/unique:7;", false],
  // To be called back and mended.
  [`${add} -E aes-cb`, false],
  [`${add} -E aes-cbd;`, false],
  [`${add} -E -A;`, false],

  [`${add} -E des-cbc "ESP SA!!";`, true],
  [`${add} -E des-cbc "ESP SA!!`, true],
  [`${add} -E des-cbc 0x1;`, true],
  [`${add} -E des-cbc add;`, false],
  [`${add} -E des-cbc beef;`, true],
  [`${add}\n-E\ndes-cbc\n0x1;`, true],
  [`${add} -E des-cbd 0x1;`, true],
  [`${add} -E 0x1;`, true],
  [`${add} -Edes-cbc 0x1;`, true],
  [`${add}-E des-cbc 0x1;`, true],
  [`${add} -e des-cbc 0x1;`, true],
  [`${add} -e des-cb 0x0123456789abcdef;`, true],
  [`${add} -e des-cb 0123456789ABCDEF;`, true],
  [`# ${add} -E des-cbc 0x1;`, true],
  [`flush; # -E des-cbc # 0x1`, true],
  [`spdadd 10.0.0.1 10.0.0.2 any -P out -E des-cbc 0x1;`, true],
  ["0x0123456789abcdef;", true],
  ['"', true],
];

describe("whether a key may stand in it", () => {
  it.each(texts)("%j: %j", (text, held) => {
    expect(mayHoldKey(text)).toBe(held);
  });

  it("it may in each statement with a key, also with lines, letters and semicolons put in or gone", () => {
    const damage = fc.tuple(fc.nat(), fc.constantFrom("", "", "\n", ";", "#", "x", " ", '"'));
    fc.assert(
      fc.property(anyStatement, damage, (statement, [at, put]) => {
        if (!("algorithms" in statement)) return;
        const { encryption, authentication } = statement.algorithms;
        const bytes = (encryption?.key?.value.length ?? 0) + (authentication?.key?.value.length ?? 0);
        const text = printStatement(statement);
        const flag = /-[EA] /.exec(text)?.index ?? text.length;
        const where = at % (flag + 1);
        if (bytes > 0) expect(mayHoldKey(text.slice(0, where) + put + text.slice(where))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
