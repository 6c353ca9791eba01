import type { Exchange } from "./lab.ts";

/** What each gateway says, in statements for the way from left to right; and what comes of two pings from left. */
export interface Row extends Omit<Exchange, "refused"> {
  name: string;
  left: readonly string[];
  right: readonly string[];
  refused?: Partial<Exchange["refused"]>;
}

const esp = "add LEFT RIGHT esp 0x1001 ESP;";
const ah = "add LEFT RIGHT ah 0x1002 AH;";
const policy = (rules: string, selector = "any") => `spdadd LEFT RIGHT ${selector} -P out ${rules};`;
const requireEsp = policy("ipsec esp/transport//require");
const requireAh = policy("ipsec ah/transport//require");
const useEsp = policy("ipsec esp/transport//use");

const twice = (shape: string) => [shape, shape];
const plain = twice("ipv4 icmp");
const there = twice("ipv4 esp:1001 icmp");
const back = twice("ipv4 esp:2001 icmp");

/** Texts of both sides that are alike. */
const both = (...statements: readonly string[]) => ({ left: statements, right: statements });

// biome-ignore format: one row a line
export const rows: readonly Row[] = [
  { name: "require: plain packets are refused",                                 left: [], right: [esp, requireEsp],                          answers: 0, sent: { left: plain, right: [] },   refused: { right: { XfrmInTmplMismatch: 2 } } },
  { name: "require: without an SA nothing leaves",                              left: [requireEsp], right: [esp, requireEsp],                answers: 0, sent: { left: [], right: [] },      refused: { left: { XfrmOutNoStates: 2 } } },
  { name: "require: packets under an SA of another protocol are refused",       left: [ah, requireAh], right: [esp, ah, requireEsp],         answers: 0, sent: { left: twice("ipv4 ah:1002 icmp"), right: [] }, refused: { right: { XfrmInTmplMismatch: 2 } } },
  { name: "require: one of two rules is not enough",                            left: [esp, requireEsp], right: [esp, ah, policy("ipsec esp/transport//require ah/transport//require")], answers: 0, sent: { left: there, right: [] }, refused: { right: { XfrmInTmplMismatch: 2 } } },
  { name: "use: without an SA packets are plain",                               ...both(useEsp),                                             answers: 2, sent: { left: plain, right: plain } },
  { name: "use: with an SA they are not",                                       ...both(esp, useEsp),                                        answers: 2, sent: { left: there, right: back } },
  { name: "use: plain packets are taken",                                       left: [esp], right: [esp, useEsp],                           answers: 2, sent: { left: plain, right: back } },
  { name: "default: means require",                                             left: [], right: [esp, policy("ipsec esp/transport")],       answers: 0, sent: { left: plain, right: [] },   refused: { right: { XfrmInTmplMismatch: 2 } } },
  { name: "unique: the SA with that number is taken",                           ...both("add LEFT RIGHT esp 0x1003 -u 3 ESP;", "add LEFT RIGHT esp 0x1004 -u 4 ESP;", policy("ipsec esp/transport//unique:3")), answers: 2, sent: { left: twice("ipv4 esp:1003"), right: twice("ipv4 esp:2003") } },
  { name: "unique: an SA without a number does not do",                         ...both(esp, policy("ipsec esp/transport//unique:3")),       answers: 0, sent: { left: [], right: [] },      refused: { left: { XfrmOutNoStates: 2 } } },
  { name: "unique: a number that the kernel chose is none of an SA's",          ...both(esp, policy("ipsec esp/transport//unique")),         answers: 0, sent: { left: [], right: [] },      refused: { left: { XfrmOutNoStates: 2 } } },
  { name: "discard: packets are refused where they come in",                    left: [], right: [policy("discard")],                        answers: 0, sent: { left: plain, right: [] },   refused: { right: { XfrmInPolBlock: 2 } } },
  { name: "discard: packets are refused where they go out",                     left: [policy("discard")], right: [],                        answers: 0, sent: { left: [], right: [] },      refused: { left: { XfrmOutPolBlock: 2 } } },
  { name: "none: one protocol is left out",                                     ...both(esp, policy("prio def + 1 none", "icmp"), requireEsp), answers: 2, sent: { left: plain, right: plain } },
  { name: "an ICMP type is protected and the others are not",                   ...both(esp, policy("ipsec esp/transport//require", "icmp 8,0")), answers: 2, sent: { left: there, right: plain } },
  { name: "priority: without one the older policy is taken",                     ...both(esp, policy("none", "icmp"), requireEsp),             answers: 2, sent: { left: plain, right: plain } },
  { name: "priority: the higher one is taken, though it is younger",            ...both(esp, policy("prio low none", "icmp"), policy("prio high ipsec esp/transport//require")), answers: 2, sent: { left: there, right: back } },
  { name: "priority: spdupdate replaces a policy of another one",               ...both(esp, policy("prio low none"), policy("prio high ipsec esp/transport//require").replace("spdadd", "spdupdate")), answers: 2, sent: { left: there, right: back } },
  { name: "ipcomp: require refuses what was too short to be compressed",        ...both("add LEFT RIGHT ipcomp 0x1003 -C deflate;", policy("ipsec ipcomp/transport//default")), answers: 0, sent: { left: plain, right: [] }, refused: { right: { XfrmInTmplMismatch: 2 } } },
  { name: "an SA that only the sender has",                                     left: [esp, requireEsp], right: [requireEsp],                answers: 0, sent: { left: there, right: [] },   refused: { right: { XfrmInNoStates: 2 } } },
  { name: "an SA of another mode than the sender's",                            left: [esp, requireEsp], right: ["add LEFT RIGHT esp 0x1001 -m tunnel ESP;", requireEsp], answers: 0, sent: { left: there, right: [] }, refused: { right: { XfrmInStateModeError: 2 } } },
  { name: "another key for authentication",                                     left: [esp, requireEsp], right: ["add LEFT RIGHT esp 0x1001 -E aes-cbc 0x000102030405060708090a0b0c0d0e0f -A hmac-sha1 0x000102030405060708090a0b0c0d0e0f10111213;", requireEsp], answers: 0, sent: { left: there, right: [] }, refused: { right: { XfrmInStateProtoError: 2 } } },
  { name: "another key for AH",                                                 left: [ah, requireAh], right: ["add LEFT RIGHT ah 0x1002 -A hmac-sha1 0x000102030405060708090a0b0c0d0e0f10111213;", requireAh], answers: 0, sent: { left: twice("ipv4 ah:1002 icmp"), right: [] }, refused: { right: { XfrmInStateProtoError: 2 } } },
  { name: "AH inside ESP, which Linux sends and does not take",                 ...both(esp, ah, policy("ipsec ah/transport//require esp/transport//require")), answers: 0, sent: { left: twice("ipv4 esp:1001 ah:1002 icmp"), right: [] }, refused: { right: { XfrmInStateProtoError: 2 } } },
];
