import { parseCommand } from "@keysock/ipseckey-grammar";
import { describe, expect, it } from "vitest";
import { compile } from "./compile.ts";
import { overwriteKeys } from "./keys.ts";
import {
  type Circumstances,
  compat,
  compileText,
  hexOf,
  littleIllumos,
  littleLinux,
  onLinux,
  problemsOf,
  requestsOf,
} from "./testing/compiling.ts";
import { recordingHost } from "./testing/recordings.ts";

const key = "encralg aes encrkey 00112233445566778899aabbccddeeff";
const add = `add esp spi 0x100 dst 192.0.2.2 ${key}`;
const compatLinux: Circumstances = { ...onLinux, ...compat };

const spaced = (hex: string) => hex.replaceAll(/\s/g, "");

// Laid out by hand from net/pfkeyv2.h; the recorded runs are compared elsewhere.
// biome-ignore format: columns
const messages: [name: string, text: string, circumstances: Circumstances, messages: string[]][] = [
  ["flush of everything", "flush", {}, ["02090000 02000000 00000000 00000000"]],
  ["dump of a type by number", "dump 0x2", {}, ["020a0002 02000000 00000000 00000000"]],
  ["save is a dump", "save esp keys", {}, ["020a0003 02000000 00000000 00000000"]],
  ["monitor", "monitor", {}, ["020b0001 02000000 00000000 00000000"]],
  ["passive_monitor", "pmonitor", {}, []],
  ["help", "help", {}, []],
  ["exit", "quit", {}, []],
  ["flush on Linux", "flush ah", onLinux, ["02090002 02000000 00000000 00000000"]],
  ["flush of a type that is none, from the shell", "flush foo", { ...compat, shell: true }, ["02090000 02000000 00000000 00000000"]],
  ["flush with a word too many, from the shell", "flush esp junk", { ...compat, shell: true }, ["02090003 02000000 00000000 00000000"]],
  [
    "inbound as the first word",
    `add esp inbound spi 0x100 dst 192.0.2.2 ${key}`,
    compat,
    [`02030003 11000000 00000000 00000000
      02000100 00000100 0001000c 00400000
      03000900 80000000 00112233 44556677 8899aabb ccddeeff
      05000600 00000000 1a000000 00000000 00000000 00000000 0000ffff c0000202 00000000 00000000
      05000500 00000000 1a000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000`],
  ],
  [
    "a source port without a source",
    "delete esp sport 500 spi 1 dst 192.0.2.2 proto 17",
    compat,
    [`02040003 0e000000 00000000 00000000
      02000100 00000001 00000000 00000000
      05000600 00000000 1a000000 00000000 00000000 00000000 0000ffff c0000202 00000000 00000000
      05000500 11000000 1a0001f4 00000000 00000000 00000000 00000000 00000000 00000000 00000000`],
  ],
  [
    "update-pair",
    "update-pair esp spi 0x100 dst 192.0.2.2 soft_bytes 9",
    compat,
    [`020d0003 12000000 00000000 00000000
      02000100 00000100 0001000b 00000000
      04000400 00000000 09000000 00000000 00000000 00000000 00000000 00000000
      05000600 00000000 1a000000 00000000 00000000 00000000 0000ffff c0000202 00000000 00000000
      05000500 00000000 1a000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000`],
  ],
  [
    "state by number",
    "update ah spi 0x100 dst 192.0.2.2 state 1",
    {},
    [`02020002 0e000000 00000000 00000000
      02000100 00000100 00010000 00000000
      05000600 00000000 1a000000 00000000 00000000 00000000 0000ffff c0000202 00000000 00000000
      05000500 00000000 1a000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000`],
  ],
];

describe("messages", () => {
  it.each(messages)("%s", (_, text, circumstances, expected) => {
    expect(hexOf(text, circumstances)).toEqual(expected.map(spaced));
  });
});

// What illumos prints and what it is said to be: at once ("!"), collected (" ") or what ends the command ("X").
const marks = { "at once": "!", collected: " ", fatal: "X", ends: "X", "standard error": "X", silent: "X" };

// biome-ignore format: columns
const illumosTexts: [name: string, text: string, circumstances: Circumstances, texts: string[]][] = [
  ["what is said at once comes first", `${add} foo bar authalg bogus replay 3 src nosuch.example`, compat, [
    '!Unknown authentication algorithm type "bogus"\n',
    "!WARNING:  Replay with manual keying considered harmful.\n",
    "!Unknown address nosuch.example.",
    ' Unknown extension field "foo" \n',
    ' Unknown extension field "bar" \n',
    ' Unknown src address "nosuch.example"\n',
    ' Unknown extension field "nosuch.example" \n',
  ]],
  ["what is not taken is read as an attribute", "add esp spi 0x100 dst 192.0.2.2 dst spi 7", compat, [
    " Can only specify single destination address.\n",
    " Can only specify single SPI value.\n",
  ]],
  ["a fatal error makes it forget the others", `${add} foo bar sport x`, compat, ['XExpecting a number, not "x"!\n']],
  ["the label's words", `${add} label a outer-label b`, compat, [" Malformed security label\n", " Malformed security label\n"]],
  ["a port without an address to put it in crashes there", "delete esp spi 1 dport 5", compat, [" Need destination address for delete.\n"]],
  ["no SA", "delete-pair esp dst 192.0.2.2", compat, [" Need SA parameters for delete-pair.\n"]],
  ["no algorithm stops before the destination", "add esp state mature", compat, [
    " The SPI value is missing for the association you wish to add.\n",
    " Select at least one algorithm for this add.\n",
  ]],
  ["pair-spi 0 of update-pair", "update-pair ah spi 1 dst 192.0.2.2 pair-spi 0", compat, [
    ' Invalid SPI value "0" .\n',
    ' pair-spi can not be used with the "update-pair" command.\n',
  ]],
  ["both ports and addresses without encap: ports", `${add} nat_loc 192.0.2.1 nat_rport 4500`, compat, [
    " Must specify 'encap udp' with any NAT-T port.\n",
  ]],
  ["add from the shell", "add esp spi 1", { ...compat, shell: true }, ["Xcan't do ADD or UPDATE from the command line.\n"]],
];

describe("what illumos says", () => {
  it.each(illumosTexts)("%s", (_, text, circumstances, texts) => {
    const problems = problemsOf(text, circumstances);
    expect(problems.map(({ report, original }) => marks[report] + original)).toEqual(texts);
  });

  it("warns of a key without enough digits, and sends it", () => {
    expect(problemsOf("add ah spi 0x100 dst 192.0.2.2 authalg md5 authkey 2112/50")[0]?.code).toBe(
      "too-many-bits",
    );
    const { warnings } = compileText("add ah spi 0x100 dst 192.0.2.2 authalg md5 authkey 2112/50", compat);
    expect(warnings.map(({ original }) => original)).toEqual(["bit length 50 is too big for 2112."]);
    expect(hexOf("add ah spi 0x100 dst 192.0.2.2 authalg md5 authkey 2112/50", compat)).toEqual([
      spaced(`02030002 10000000 00000000 00000000
              02000100 00000100 00010200 00000000
              02000800 32000000 21000000 00000000
              05000600 00000000 1a000000 00000000 00000000 00000000 0000ffff c0000202 00000000 00000000
              05000500 00000000 1a000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000`),
    ]);
  });
});

// biome-ignore format: columns
const ownTexts: [name: string, text: string, messages: string[], circumstances?: Circumstances][] = [
  ["unknown address", "delete esp spi 1 dst nosuch.example", ['Unknown address "nosuch.example": Name or service not known.']],
  ["a name in figures only", "get esp spi 1 dst me.domain.com", ['Unknown address "me.domain.com": expected one in figures.'], { numericOnly: true }],
  ["an address of the other family in figures", "get esp spi 1 dst6 192.0.2.2", ['Unknown address "192.0.2.2": expected one of IPv6 in figures.'], { numericOnly: true }],
  ["dst6 is for IPv6 also in get", "get esp spi 1 dst6 192.0.2.2", ['Unknown address "192.0.2.2": Address family for hostname not supported.']],
  ["unknown algorithms", "add esp spi 1 dst 192.0.2.2 authalg aes encralg md5", ['Unknown authentication algorithm type "aes".', 'Unknown encryption algorithm type "md5".']],
  ["an algorithm that is a key", "add esp spi 1 dst 192.0.2.2 encralg 00112233445566778899aabbccddeeff", ["Unknown encryption algorithm type (key)."]],
  ["an address that is a key", "get esp spi 1 dst 00112233445566778899aabbccddeeff", ["Unknown address (key): Name or service not known."]],
  ["an address that a key is glued to", "get esp spi 1 dst 192.0.2.200112233445566778899aabbccddeeff", ["Unknown address (key): Name or service not known."]],
  ["an identity that is too long", `${add} srcidtype fqdn ${"a".repeat(65_536)}`, ["srcidtype is too long: 65536 bytes, expected at most 65535."]],
  ["an algorithm's number that is too large", "add ah spi 1 dst 192.0.2.2 authalg 256", ['Unknown authentication algorithm type "256".']],
  ["unknown state", "add ah spi 1 dst 192.0.2.2 state MATURE", ['Unknown state type "MATURE". Did you mean mature?']],
  ["larval", "update ah spi 1 dst 192.0.2.2 state larval", ["Cannot set LARVAL SA state."]],
  ["larval by number", "update ah spi 1 dst 192.0.2.2 state 0", ["Cannot set LARVAL SA state."]],
  ["SPI 0", "add ah spi 0 dst 192.0.2.2", ['Invalid SPI value "0".']],
  ["pair SPI 0", `${add} pair-spi 0`, ['Invalid SPI value "0".']],
  ["a second SPI", `${add} spi 7`, ["Can only specify single SPI value: a second spi found."]],
  ["a second one where the first is 0", `${add} soft_bytes 0 soft_bytes 1`, ["Can only specify single soft byte limit: a second soft_bytes found."]],
  ["a second idle time", `${add} idle_usetime 1 idle_usetime 1`, ["Can only specify single past-use lifetime: a second idle_usetime found."]],
  ["a second port of get", "get esp spi 1 dst 192.0.2.2 sport 1 sport 2", ["Can only specify single source port: a second sport found."]],
  ["a second count of reserved bits", `add esp reserved_bits 1 reserved_bits 1 spi 1 dst 192.0.2.2 ${key}`, ["Can only specify single reserved bits: a second reserved_bits found."]],
  ["encryption for AH", "add ah spi 1 dst 192.0.2.2 encr_alg aes authalg md5 authkey 11", ["Cannot specify encryption with SA type ah."]],
  ["a key for NULL", "add esp spi 1 dst 192.0.2.2 encralg null encrkey 11", ["Cannot specify a key with NULL encryption algorithm."]],
  ["a key for NULL before it", "add esp spi 1 dst 192.0.2.2 encrkey 11 encralg null", ["Cannot specify a key with NULL encryption algorithm."]],
  ["a key for no algorithm", "add esp spi 1 dst 192.0.2.2 encrkey 11 authalg md5 authkey 22", ["Cannot specify a key with NULL encryption algorithm: no encralg found."]],
  ["reserved bits behind the key", `${add} reserved_bits 32`, ["Reserved bits need to be specified before key: reserved_bits before encrkey."]],
  ["a label", `${add} label PUBLIC`, ["Malformed security label: label takes Trusted Extensions, which are not there."]],
  ["nothing but a type", "add esp", [
    "Select at least one algorithm for this add: authalg or encralg.",
    "Need to define SPI for add: spi and its number.",
    "Must have at least one key for an add: authkey or encrkey.",
    "Need destination address for add: dst and an address.",
  ]],
  ["no SPI", "update esp dst 192.0.2.2 replay 0", ["The SPI value is missing for the association you wish to update."]],
  ["neither SPI nor destination of delete", "delete esp", ["Need SA parameters for delete: spi and its number.", "Need destination address for delete: dst and an address."]],
  ["encap without an address", `${add} encap udp`, ["Must specify NAT-T remote or local address for UDP encapsulation: nat_loc or nat_rem."]],
  ["a protocol in a tunnel", `${add} isrc 10.0.0.0/8 proto 6`, ["Protocol type 6 not for use with Tunnel-Mode SA."]],
  ["several inner addresses", `${add} isrc multi.example`, ["Proxy/inner-source address multi.example is vague: 4 addresses, expected one."]],
  ["a prefix that is too long", `${add} idst 10.0.0.0/33`, ['Invalid prefix "/33".']],
  ["a source of another family", "get esp spi 1 src 192.0.2.1 dst 2001:db8::2", ["No IPv6 source address of matching scope for name 192.0.2.1: 2001:db8::2 is left out."]],
  ["no source for any destination, and a warning", "add ah spi 1 replay 4 src ll.example dst dual.example authalg md5 authkey 11", [
    "WARNING: Replay with manual keying considered harmful.",
    "No IPv4 source address for name ll.example: 192.0.2.61 is left out.",
    "No IPv6 source address of matching scope for name ll.example: 2001:db8::61 is left out.",
  ]],
  ["a verb that is none", "load", ["Unexpected end of command line: expected the name of a file after load."]],
  ["no type", "add", ["Must specify a specific SA type: add ah, esp or a number."]],
  ["several errors", "add ah spi 0 dst nosuch.example encralg aes bogus", [
    'Invalid SPI value "0".',
    'Unknown address "nosuch.example": Name or service not known.',
    "Cannot specify encryption with SA type ah.",
    'Unknown extension field "bogus".',
  ]],
];

describe("what the default face says", () => {
  it.each(ownTexts)("%s", (_, text, texts, circumstances) => {
    expect(problemsOf(text, circumstances).map(({ message }) => message)).toEqual(texts);
  });

  it("says where", () => {
    const [problem] = problemsOf("delete esp spi 1 \n dst nosuch.example");
    expect(problem).toMatchObject({
      line: 2,
      column: 6,
      token: 5,
      found: "nosuch.example",
      severity: "error",
    });
  });

  it("never shows a key", () => {
    const secret = "00112233445566778899aabbccddeeff";
    for (const text of [
      `${add} encrkey ${secret}`,
      `${add} authkey ${secret}/128 authkey ${secret}`,
      `${add} ${secret}`,
    ]) {
      for (const circumstances of [{}, onLinux]) {
        const problems = problemsOf(text, circumstances);
        expect(JSON.stringify(problems.map(({ original, ...rest }) => rest))).not.toContain(secret);
      }
    }
  });

  it("warns of counter modes and replay windows, and goes on", () => {
    const { warnings, steps } = compileText(
      "add esp spi 1 dst 192.0.2.2 replay 4 encralg aes-gcm16 encrkey 00112233445566778899aabbccddeeff01020304",
    );
    expect(warnings.map(({ severity, message }) => [severity, message])).toEqual([
      ["warning", "WARNING: Replay with manual keying considered harmful."],
      ["warning", 'Using manual keying with a Counter mode algorithm such as "aes-gcm" may be insecure!'],
    ]);
    expect(steps).toHaveLength(1);
  });
});

describe("overwriteKeys", () => {
  it("leaves no key in a command, and nothing else changed", () => {
    const command = parseCommand(`${add} authalg md5 authkey 1234567890abcdef1234567890abcdef`)!;
    const before = parseCommand(command.text)!;
    overwriteKeys(command);
    if (!("attributes" in command) || !("attributes" in before)) throw new Error("no attributes");
    const keys = command.attributes.flatMap((each) =>
      "value" in each && each.name.endsWith("key") ? [each.value] : [],
    );
    expect(keys).toMatchObject([{ bytes: new Uint8Array(16) }, { bytes: new Uint8Array(16) }]);
    const others = ({ attributes }: typeof command) => attributes.filter(({ name }) => !name.endsWith("key"));
    expect(others(command)).toEqual(others(before));
    expect(() => overwriteKeys(parseCommand("flush")!)).not.toThrow();
  });
});

describe("a name with several addresses", () => {
  // What is said before each step, and whether there is something to send.
  const stepsOf = (text: string, circumstances: Circumstances) =>
    compileText(text, circumstances).steps.map(({ remarks, begin }) => [
      begin === undefined ? "skipped" : "sent",
      ...remarks.map(({ report, severity, original, message }) =>
        circumstances.face === "illumos" ? `${report}: ${original}` : `${severity}: ${message}`,
      ),
    ]);
  const command = "get esp spi 1 src two6.example dst multi.example";
  const severalOriginal =
    "at once: Multiple IPv6 source addresses for two6.example of the same scope, using unspecified source instead.\n";
  const several =
    "warning: Multiple IPv6 source addresses for two6.example of the same scope, using unspecified source instead.";

  it("skips the destinations that no source fits, and says which", () => {
    expect(stepsOf(command, {})).toEqual([
      ["skipped", "warning: No IPv4 source address for name two6.example: 192.0.2.51 is left out."],
      ["skipped", "warning: No IPv4 source address for name two6.example: 192.0.2.52 is left out."],
      ["sent", several],
      ["sent", several],
    ]);
    expect(hexOf(command)).toHaveLength(2);
  });

  it("as illumos says it", () => {
    expect(stepsOf(command, compat)).toEqual([
      ["skipped", "collected: No IPv4 source address for name two6.example.\n"],
      ["skipped", "collected: No IPv4 source address for name two6.example.\n"],
      ["sent", severalOriginal],
      ["sent", severalOriginal],
    ]);
    expect(stepsOf("get esp spi 1 src 192.0.2.1 dst 2001:db8::2", compat)).toEqual([
      [
        "skipped",
        "collected: No IPv6 source address of matching scope for name 192.0.2.1.\n",
        "collected: No match for IPV6 destination address.\n",
      ],
    ]);
  });

  it("each request holds its own copy of the keys", () => {
    const text = "add ah spi 1 dst dual.example authalg md5 authkey 1234567890abcdef1234567890abcdef";
    for (const dialect of [littleIllumos, littleLinux]) {
      const { steps } = compile(parseCommand(text)!, { host: recordingHost, dialect, face: "default" });
      const keys = steps.map(({ begin }) => {
        const [request] = requestsOf(begin!());
        const key = request!.extensions.find((extension) => "key" in extension)!;
        const bytes = [...key.key];
        key.key.fill(0);
        return bytes;
      });
      expect(keys[1]).toEqual(keys[0]);
      expect(keys[0]![0]).toBe(0x12);
    }
  });
});

describe("illumos's face on Linux", () => {
  it("asks for a destination", () => {
    expect(problemsOf("delete esp spi 1", compatLinux).map(({ original }) => original)).toEqual([
      "Need destination address for delete.\n",
    ]);
  });

  it("refuses prefixes that no kernel has", () => {
    expect(problemsOf(`${add} isrc 10.0.0.0/200`, compatLinux).map(({ original }) => original)).toEqual([
      'Invalid prefix "/200".\n',
    ]);
  });
});
