import { describe, expect, it } from "vitest";
import { parsePolicy } from "./index.ts";
import type { Policy, PolicyProblem, PolicyRule } from "./statement.ts";

const transport: PolicyRule = { protocol: "esp", mode: "transport", level: "default" };
const ends = (source: string, destination: string) => ({
  source: { address: source },
  destination: { address: destination },
});
const tunnel: PolicyRule = { protocol: "esp", mode: "tunnel", ...ends("::1", "::2"), level: "default" };
const out = (...rules: PolicyRule[]): Policy => ({ direction: "out", action: "ipsec", rules });
const into = (...rules: PolicyRule[]): Policy => ({ ...out(...rules), direction: "in" });
const bare = (direction: Policy["direction"], action: Policy["action"] & string): Policy => ({
  direction,
  action,
  rules: [],
});

describe("policies", () => {
  // biome-ignore format: one row a line
  const rows: [string, Policy][] = [
    ["out", { direction: "out", rules: [] }],
    ["in", { direction: "in", rules: [] }],
    [" fwd\n", { direction: "fwd", rules: [] }],
    ["out ipsec", out()],
    ["out discard", bare("out", "discard")],
    ["out none", bare("out", "none")],
    ["fwd none", bare("fwd", "none")],
    ["in entrust", bare("in", "entrust")],
    ["out entrust", bare("out", "entrust")],
    ["in bypass", bare("in", "bypass")],
    ["in ipsec ah/transport", into({ ...transport, protocol: "ah" })],
    ["out ipsec ah/transport/", out({ ...transport, protocol: "ah" })],
    ["out ipsec ah/transport//", out({ ...transport, protocol: "ah" })],
    ["out ipsec ah/transport//use", out({ ...transport, protocol: "ah", level: "use" })],
    ["out ipsec ipcomp/transport//default", out({ ...transport, protocol: "ipcomp" })],
    ["out ipsec esp/transport//unique", out({ ...transport, level: "unique" })],
    ["out ipsec esp/transport//unique:28000", out({ ...transport, level: "unique", reqid: 28000 })],
    ["out ipsec esp/transport//unique:4294967295", out({ ...transport, level: "unique", reqid: 4294967295 })],
    ["in ipsec esp / transport / 10.0.0.1-10.0.0.2", into({ ...transport, ...ends("10.0.0.1", "10.0.0.2") })],
    ["in ipsec esp/tunnel/::1-::2", into(tunnel)],
    ["in ipsec esp/tunnel/::1-::2/", into(tunnel)],
    ["in ipsec esp/tunnel/::1-::2/require", into({ ...tunnel, level: "require" })],
    ["in ipsec esp/tunnel/fe80::1%eth0-fe80::2%eth0", into({ ...tunnel, ...ends("fe80::1%eth0", "fe80::2%eth0") })],
    ["out ipsec esp/tunnel/1.2.3.4[4500]-5.6.7.8[any]/use", out({ ...tunnel, source: { address: "1.2.3.4", port: "4500" }, destination: { address: "5.6.7.8", port: "any" }, level: "use" })],
    ["in ipsec ah/transport esp/tunnel/::1-::1", into({ ...transport, protocol: "ah" }, { ...tunnel, ...ends("::1", "::1") })],
    ["\nin\nipsec\nah/transport\nesp/tunnel/::1-::2\n", into({ ...transport, protocol: "ah" }, tunnel)],
    [`out ipsec ${"esp/transport//use ".repeat(9)}`, out(...Array(9).fill({ ...transport, level: "use" }))],
    ["out ipsec esp/transport/fec0::10-fec0::11/use", out({ ...transport, ...ends("fec0::10", "fec0::11"), level: "use" })],
    ["out ipsec esp/transport/me-any/require", out({ ...transport, level: "require" })],
    ["in ipsec esp/transport/any-me/require", into({ ...transport, level: "require" })],
    ["out none esp/transport", { ...bare("out", "none"), rules: [transport] }],
  ];
  it.each(rows)("%j", (text, policy) => {
    expect(parsePolicy(text)).toEqual(policy);
    expect(parsePolicy(text, { compat: "ipsec-tools" })).toEqual(policy);
  });
});

describe("priorities", () => {
  // biome-ignore format: one row a line
  it.each([
    ["prio 2000", 0x7ffff830],
    ["priority 100", 0x7fffff9c],
    ["prio 0", 0x80000000],
    ["priority 2147483648", 0],
    ["prio -1", 0x80000001],
    ["prio - 7", 0x80000007],
    ["prio -2147483647", 0xffffffff],
    ["prio low", 0xc0000000],
    ["prio def", 0x80000000],
    ["prio high", 0x40000000],
    ["prio high + 5", 0x3ffffffb],
    ["prio high+1", 0x3fffffff],
    ["prio high + 1073741824", 0],
    ["prio high - 1", 0x40000001],
    ["prio def+1", 0x7fffffff],
    ["prio def-1", 0x80000001],
    ["prio def + 1073741824", 0x40000000],
    ["prio low - 1073741823", 0xffffffff],
    ["prio low + 1", 0xbfffffff],
  ])("%s", (text, priority) => {
    expect(parsePolicy(`in ${text} none`)).toEqual({ ...bare("in", "none"), priority });
  });
});

const syntax = (word: string) => `libipsec: syntax error while parsing "${word}"`;
const address = (word: string) => `libipsec: invalid IP address while parsing "${word}"`;
const offsetRange = "Priority offset not in valid range [-2147483647, 2147483648]";
const baseRange =
  "Priority offset from base not in valid range [0, 1073741823] for negative offsets and [0, 1073741824] for positive offsets";

describe("texts that are no policies, in libipsec's words", () => {
  // biome-ignore format: one row a line
  const rows: [string, message: string, remark: string | undefined, offset: number][] = [
    ["", "Invalid argument", syntax(""), 0],
    [" ", "Invalid argument", syntax(""), 1],
    ["must_error", "Invalid argument", syntax("must_error"), 0],
    [" sideways none ", "Invalid argument", syntax("sideways"), 1],
    ["in ipsec must_error", "Invalid argument", syntax("must_error"), 9],
    ["out out", "Invalid argument", syntax("out"), 4],
    ["out ipsec none", "Invalid argument", syntax("none"), 10],
    ["OUT none", "Invalid argument", syntax("OUT"), 0],
    ["out prio none", "Invalid argument", syntax("none"), 9],
    ["out prio 5", "Invalid argument", syntax(""), 10],
    ["in prio low - -1 none", "Invalid argument", syntax("-"), 14],
    ["in prio low + high none", "Invalid argument", syntax("high"), 14],
    ["out ipsec tcp/transport//require", "Invalid argument", syntax("tcp"), 10],
    ["out ipsec esp/transport//maybe", "Invalid argument", syntax("maybe"), 25],
    ["out ipsec esp/transport//unique:x", "Invalid argument", syntax("unique:x"), 25],
    ["out ipsec esp/transport foo", "Invalid argument", syntax("foo"), 24],
    ["out ipsec esp/tunnel/1.2.3.4-/require", "Invalid argument", syntax("/"), 29],
    ["out ipsec esp/tunnel/1.2.3.4/require", "Invalid argument", syntax("/"), 28],
    ["out ipsec esp/tunnel/1.2.3.4", "Invalid argument", syntax(""), 28],
    ["out ipsec esp/tunnel/1.2.3.4[1]-5.6.7.8/use", "Invalid argument", syntax("/"), 39],
    ["out ipsec esp/transport//use @", "Invalid argument", syntax("@"), 29],
    ["out ipsec esp", "Too few arguments", undefined, 13],
    ["out ipsec esp/", "Too few arguments", undefined, 14],
    ["out ipsec esp/must_error", "Too few arguments", undefined, 14],
    ["out ipsec esp/weird//require", "Too few arguments", undefined, 14],
    ["out ipsec ah/transport esp/use", "Too few arguments", undefined, 27],
    ["out ipsec esp transport", "Too few arguments", undefined, 14],
    ["in ipsec ah/tunnel", "Invalid address specification", undefined, 18],
    ["out ipsec ah/tunnel/", "Invalid address specification", undefined, 20],
    ["in ipsec ah/transport esp/tunnel", "Invalid address specification", undefined, 32],
    ["out ipsec esp/tunnel//require", "Invalid address specification", undefined, 21],
    ["out ipsec esp/tunnel/me-any", "Invalid address specification", undefined, 21],
    ["out ipsec esp/tunnel esp/transport", "Invalid address specification", undefined, 21],
    ["in ipsec esp/tunnel/10.0.0.1-::2", "Family mismatch", undefined, 29],
    ["in ipsec esp/tunnel/10.0.0.1-::2/require bogus", "Family mismatch", undefined, 29],
    ["out ipsec esp/tunnel/foo-bar/require", "Name or service not known", address("-"), 21],
    ["out ipsec esp/tunnel/foo/require", "Name or service not known", address("/"), 21],
    ["out ipsec esp/tunnel/foo", "Name or service not known", address(""), 21],
    ["out ipsec esp/tunnel/foo[1]-1.2.3.4[1]", "Name or service not known", address("[1]"), 21],
    ["out ipsec esp/tunnel/192.0.2.1-300.1.1.1/require ", "Name or service not known", address("300.1.1.1"), 31],
    ["out ipsec esp/transport/::1-nohost", "Name or service not known", address("nohost"), 28],
    ["out ipsec esp/tunnel/::1[1]-nohost[2]", "Name or service not known", address("[2]"), 28],
    ["in ipsec esp/transport/me-any/use", "Invalid direction", undefined, 23],
    ["out ipsec esp/transport/any-me/use", "Invalid direction", undefined, 24],
    ["fwd ipsec esp/transport/me-any/use", "Invalid direction", undefined, 24],
    ["in ipsec esp/tunnel/me-any/use", "Invalid direction", undefined, 20],
    ["in prio 2147483649 none", offsetRange, undefined, 8],
    ["in prio -2147483648 none", offsetRange, undefined, 9],
    ["in prio 99999999999999999999999 none", offsetRange, undefined, 8],
    ["in prio low + 1073741825 none", baseRange, undefined, 14],
    ["in prio high - 1073741824 none", baseRange, undefined, 15],
    ["out ipsec esp/transport//unique:4294967296", "Invalid ipsec level", undefined, 25],
  ];
  it.each(rows)("%j", (text, message, remark, offset) => {
    const { suggestion: _, ...problem } = parsePolicy(text, { compat: "ipsec-tools" }) as PolicyProblem;
    expect(problem).toEqual({
      problem: true,
      message,
      ...(remark !== undefined && { remark }),
      offset,
      expected: expect.any(Array),
    });
  });
});

describe("what only the default face takes", () => {
  it.each([
    ["out ipsec tcp/transport", out({ ...transport, protocol: "tcp" })],
    ["out # no\r\n none # yes", bare("out", "none")],
    ['out\r\nipsec # ; first\n esp/transport # "then"\n', out(transport)],
  ] as const)("%j", (text, policy) => {
    expect(parsePolicy(text)).toEqual(policy);
    expect(parsePolicy(text, { compat: "ipsec-tools" })).toHaveProperty("problem", true);
  });
});

describe("what else is told of a problem", () => {
  it.each([
    ["sideways", { expected: ["in", "out", "fwd"] }],
    ["otu none", { expected: ["in", "out", "fwd"], suggestion: "out" }],
    ["out ipsec esp/tunel/::1-::2", { expected: ["transport", "tunnel"], suggestion: "tunnel" }],
    ["out ipsec esp/transport//requires", { suggestion: "require" }],
    ["out ipsec esp/tunnel/", { expected: ["an IP address"] }],
    ["out ipsec esp/tunnel/foo-bar", { expected: ["an IP address"] }],
  ])("%s", (text, told) => {
    expect(parsePolicy(text)).toMatchObject(told);
  });
});
