import type { Expected } from "./parser.ts";
import { numberFlags } from "./words.ts";

/** Plain words for the rules that ask for a token of some type and not for a certain word. */
const plainWords: Readonly<Record<string, string>> = {
  address: "an address",
  prefixLength: "a prefix length",
  portName: "a port",
  natPort: "a port number",
  protocol: "a protocol (esp, ah, ipcomp, esp-old, ah-old, tcp)",
  originalAddress: "an address",
  spi: "an SPI (a decimal number, or a hexadecimal one with 0x)",
  number: "a decimal number",
  interface: "the name of an interface",
  count: "a number (decimal, or hexadecimal with 0x)",
  markMask: "a number (decimal, or hexadecimal with 0x)",
  doi: "a decimal number",
  contextAlgorithm: "a decimal number",
  contextText: "a quoted string",
  encryption: "an encryption algorithm",
  authentication: "an authentication algorithm",
  key: 'a key ("characters" or 0x and hexadecimal digits)',
  widerKey: 'a key ("characters" or 0x and hexadecimal digits)',
  upperProtocol: "an upper layer protocol",
  upperDetail: "what the upper layer protocol looks at (type,code)",
  widerDetail: "what the upper layer protocol looks at (type,code)",
  tag: "a quoted string",
  policyText: "a policy",
  flags: "-4, -6 or -n",
  spdFlag: "-4, -6 or -n",
  // policy.ne
  offset: "a decimal number",
  firstAddress: "an IP address",
  lastAddress: "an IP address",
  level: "unique:NUMBER",
};

/** What would have fitted, each once, in the words of the language or in plain ones. */
export function expectedWords(expected: readonly Expected[]): string[] {
  if (expected.length === 0) return ["end of input"];
  return [...new Set(expected.flatMap(wordsOf))].sort((a, b) => rank(a) - rank(b));
}

/** The forgotten `;` first, then words of the language, then plain ones. */
function rank(word: string): number {
  return word === ";" ? 0 : word.includes(" ") ? 2 : 1;
}

function wordsOf({ rule, literal, type }: Expected): readonly string[] {
  if (literal !== undefined) return [literal];
  if (type === "numberFlag") return numberFlags;
  return [plainWords[rule] ?? rule];
}
