import { describe, expect, it } from "vitest";
import { parseStatement, SetkeySyntaxError, sourceLine } from "./index.ts";

const add = 'add 10.0.0.1\t10.0.0.2 esp 0x1000\n  -E aes-cbc "two\nlines of a key."   -A hmac-md5 0x0102;';

describe("sourceLine", () => {
  it.each<[name: string, text: string, line: number, shown: string]>([
    ["a tab is one column", add, 1, "add 10.0.0.1 10.0.0.2 esp 0x1000"],
    ["a key begins", add, 2, '  -E aes-cbc "***'],
    ["a key ends, and another follows", add, 3, '***************"   -A hmac-md5 ******;'],
    ["a line without a token", "flush\n\n;", 2, ""],
    [
      "the second line of a policy",
      "spdadd A B any -P out ipsec\n  esp/transport//require;",
      2,
      "  esp/transport//require;",
    ],
    [
      "a tab is one column in a policy, too",
      "spdadd A B any -P out ipsec\r\n\tesp/transport//require;",
      2,
      " esp/transport//require;",
    ],
    [
      "a policy that runs on into the next statement",
      "spdadd A B any -P out ipsec\nadd A B esp 1 -E des-cbc 0x01 -A hmac-md5 x;",
      2,
      "add A B esp 1 -E des-cbc **** -A hmac-md5 *;",
    ],
    [
      "a key in a comment within a policy",
      'spdadd A B any -P out # "a b" -Eaes 0x01\nnone # 0x0123456789abcdef;\n;',
      1,
      "spdadd A B any -P out # ***** ***** ****",
    ],
    ["a number as long as a key", "get A B esp 0x0123456789abcdef;", 1, "get A B esp ******************;"],
    [
      "a long number that is none",
      "get A B esp 18446744073709551615;",
      1,
      "get A B esp 18446744073709551615;",
    ],
    ["a comment is lost", "flush # all\n;", 1, "flush"],
  ])("%s", (_, text, line, shown) => {
    expect(sourceLine(parseStatement(text).tokens, line)).toBe(shown);
  });

  it.each<[text: string, shown: string]>([
    ["flush bogus;", "flush bogus"],
    ['add A B esp 300 -E aes-cbc "secret', 'add A B esp 300 -E aes-cbc "'],
    ["add A B esp 300 -E aes-cbcsecret 0x01;", "add A B esp 300 -E *************"],
    ["flush", "flush"],
  ])("in the error of %j", (text, shown) => {
    const thrown = (() => {
      try {
        return parseStatement(text);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(SetkeySyntaxError);
    expect((thrown as SetkeySyntaxError).sourceLine).toBe(shown);
  });
});
