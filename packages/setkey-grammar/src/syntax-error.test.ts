import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseScript, parseStatement, SetkeySyntaxError } from "./index.ts";

function errorOf(text: string, compat?: "ipsec-tools"): SetkeySyntaxError {
  try {
    for (const _ of parseScript([text], { compat }));
  } catch (error) {
    if (error instanceof SetkeySyntaxError) return error;
    throw error;
  }
  throw new Error(`no error in ${text}`);
}

const A = "add 10.0.0.1 10.0.0.2 esp 300";
const S = "spdadd 10.0.0.1 10.0.0.2 any";

describe("ipsec-tools' lines", () => {
  // biome-ignore format: one row a line
  it.each([
    ["foo bar;", "line 1: syntax error at [foo]"],
    ["ADD A B esp 300 -E null;", "line 1: syntax error at [ADD]"],
    [";", "line 1: syntax error at [;]"],
    [`${A} -E rc5-cbc "kamekame";`, "line 1: syntax error at [rc5-cbc]"],
    [`${A} -E chacha20-poly1305 "kamekame";`, "line 1: syntax error at [chacha20-poly1305]"],
    [`${A} -E aes-gcm-16 0x0102;`, "line 1: syntax error at [0x0102]"],
    [`${A} -A tcp-md5 "secret";`, "line 1: syntax error at [secret]"],
    [`${A} -E des-cbc 0102030405060708;`, "line 1: syntax error at [0102030405060708]"],
    [`${A} -E null "";`, "line 1: syntax error at []"],
    [`${A} -E null -A null`, "line 1: syntax error at []"],
    [`${A} -E null -m tunnel;`, "line 1: syntax error at [-m]"],
    [`${A} -E des-cbc "kamekame\n`, 'line 1: Syntax error at ["]'],
    [`${A} -esn -E null;`, "line 1: Syntax error at [-]"],
    [`${A} -natt A[1] B[2] -E null;`, "line 1: syntax error at [-n]"],
    [`${A} -mark 1 -E null;`, "line 1: syntax error at [ark]"],
    [`${A} -if_id 1 -E null;`, "line 1: Syntax error at [-]"],
    [`${A} -output-mark 1 -E null;`, "line 1: Syntax error at [-]"],
    [`${A} -dir in -E null;`, "line 1: Syntax error at [-]"],
    [`${A} -sel A B any -E null;`, "line 1: Syntax error at [-]"],
    ["spdadd -mark 1 A B any -P out none;", "line 1: syntax error at [-m]"],
    [`${A} -E aes-gcm-8 0x0102;`, "line 1: syntax error at [aes-gcm-8]"],
    [`${A} -E aes-ccm-16 0x0102;`, "line 1: syntax error at [aes-ccm-16]"],
    [`${A} -A hmac-sha256-128 0x0102;`, "line 1: syntax error at [hmac-sha256-128]"],
    [`${A} -A aes-cmac 0x0102;`, "line 1: syntax error at [aes-cmac]"],
    ["getspi A B esp 300;", "line 1: syntax error at [getspi]"],
    [`update${A.slice(3)} -E null;`, "line 1: syntax error at [update]"],
    ["get my_host B 300;", "line 1: Syntax error at [_]"],
    ["get dump B 300;", "line 1: syntax error at [dump]"],
    ["get 10 B 300;", "line 1: syntax error at [10]"],
    ["get 0x0a000001 B 300;", "line 1: syntax error at [0x0a000001]"],
    ["deleteall A[1] B;", "line 1: syntax error at [[]"],
    ["spddelete A B any;", "line 1: syntax error at [;]"],
    ["spdadd A B esp -P out none;", "line 1: syntax error at [esp]"],
    ["spdadd A B icmp 8 -P out none;", "line 1: syntax error at [8]"],
    ["spdadd A B gre 1234 -P out none;", "line 1: syntax error at [1234]"],
    [`${S} -P out none`, "line 1: syntax error at []"],
    [`${S} -P;`, "line 1: syntax error at [;]"],
    [`${S} -P out none,;`, "line 1: syntax error at [ out none,]"],
    [`${S} -P out ipsec # c\n esp/transport//require;`, "line 2: syntax error at [\n esp/transport//require]"],
    [`${S} -P out\nnone,;`, "line 2: syntax error at [ out\nnone,]"],
    ["\n\n# x\n  flush\n;\n\n bogus;", "line 7: syntax error at [bogus]"],
    [`${A} -E des-cbc "a\nb\nc"\n; bogus;`, "line 2: syntax error at [bogus]"],
    ["flush;\r\n", "line 1: Syntax error at [\r]"],
    ["flush", "line 1: syntax error at []"],
    ["flush\n\n", "line 3: syntax error at []"],
  ])("%j: %s", (text, line) => {
    const { scannerLine, fatal, at } = errorOf(text, "ipsec-tools");
    expect(`line ${scannerLine}: ${fatal ? "Syntax" : "syntax"} error at [${at}]`).toBe(line);
  });
});

describe("by default: where, what was found, what was expected", () => {
  const commands =
    "deleteall, add, get, delete, flush, dump, spdadd, spdupdate, spddelete, spddump, spdflush, exit, quit, bye, update or getspi";
  const flags = "-m, -u, -r, -lh, -ls, -bh, -bs, -esp_frag, -f";
  // biome-ignore format: one row a line
  it.each([
    ["foo;", 1, 1, `"foo" found: expected ${commands}`],
    ["flsuh;", 1, 1, `"flsuh" found: expected ${commands}; did you mean flush?`],
    ["ADD A B esp 300 -E null;", 1, 1, `"ADD" found: expected ${commands}; did you mean add?`],
    ["get 10 B 300;", 1, 5, '"10" found: expected -4, -6 or -n or an address'],
    ["get A B eps 300;", 1, 9, '"eps" found: expected "[", esp-udp, a protocol (esp, ah, ipcomp, esp-old, ah-old, tcp) or an SPI (a decimal number, or a hexadecimal one with 0x); did you mean esp?'],
    [`${A};`, 1, 30, `";" found: expected ${flags}, -E, -A, -C, -ctx, -natt, -natt_mtu, -esn, -hwif, -mark, -output-mark, -if_id, -dir or -sel`],
    [`${A}\n -lt 5 -E null;`, 2, 2, `"-lt" found: expected ${flags}, -E, -A, -C, -ctx, -natt, -natt_mtu, -esn, -hwif, -mark, -output-mark, -if_id, -dir or -sel; did you mean -lh?`],
    [`${A} -u 0x10 -E null;`, 1, 34, '"0x10" found: expected a decimal number'],
    [`${A} -m tunel -E null;`, 1, 34, '"tunel" found: expected transport, tunnel or any; did you mean tunnel?'],
    [`${A} -E aes-cbd "0123456789abcdef";`, 1, 34, '"aes-cbd" found: expected null, simple or an encryption algorithm; did you mean aes-cbc?'],
    [`${A} -mark -E null;`, 1, 37, '"-E" found: expected a number (decimal, or hexadecimal with 0x)'],
    [`${A} -mark 1/x -E null;`, 1, 39, '"x" found: expected a number (decimal, or hexadecimal with 0x)'],
    [`${A} -dir fwd -E null;`, 1, 36, '"fwd" found: expected in or out'],
    [`${A} -hwif eth0 packets -E null;`, 1, 42, expect.stringMatching(/^"packets" found: .*; did you mean packet\?$/)],
    ["spdadd -ifid 1 A B any -P out none;", 1, 8, '"-ifid" found: expected tagged, -mark, -if_id, -4, -6 or -n or an address; did you mean -if_id?'],
    [`${A} -E des-cbc;`, 1, 41, '";" found: expected a key ("characters" or 0x and hexadecimal digits)'],
    [`${A} -A hmac-sha 0x01;`, 1, 34, '"hmac-sha" found: expected null or an authentication algorithm; did you mean hmac-sha1?'],
    [`${A} -E null -A hmac-md5 0x01 -E null;`, 1, 56, '"-E" found: expected ";"'],
    ["spddelete A B any;", 1, 18, '";" found: expected -ctx, -P or what the upper layer protocol looks at (type,code)'],
    [`${S} -P out none "x";`, 1, 42, '(key) found: expected ";"'],
    ["get A@ B 1;", 1, 6, '"@" found: expected "[" or an address'],
    ["flush\n", 2, 1, 'end of input found: expected ";", esp-udp or a protocol (esp, ah, ipcomp, esp-old, ah-old, tcp)'],
    [`${A} -E des-cbc "kame;\n`, 1, 42, 'a quoted string without its end found: expected a key ("characters" or 0x and hexadecimal digits)'],
    [`get ${"x".repeat(100)}] B 1;`, 1, 105, '"]" found: expected "[" or an address'],
    [`${"x".repeat(100)} B 1;`, 1, 1, `"${"x".repeat(64)}..." found: expected ${commands}`],
  ])("%j", (text, line, column, message) => {
    const error = errorOf(text);
    expect(error.message).toEqual(message);
    expect(error.position).toEqual({ line, column, offset: expect.any(Number) });
  });

  it("one statement and no more", () => {
    expect(() => parseStatement("flush; dump;")).toThrow('"dump" found: expected end of input');
    expect(() => parseStatement(" # nothing")).toThrow("end of input found: expected deleteall, ");
  });
});

describe("keys in errors", () => {
  const secret = "5ec2e7cafe5ec2e7";
  // biome-ignore format: one row a line
  it.each([
    `${A} -E ${secret};`,
    `${A} -E 0x${secret};`,
    `${A} -E "${secret}";`,
    `${A} -E ${secret}-${secret};`,
    `${A} -E des-cbc 0x${secret}zz;`,
    `${A} -E aes-gcm-24 ${secret};`,
    `${A} -E aes-gcm-16${secret};`,
    `${A} -A hmac-sha256-${secret};`,
    `${A} -E aes-ccm-8 ${secret} ${secret};`,
    `${A} -E rfc4106 0x${secret};`,
    `${A} -E des-cbc ${secret}_;`,
    `${A} -E des-cbc 0x01 ${secret};`,
    `${A} -E des-cbc 0x01 0x${secret};`,
    `${A} -E des-cbc 0x01 -A hmac-md5 x${secret};`,
    `${A} -E des-cbc "01" "${secret}";`,
    `${A} -E des-cbc "${secret}`,
    `${A} "${secret}";`,
    `"${secret}" ;`,
    `${A} 0x${secret};`,
    `${A} ${secret};`,
    `${A} -u 0x${secret} -E null;`,
    `get A B esp 0x${secret} 1;`,
    `${S} -P out ipsec esp/transport//require ${A} -E des-cbc 0x${secret.slice(0, 8)} -A hmac-md5 "01";`,
  ])("%s", (text) => {
    const error = errorOf(text);
    expect(JSON.stringify({ ...error, message: error.message })).not.toContain(secret.slice(0, 4));
    expect(error.stack).not.toContain(secret.slice(0, 4));
  });

  it("are shown where ipsec-tools is to be replayed", () => {
    expect(errorOf(`${A} -E des-cbc 0x0${secret}zz;`, "ipsec-tools").at).toBe(`0x0${secret}zz`);
  });

  it("a character of one is not shown either", () => {
    expect(errorOf(`${A} -E des-cbc 0x01@;`).found).toBe("a character that stands for nothing");
  });
});

const soup = fc
  .array(
    fc.constantFrom(
      ..."add get delete deleteall flush dump spdadd spddelete tagged any tcp esp ah esp-udp null des-cbc 10.0.0.1 ::1 300 0x10 8,0".split(
        " ",
      ),
      ..."-m -u -f -E -A -C -R -P -ctx -4n -natt -esn -mark -output-mark -if_id -dir -sel -hwif packet tunnel zero-pad deflate hmac-md5 in out ipsec none esp/transport//use".split(
        " ",
      ),
      ...'[ ] / ; " # @ \n \r'.split(" "),
      '"key"',
    ),
    { maxLength: 24 },
  )
  .map((words) => words.join(" "));

it("any text is a statement or a syntax error, the same in one way only", () => {
  fc.assert(
    fc.property(
      fc.oneof(soup, fc.string({ unit: "binary-ascii" })),
      fc.constantFrom(undefined, "ipsec-tools" as const),
      (text, compat) => {
        try {
          expect(parseStatement(text, { compat }).tokens.length).toBeGreaterThan(1);
        } catch (error) {
          expect(error).toBeInstanceOf(SetkeySyntaxError);
          expect((error as SetkeySyntaxError).expected.length).toBeGreaterThan(0);
        }
      },
    ),
    { numRuns: 500 },
  );
});
