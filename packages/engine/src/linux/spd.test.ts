import {
  encode,
  IpsecLevel,
  IpsecMode,
  type IpsecRequest,
  linux,
  type OutgoingExtension,
  type OutgoingMessage,
  type PolicyExtension,
  PolicyType,
  request,
} from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, askOne, heard } from "../testing/exchange.ts";
import { address, ends, ipsecRequest, limits, policy, sockaddrOf, spd } from "../testing/requests.ts";
import { bench } from "../testing/sockets.ts";

const EINVAL = 22;
const EEXIST = 17;
const ENOENT = 2;
const ELOOP = 40;

const policyIn = ({ extensions }: { extensions: readonly { kind: string }[] }) =>
  extensions.find(({ kind }) => kind === "policy") as PolicyExtension;
const withRequests = (...requests: IpsecRequest[]) => spd("spdadd", { requests });
const inbound = (...requests: IpsecRequest[]) => spd("spdadd", { direction: 1, requests });
const tunnel = (source: string, destination: string, more: Partial<IpsecRequest> = {}) =>
  ipsecRequest({
    mode: IpsecMode.tunnel,
    source: sockaddrOf(source),
    destination: sockaddrOf(destination),
    ...more,
  });
const short = (length: number) => ({ ...ipsecRequest(), length, padding: new Uint8Array(length - 16) });

describe("what a policy must have", () => {
  // biome-ignore format: one row a line
  const rows: readonly [string, OutgoingMessage, number][] = [
    ["no source",                     request("spdadd", "unspec", [ends()[1]!, policy()]),                               EINVAL],
    ["two families",                  spd("spdadd", {}, ends("192.0.2.1", "2001:db8:0:0:0:0:0:2")),                      EINVAL],
    ["no POLICY",                     request("spdadd", "unspec", ends()),                                               EINVAL],
    ["direction any",                 spd("spdadd", { direction: 0 }),                                                   EINVAL],
    ["direction beyond fwd",          spd("spdadd", { direction: 4 }),                                                   EINVAL],
    ["entrust",                       spd("spdadd", { policyType: PolicyType.entrust }),                                 EINVAL],
    ["bypass",                        spd("spdadd", { policyType: PolicyType.bypass }),                                  EINVAL],
    ["ipsec without requests",        withRequests(),                                                                    0],
    ["mode any",                      withRequests(ipsecRequest({ mode: IpsecMode.any })),                               EINVAL],
    ["a mode beyond BEET",            withRequests(ipsecRequest({ mode: 4 })),                                           EINVAL],
    ["BEET",                          withRequests(ipsecRequest({ mode: IpsecMode.beet })),                              0],
    ["a protocol that is no IPsec",   withRequests(ipsecRequest({ protocol: 6 })),                                       EINVAL],
    ["IPComp",                        withRequests(ipsecRequest({ protocol: 108 })),                                     0],
    ["MIPv6 routing",                 withRequests(ipsecRequest({ protocol: 43 })),                                      0],
    ["a tunnel without end points",   withRequests(ipsecRequest({ mode: IpsecMode.tunnel })),                            EINVAL],
    ["a tunnel between two families", withRequests(tunnel("192.0.2.1", "2001:db8:0:0:0:0:0:2")),                         EINVAL],
    ["a tunnel of the other family",  withRequests(tunnel("2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2")),              0],
    ["use, transport, out",           withRequests(ipsecRequest({ level: IpsecLevel.use })),                             0],
    ["use, tunnel, out",              withRequests(tunnel("192.0.2.1", "192.0.2.2", { level: IpsecLevel.use })),         EINVAL],
    ["use, BEET, out",                withRequests(ipsecRequest({ mode: IpsecMode.beet, level: IpsecLevel.use })),       EINVAL],
    ["use, tunnel, in",               inbound(tunnel("192.0.2.1", "192.0.2.2", { level: IpsecLevel.use })),              0],
    ["six requests",                  withRequests(...Array.from({ length: 6 }, () => ipsecRequest())),                  0],
    ["seven requests",                withRequests(...Array.from({ length: 7 }, () => ipsecRequest())),                  ELOOP],
    ["a request longer than it need", withRequests(short(24), ipsecRequest()),                                           0],
    ["discard with a bad request",    spd("spdadd", { policyType: PolicyType.discard, requests: [ipsecRequest({ mode: 0 })] }), 0],
  ];

  it.each(rows)("%s", (_, message, errno) => {
    expect(askOne(bench().socket, message).errno).toBe(errno);
  });

  it.each([
    ["shorter than a request", 8],
    ["longer than what is left", 40],
  ])("a request whose length is %s", (_, length) => {
    const { socket } = bench();
    const bytes = encode(spd("spdadd"), linux);
    const lengthAt = bytes.length - 16;
    new DataView(bytes.buffer).setUint16(lengthAt, length, linux.byteOrder === "little");
    socket.send([bytes]);
    expect(heard(socket)).toMatchObject([{ errno: EINVAL }]);
  });
});

describe("what comes back", () => {
  const shown = (given: Partial<IpsecRequest>, more: Parameters<typeof spd>[1] = {}) =>
    policyIn(askOne(bench().socket, spd("spdadd", { requests: [ipsecRequest(given)], ...more })));

  it.each([
    ["default", { level: IpsecLevel.default }, { level: IpsecLevel.require, reqid: 0 }],
    ["use", { level: IpsecLevel.use }, { level: IpsecLevel.use, reqid: 0 }],
    [
      "require, with a reqid",
      { level: IpsecLevel.require, reqid: 5 },
      { level: IpsecLevel.require, reqid: 0 },
    ],
    ["a level that is none", { level: 9, reqid: 5 }, { level: IpsecLevel.require, reqid: 0 }],
    ["unique:5", { level: IpsecLevel.unique, reqid: 5 }, { level: IpsecLevel.unique, reqid: 5 }],
    [
      "unique:16383",
      { level: IpsecLevel.unique, reqid: 0x3fff },
      { level: IpsecLevel.unique, reqid: 0x3fff },
    ],
    ["unique", { level: IpsecLevel.unique }, { level: IpsecLevel.unique, reqid: 0x4000 }],
    [
      "unique:16384",
      { level: IpsecLevel.unique, reqid: 0x4000 },
      { level: IpsecLevel.unique, reqid: 0x4000 },
    ],
    ["unique:40000", { level: IpsecLevel.unique, reqid: 40000 }, { level: IpsecLevel.unique, reqid: 0x4000 }],
  ])("level %s", (_, given, kept) => {
    expect(shown(given).requests).toMatchObject([kept]);
  });

  it("a unique reqid for each", () => {
    const { socket } = bench();
    const requests = [1, 2].map(() => ipsecRequest({ level: IpsecLevel.unique }));
    for (const [direction, reqids] of [
      [1, [0x4000, 0x4001]],
      [2, [0x4002, 0x4003]],
    ] as const) {
      const { requests: kept } = policyIn(askOne(socket, spd("spdadd", { direction, requests })));
      expect(kept.map(({ reqid }) => reqid)).toEqual(reqids);
    }
  });

  it("a tunnel with its end points but not their ports, transport without", () => {
    const end = { source: sockaddrOf("192.0.2.1", 4500), destination: sockaddrOf("192.0.2.2", 4501) };
    expect(shown({ mode: IpsecMode.tunnel, ...end }).requests).toEqual([
      {
        ...ipsecRequest({ mode: IpsecMode.tunnel }),
        length: 48,
        source: sockaddrOf("192.0.2.1"),
        destination: sockaddrOf("192.0.2.2"),
      },
    ]);
    expect(shown(end).requests).toEqual([{ ...ipsecRequest(), length: 16 }]);
  });

  it.each([
    ["ipsec without requests is none", { policyType: PolicyType.ipsec, requests: [] }, PolicyType.none],
    ["none forgets its requests", { policyType: PolicyType.none }, PolicyType.none],
    ["discard", { policyType: PolicyType.discard, requests: [] }, PolicyType.discard],
  ])("%s", (_, given, policyType) => {
    expect(shown({}, given)).toMatchObject({ policyType, requests: [] });
  });

  it("selector, limits and priority; the destination's protocol counts, 0 is any", () => {
    const addresses: OutgoingExtension[] = [
      address("addressSource", "10.0.0.1", { protocol: 6, prefixLength: 8, port: 80 }),
      address("addressDestination", "10.1.0.1", { protocol: 17, prefixLength: 16, port: 53 }),
    ];
    const message = request("spdadd", "unspec", [
      ...addresses,
      policy({ priority: 0x8000_0000 }),
      limits("lifetimeSoft", { add: 3, bytes: 4 }),
    ]);
    expect(askOne(bench().socket, message).extensions).toMatchObject([
      { kind: "addressSource", protocol: 17, prefixLength: 8, sockaddr: sockaddrOf("10.0.0.1", 80) },
      { kind: "addressDestination", protocol: 17, prefixLength: 16, sockaddr: sockaddrOf("10.1.0.1", 53) },
      { kind: "lifetimeHard", addTime: 0n },
      { kind: "lifetimeSoft", addTime: 3n, bytes: 4n },
      { kind: "lifetimeCurrent", useTime: 0n },
      { kind: "policy", priority: 0x8000_0000, id: 1 },
    ]);
    const any = spd("spdadd", {}, [
      address("addressSource", "10.0.0.1", { protocol: 0 }),
      address("addressDestination", "10.1.0.1", { protocol: 0 }),
    ]);
    expect(askOne(bench().socket, any).extensions[0]).toMatchObject({ protocol: 255 });
  });
});

describe("which policies are one", () => {
  const [from, to] = ["192.0.2.1", "192.0.2.2"] as const;
  const ported = (port: number) => [
    address("addressSource", from, { port }),
    address("addressDestination", to),
  ];
  const prefixed = (prefixLength: number) => [
    address("addressSource", from, { prefixLength }),
    address("addressDestination", to),
  ];
  const protocolled = (protocol: number) => [
    address("addressSource", from),
    address("addressDestination", to, { protocol }),
  ];

  // biome-ignore format: one row a line
  it.each([
    ["the same",                        spd("spdadd"),                                       EEXIST],
    ["with another type and priority",  spd("spdadd", { policyType: 0, priority: 9 }),       EEXIST],
    ["by SPDSETIDX",                    spd("spdsetidx"),                                    EEXIST],
    ["protocol 0 is 255",               spd("spdadd", {}, protocolled(0)),                   EEXIST],
    ["another direction",               spd("spdadd", { direction: 1 }),                     0],
    ["another source",                  spd("spdadd", {}, ends("192.0.2.9", to)),            0],
    ["another port",                    spd("spdadd", {}, ported(1)),                        0],
    ["another prefix",                  spd("spdadd", {}, prefixed(24)),                     0],
    ["another protocol",                spd("spdadd", {}, protocolled(6)),                   0],
  ] as const)("%s", (_, message, errno) => {
    const { socket } = bench();
    ask(socket, spd("spdadd"));
    expect(askOne(socket, message).errno).toBe(errno);
    expect(ask(socket, request("spddump", "unspec"))).toHaveLength(errno === 0 ? 2 : 1);
  });
});

describe("ids", () => {
  it.each([
    ["from 0, which itself is left out", [1, 3, 2, 1], [8, 10, 17, 24]],
    ["past those that are taken", [1, 1, 1], [8, 16, 24]],
    ["for those that go out", [2, 2], [1, 9]],
  ])("count in steps of 8, with the direction below: %s", (_, directions, ids) => {
    const { socket } = bench();
    const given = directions.map((direction, at) => {
      const addresses = ends("192.0.2.1", `192.0.2.${at}`);
      return policyIn(askOne(socket, spd("spdadd", { direction }, addresses))).id;
    });
    expect(given).toEqual(ids);
  });

  it("an SPDUPDATE keeps the id, and puts the policy first in a dump", () => {
    const { socket } = bench();
    ask(socket, spd("spdadd"));
    ask(socket, spd("spdadd", { direction: 1 }));
    expect(policyIn(askOne(socket, spd("spdupdate", { policyType: 0 })))).toMatchObject({
      id: 1,
      policyType: 0,
    });
    expect(ask(socket, request("spddump", "unspec")).map((entry) => policyIn(entry).id)).toEqual([1, 8]);
  });

  it("a refused SPDADD takes none", () => {
    const { socket } = bench();
    ask(socket, spd("spdadd"));
    ask(socket, spd("spdadd"));
    expect(policyIn(askOne(socket, spd("spdadd", { direction: 1 }))).id).toBe(8);
  });

  // biome-ignore format: one row a line
  it.each([
    ["SPDGET",                       spd("spdget", { id: 1 }),                          0],
    ["SPDGET of none",               spd("spdget", { id: 9 }),                          ENOENT],
    ["SPDGET of a socket's",         spd("spdget", { id: 11 }),                         EINVAL],
    ["SPDGET without POLICY",        request("spdget", "unspec", ends()),               EINVAL],
    ["SPDGET without addresses",     request("spdget", "unspec", [policy({ id: 1 })]),  0],
    ["SPDDELETE2",                   spd("spddelete2", { id: 1 }),                      0],
    ["SPDDELETE2 of none",           spd("spddelete2", { id: 0 }),                      ENOENT],
    ["SPDDELETE",                    spd("spddelete", { policyType: 4, id: 77 }),       0],
    ["SPDDELETE in the other way",   spd("spddelete", { direction: 1 }),                ENOENT],
    ["SPDDELETE without direction",  spd("spddelete", { direction: 0 }),                EINVAL],
    ["SPDDELETE without addresses",  request("spddelete", "unspec", [policy()]),        EINVAL],
  ] as const)("%s", (_, message, errno) => {
    const { socket } = bench();
    ask(socket, spd("spdadd"));
    const reply = askOne(socket, message);
    expect(reply).toMatchObject({ type: message.type, errno });
    const gone = errno === 0 && message.type !== "spdget";
    expect(ask(socket, request("spddump", "unspec"))[0]?.errno).toBe(gone ? ENOENT : 0);
  });
});

describe("the reserved field: how many hold the policy", () => {
  it("fresh, after a second, and with a lifetime", () => {
    const { clock, socket } = bench();
    const reserved = (message: OutgoingMessage) => ask(socket, message).map((reply) => reply.reserved);
    expect(reserved(spd("spdadd"))).toEqual([3]);
    expect(reserved(request("spddump", "unspec"))).toEqual([2]);
    expect(reserved(spd("spdget", { id: 1 }))).toEqual([3]);
    clock.turn(1000);
    expect(reserved(request("spddump", "unspec"))).toEqual([1]);
    expect(reserved(spd("spdget", { id: 1 }))).toEqual([2]);
    expect(reserved(spd("spddelete"))).toEqual([1]);
    ask(socket, request("spdadd", "unspec", [...ends(), policy(), limits("lifetimeHard", { add: 99 })]));
    clock.turn(5000);
    expect(reserved(request("spddump", "unspec"))).toEqual([2]);
  });
});
