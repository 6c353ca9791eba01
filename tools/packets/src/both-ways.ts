import { keyWords } from "./key-words.ts";
import { type Nodes, networks, type Sides } from "./nodes.ts";

export const families = ["ipv4", "ipv6"] as const;
export type Family = (typeof families)[number];

/** Nothing is there any more. */
export const fresh = "flush;\nspdflush;\n";

/**
 * Completes statements that say how the way from left to right is protected: the way back is the same with all turned round, and what
 * goes out here comes in there. LEFT and RIGHT are the gateways, LEFTNET and RIGHTNET the networks behind them; an SPI begins with
 * 0x1, and with 0x2 on the way back.
 */
export function bothWays(statements: readonly string[], family: Family, nodes: Nodes): Sides<string> {
  const there = statements.join("\n");
  const back = turnedRound(there);
  const first = family === "ipv6" ? neighbours : [];
  const text = (...lines: readonly string[]) => inWords([...first, ...lines, ""].join("\n"), family, nodes);
  return { left: text(there, comingIn(back)), right: text(comingIn(there), back) };
}

/** Puts addresses for LEFT, RIGHT, LEFTNET and RIGHTNET, and keys for ESP and AH. */
export function inWords(text: string, family: Family, { left, right }: Nodes): string {
  const words: Record<string, string> = {
    ...keyWords,
    LEFT: left[family],
    RIGHT: right[family],
    LEFTNET: networks.left[family],
    RIGHTNET: networks.right[family],
  };
  return text.replaceAll(/[A-Z]+/g, (word) => words[word] ?? word);
}

const turnedRound = (text: string): string =>
  text
    .replaceAll(/LEFT|RIGHT/g, (word) => (word === "LEFT" ? "RIGHT" : "LEFT"))
    .replaceAll(/(?<=\b(?:esp|ah|ipcomp|esp-udp) 0x)1/g, "2");

/** What is too short to be compressed comes without IPComp. */
const comingIn = (text: string): string =>
  text.replaceAll("-P out", "-P in").replaceAll(/(?<=ipcomp\/\S*\/)require/g, "use");

/**
 * Without them a policy for all of IPv6 is one for Neighbor Discovery, too. They need a priority of their own: of two policies that are
 * alike in it, the kernel may prefer the one for two hosts, whichever came first.
 */
const neighbours = ["135,0", "136,0"].flatMap((type) =>
  ["in", "out"].map((direction) => `spdadd ::/0 ::/0 icmp6 ${type} -P ${direction} prio def + 1 none;`),
);
