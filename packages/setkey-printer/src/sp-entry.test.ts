import type { IpsecRequest, OutgoingExtension, PolicyExtension } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { type SpEntryOptions, spEntry } from "./sp-entry.ts";
import * as sample from "./testing/sample.ts";

const { source, destination, inet, inet6, policy, ipsecRequest, lifetime } = sample;

const spText = (extensions: OutgoingExtension[], options: Partial<SpEntryOptions> = {}): string =>
  spEntry(
    sample.reply({ type: "spddump", saType: "unspec", reserved: 1, pid: 3930, sequence: 2 }, extensions),
    {
      host: sample.hostAt(),
      wildcard: "255",
      ...options,
    },
  );

it("prints every field of a policy", () => {
  const text = spText([
    source(inet(0), { protocol: 255, prefixLength: 24 }),
    destination(
      { family: "inet", port: 0, address: Uint8Array.of(10, 0, 1, 0) },
      { protocol: 255, prefixLength: 24 },
    ),
    lifetime("lifetimeHard", { addTime: 10n, useTime: 20n }),
    lifetime("lifetimeSoft"),
    lifetime("lifetimeCurrent", { addTime: 1700000000n, useTime: 1700000005n }),
    policy({
      policyType: 2,
      id: 16,
      priority: 0x80000000 - 5,
      requests: [ipsecRequest({ level: 3, reqid: 5 }), ipsecRequest({ protocol: 51, level: 1 })],
    }),
    sample.securityContext("user_u:role_r:type_t"),
  ]);
  expect(text).toBe(`10.0.0.0/24[any] 10.0.1.0/24[any] 255
\tout prio def + 5 ipsec
\tesp/transport//unique:5
\tah/transport//use
\tcreated: Nov 14 22:13:20 2023  lastused: Nov 14 22:13:25 2023
\tlifetime: 10(s) validtime: 20(s)
\tsecurity context doi: 2
\tsecurity context algorithm: 1
\tsecurity context length: 21
\tsecurity context: user_u:role_r:type_t
\tspid=16 seq=2 pid=3930
\trefcnt=1
`);
});

const zero6 = inet6(new Array(16).fill(0));
const port6 = (port: number) => inet6(new Array(16).fill(0), 0, port);
const unknownFamily = { family: 9, data: new Uint8Array(14) };
const of = (protocol: number, prefixLength = 32) => ({ protocol, prefixLength });

const selectors: [name: string, OutgoingExtension[], line: string][] = [
  [
    "any protocol",
    [source(inet(1), of(255)), destination(inet(2), of(255))],
    "10.0.0.1[any] 10.0.0.2[any] 255",
  ],
  [
    "ports and prefixes",
    [source(inet(1, 23), of(6)), destination({ ...inet(0), address: new Uint8Array(4) } as never, of(6, 0))],
    "10.0.0.1[23] 0.0.0.0/0[any] tcp",
  ],
  [
    "a protocol without a name",
    [source(inet(1), of(200)), destination(inet(2), of(200))],
    "10.0.0.1[any] 10.0.0.2[any] 200",
  ],
  ["protocol 0", [source(inet(1), of(0)), destination(inet(2), of(0))], "10.0.0.1[any] 10.0.0.2[any] ip"],
  ["IPv6 in IP", [source(inet(1), of(41)), destination(inet(2), of(41))], "10.0.0.1[any] 10.0.0.2[any] ipv6"],
  ["IP in IP", [source(inet(1), of(4)), destination(inet(2), of(4))], "10.0.0.1[any] 10.0.0.2[any] ipencap"],
  ["ICMP", [source(inet(1), of(1)), destination(inet(2), of(1))], "10.0.0.1 10.0.0.2 icmp"],
  ["ICMP of a type", [source(inet(1, 8), of(1)), destination(inet(2), of(1))], "10.0.0.1 10.0.0.2 icmp 8,0"],
  ["ICMP of a code", [source(inet(1), of(1)), destination(inet(2, 3), of(1))], "10.0.0.1 10.0.0.2 icmp 0,3"],
  [
    "ICMPv6 of a type",
    [source(port6(135), of(58, 0)), destination(zero6, of(58, 0))],
    "::/0 ::/0 ipv6-icmp 135,0",
  ],
  [
    "mobility header",
    [source(port6(1), of(135, 128)), destination(port6(2), of(135, 128))],
    ":: :: mobility-header 1,2",
  ],
  ["GRE", [source(inet(1), of(47)), destination(inet(2), of(47))], "10.0.0.1 10.0.0.2 gre"],
  [
    "GRE with a key",
    [source(inet(1), of(47)), destination(inet(2, 1234), of(47))],
    "10.0.0.1 10.0.0.2 gre 1234",
  ],
  [
    "GRE with the highest key",
    [source(inet(1, 0xffff), of(47)), destination(inet(2, 0xffff), of(47))],
    "10.0.0.1 10.0.0.2 gre 4294967295",
  ],
  [
    "another family",
    [source(unknownFamily, of(255)), destination(inet(2), of(255))],
    "unknown-af 10.0.0.2[any] 255",
  ],
  ["no addresses", [], "(no selector, probably per-socket policy) "],
  ["one address", [source(inet(1), of(255))], "(no selector, probably per-socket policy) "],
];

describe("the selector", () => {
  it.each(selectors)("%s", (_name, addresses, line) => {
    expect(spText([...addresses, policy()])).toBe(
      `${line}\n\tout none\n\tspid=1 seq=2 pid=3930\n\trefcnt=1\n`,
    );
  });

  it("has the word asked for in the place of any protocol", () => {
    const any = [source(inet(1), of(255)), destination(inet(2), of(255)), policy()];
    expect(spText(any, { wildcard: "any" }).split("\n")[0]).toBe("10.0.0.1[any] 10.0.0.2[any] any");
  });

  it("stops where the addresses have two protocols", () => {
    expect(spText([source(inet(1), of(6)), destination(inet(2), of(17)), policy()])).toBe(
      "10.0.0.1[any] 10.0.0.2[any] upper layer protocol mismatched.\n",
    );
  });

  const perSocket: [id: number, direction: number, text: string][] = [
    [67, 4, "(per-socket policy) \n\tin(socket) none\n"],
    [20, 5, "(per-socket policy) \n\tout(socket) none\n"],
    [7, 3, "(per-socket policy) \n\tfwd none\n"],
    [10, 3, "10.0.0.1[any] 10.0.0.2[any] 255\n\tfwd none\n"],
    [8, 1, "10.0.0.1[any] 10.0.0.2[any] 255\n\tin none\n"],
  ];
  it.each(perSocket)("of policy %i in direction %i", (id, direction, text) => {
    const addresses = [source(inet(1), of(255)), destination(inet(2), of(255))];
    expect(spText([...addresses, policy({ id, direction })])).toBe(
      `${text}\tspid=${id} seq=2 pid=3930\n\trefcnt=1\n`,
    );
  });
});

const policyLines = (changes: Partial<PolicyExtension>, options?: Partial<SpEntryOptions>): string =>
  spText([policy(changes)], options)
    .split("\n")
    .slice(1, -3)
    .join("\n");

describe("the priority", () => {
  const priorities: [priority: number, text: string][] = [
    [0, "\tout none"],
    [1, "\tout prio high + 1073741823 none"],
    [2344, "\tout prio high + 1073739480 none"],
    [0x40000000, "\tout prio high none"],
    [0x40000001, "\tout prio high - 1 none"],
    [0x5fffffff, "\tout prio high - 536870911 none"],
    [0x60000000, "\tout prio def + 536870912 none"],
    [0x7fffffff, "\tout prio def + 1 none"],
    [0x80000000, "\tout prio def none"],
    [0x9fffffff, "\tout prio def - 536870911 none"],
    [0xa0000000, "\tout prio low + 536870912 none"],
    [0xc0000000, "\tout prio low none"],
    [0xc0000001, "\tout prio low - 1 none"],
    [0xffffffff, "\tout prio low - 1073741823 none"],
  ];
  it.each(priorities)("%i", (priority, text) => {
    expect(policyLines({ priority })).toBe(text);
  });
});

describe("the policy", () => {
  const tunnel = { mode: 2, source: inet(1, 4500), destination: inet(2, 30000) };
  const rules: [name: string, IpsecRequest, text: string][] = [
    ["default level", ipsecRequest({ level: 0 }), "esp/transport//default"],
    ["any mode", ipsecRequest({ mode: 0 }), "esp/any//require"],
    ["ipcomp", ipsecRequest({ protocol: 108, level: 1 }), "ipcomp/transport//use"],
    ["tunnel", ipsecRequest(tunnel), "esp/tunnel/10.0.0.1-10.0.0.2/require"],
    ["the highest manual reqid", ipsecRequest({ level: 3, reqid: 16383 }), "esp/transport//unique:16383"],
    [
      "the lowest reqid of the kernel",
      ipsecRequest({ level: 3, reqid: 16384 }),
      "esp/transport//unique#16384",
    ],
    ["unique of none", ipsecRequest({ level: 3 }), "esp/transport//unique"],
    ["a reqid of another level", ipsecRequest({ level: 1, reqid: 16386 }), "esp/transport//use#16386"],
    [
      "IPv6 with a scope",
      ipsecRequest({ mode: 2, source: inet6(sample.linkLocal, 2), destination: zero6 }),
      "esp/tunnel/fe80::1%eth0-::/require",
    ],
  ];
  it.each(rules)("rule: %s", (_name, request, text) => {
    expect(policyLines({ policyType: 2, requests: [request] })).toBe(`\tout ipsec\n\t${text}`);
  });

  it("rule: tunnel with -p", () => {
    expect(policyLines({ policyType: 2, requests: [ipsecRequest(tunnel)] }, { ports: true })).toBe(
      "\tout ipsec\n\tesp/tunnel/10.0.0.1[4500]-10.0.0.2[30000]/require",
    );
  });

  const lines: [name: string, Partial<PolicyExtension>, text: string][] = [
    ["any direction", { direction: 0 }, "\tany none"],
    ["discard", { policyType: 0 }, "\tout discard"],
    ["ipsec without a rule", { policyType: 2 }, "\tout ipsec"],
    ["entrust", { policyType: 3 }, "\tout entrust"],
    ["bypass", { policyType: 4 }, "\tout bypass"],
    ["unknown direction", { direction: 6 }, "\tPolicy:[Invalid direction]"],
    ["unknown type", { policyType: 5 }, "\tPolicy:[Invalid security policy]"],
    [
      "unknown protocol",
      { policyType: 2, requests: [ipsecRequest({ protocol: 6 })] },
      "\tPolicy:[Invalid ipsec protocol]",
    ],
    [
      "unknown mode",
      { policyType: 2, requests: [ipsecRequest({ mode: 3 })] },
      "\tPolicy:[Invalid ipsec mode]",
    ],
    [
      "unknown level",
      { policyType: 2, requests: [ipsecRequest({ level: 4 })] },
      "\tPolicy:[Invalid ipsec level]",
    ],
    [
      "a rule that ends too early",
      {
        policyType: 2,
        requests: [],
        padding: Uint8Array.of(8, 0, 50, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
      },
      "\tPolicy:[Invalid security policy]",
    ],
  ];
  it.each(lines)("%s", (_name, changes, text) => {
    expect(policyLines(changes)).toBe(text);
  });
});

describe("what is no policy", () => {
  const rows: [name: string, OutgoingExtension[], text: string][] = [
    ["no policy", [source(inet(1)), destination(inet(2))], "no X_POLICY extension.\n"],
    ["a policy twice", [policy(), policy()], "Invalid extension type\n"],
    ["an unknown extension", [policy(), sample.unknownExtension], "Invalid extension type\n"],
  ];
  it.each(rows)("%s", (_name, extensions, text) => {
    expect(spText(extensions)).toBe(text);
  });
});
