import { IpsecLevel, IpsecMode, type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { NoOutboundPolicyError } from "../index.ts";
import { ask, askOne, heard, inShort } from "../testing/exchange.ts";
import {
  addEsp,
  address,
  bytesOf,
  ends,
  getspi,
  ipsecRequest,
  nullKey,
  sa,
  sa2,
  sockaddrOf,
  spd,
} from "../testing/requests.ts";
import { bench, registered } from "../testing/sockets.ts";

const packet = { policy: 1, source: bytesOf("192.0.2.1"), destination: bytesOf("192.0.2.2") };
const failed = (sequence: number, errno: number): OutgoingMessage => ({
  ...request("acquire", "esp"),
  sequence,
  errno,
});
const dumped = (socket: Parameters<typeof ask>[0]) =>
  ask(socket, request("dump", "unspec")).filter(({ errno }) => errno === 0);

/** A policy with transport ESP, somebody who has registered, and a packet that meets it. */
function acquiring() {
  const all = bench();
  const daemon = registered(all.engine);
  ask(all.socket, spd("spdadd", { priority: 5 }));
  heard(daemon);
  expect(all.engine.acquire(packet)).toBe("acquiring");
  return { ...all, daemon };
}

describe("an ACQUIRE", () => {
  it("asks all who have registered, from sequence 1, with an empty proposal", () => {
    const { daemon, socket } = acquiring();
    expect(heard(socket)).toEqual([]);
    expect(heard(daemon)).toEqual([
      {
        version: 2,
        type: "acquire",
        saType: "esp",
        errno: 0,
        reserved: 0,
        sequence: 1,
        pid: 0,
        extensions: [
          { ...address("addressSource", "192.0.2.1", { protocol: 0 }), type: 5, length: 3 },
          { ...address("addressDestination", "192.0.2.2", { protocol: 0 }), type: 6, length: 3 },
          {
            kind: "policy",
            type: 18,
            length: 2,
            policyType: 2,
            direction: 2,
            reserved: 0,
            id: 1,
            priority: 5,
            requests: [],
          },
          { kind: "proposal", type: 13, length: 1, replay: 32, reserved: 0, combinations: [] },
        ],
      },
    ]);
    expect(dumped(socket)).toMatchObject([
      { extensions: [{ spi: 0, state: 0 }, { addTime: 30n }, {}, {}, {}, {}, {}] },
    ]);
  });

  it("is not repeated while the larval SA lives", () => {
    const { clock, daemon, engine } = acquiring();
    heard(daemon);
    clock.turn(29_000);
    expect(engine.acquire(packet)).toBe("pending");
    expect(heard(daemon)).toEqual([]);
    clock.turn(1000);
    expect(engine.acquire(packet)).toBe("acquiring");
    expect(heard(daemon).map((message) => [inShort(message), message.sequence])).toEqual([
      ["expire hard", 0],
      ["acquire", 2],
    ]);
  });

  it("is answered by GETSPI and UPDATE, or by ADD, under its sequence or for the same addresses", () => {
    for (const sequence of [1, 0]) {
      const { engine, socket } = acquiring();
      expect(askOne(socket, { ...getspi(0x500, 0x500), sequence }).extensions[0]).toMatchObject({
        spi: 0x500,
      });
      expect(dumped(socket)).toHaveLength(1);
      ask(socket, { ...addEsp(0x500), type: "update", sequence });
      expect(engine.acquire(packet)).toBe("ready");
    }
    for (const sequence of [1, 0]) {
      const { engine, socket } = acquiring();
      ask(socket, { ...addEsp(0x600), sequence });
      expect(dumped(socket)).toHaveLength(1);
      expect(engine.acquire(packet)).toBe("ready");
    }
  });

  it("an ADD under its sequence but elsewhere leaves the larval SA", () => {
    const { socket } = acquiring();
    ask(socket, {
      ...request("add", "esp", [sa(1), ...ends("192.0.2.1", "192.0.2.9"), nullKey]),
      sequence: 1,
    });
    expect(dumped(socket)).toHaveLength(2);
  });

  it.each([
    ["under its sequence", failed(1, 61), "refused", 3],
    ["without an errno", failed(1, 0), "pending", 0],
    ["under another sequence", failed(2, 61), "pending", 0],
    ["without a sequence", failed(0, 61), "pending", 0],
  ] as const)("a failure that key management tells %s", (_, message, resolution, state) => {
    const { engine, socket } = acquiring();
    expect(ask(socket, message)).toEqual([]);
    expect(engine.acquire(packet)).toBe(resolution);
    expect(dumped(socket)).toMatchObject([{ extensions: [{ state }, {}, {}, {}, {}, {}, {}] }]);
  });

  it("after a failure a GETSPI for the same begins anew", () => {
    const { engine, socket } = acquiring();
    ask(socket, failed(1, 61));
    ask(socket, getspi(0x500, 0x500));
    expect(engine.acquire(packet)).toBe("pending");
  });

  it("a failure with something behind the header is not supported", () => {
    const { socket } = acquiring();
    expect(askOne(socket, { ...failed(1, 61), extensions: ends() }).errno).toBe(95);
  });

  it("nobody registered: nothing is sent, nothing is made", () => {
    const { engine, socket } = bench();
    ask(socket, spd("spdadd"));
    expect(engine.acquire(packet)).toBe("refused");
    expect(dumped(socket)).toEqual([]);
  });

  it.each([0, 8, 9])("there is no outbound policy %i", (id) => {
    const { engine, socket } = bench();
    ask(socket, spd("spdadd"));
    ask(socket, spd("spdadd", { direction: 1 }));
    expect(() => engine.acquire({ ...packet, policy: id })).toThrow(NoOutboundPolicyError);
  });
});

describe("which SA carries a packet", () => {
  const tunnel = ipsecRequest({
    mode: IpsecMode.tunnel,
    source: sockaddrOf("203.0.113.1"),
    destination: sockaddrOf("203.0.113.2"),
  });
  const outer = ends("203.0.113.1", "203.0.113.2");

  // biome-ignore format: one row a line
  it.each([
    ["transport, between its ends",    ipsecRequest(),                        addEsp(1),                                                                          "ready"],
    ["from any source",                ipsecRequest(),                        request("add", "esp", [sa(1), ...ends("0.0.0.0", "192.0.2.2"), nullKey]),           "ready"],
    ["another destination",            ipsecRequest(),                        request("add", "esp", [sa(1), ...ends("192.0.2.1", "192.0.2.9"), nullKey]),         "acquiring"],
    ["another mode",                   ipsecRequest(),                        addEsp(1, [sa2(2)]),                                                                "acquiring"],
    ["another protocol",               ipsecRequest({ protocol: 51 }),        addEsp(1),                                                                          "acquiring"],
    ["another reqid",                  ipsecRequest(),                        addEsp(1, [sa2(1, 7)]),                                                             "acquiring"],
    ["its reqid",                      ipsecRequest({ level: IpsecLevel.unique, reqid: 7 }), addEsp(1, [sa2(1, 7)]),                                              "ready"],
    ["one that is not there, optional", ipsecRequest({ level: IpsecLevel.use }), addEsp(1, [sa2(2)]),                                                             "ready"],
    ["a tunnel between its end points", tunnel,                               request("add", "esp", [sa(1), sa2(2), ...outer, nullKey]),                          "ready"],
    ["a tunnel for another inner source", tunnel,                             request("add", "esp", [sa(1), sa2(2), ...outer, nullKey, address("addressProxy", "10.0.0.0", { prefixLength: 8 })]), "acquiring"],
    ["a tunnel for the inner source",  tunnel,                                request("add", "esp", [sa(1), sa2(2), ...outer, nullKey, address("addressProxy", "192.0.0.0", { prefixLength: 8 })]), "ready"],
    ["a tunnel from elsewhere",        tunnel,                                addEsp(1, [sa2(2)]),                                                                "acquiring"],
  ] as const)("%s", (_, asked, message, resolution) => {
    const { engine, socket } = bench();
    registered(engine);
    ask(socket, spd("spdadd", { requests: [asked] }));
    ask(socket, message);
    expect(engine.acquire(packet)).toBe(resolution);
  });

  it("all that a bundle asks for, one after the other", () => {
    const { engine, socket } = bench();
    const daemon = registered(engine);
    ask(socket, spd("spdadd", { requests: [ipsecRequest({ protocol: 108 }), ipsecRequest()] }));
    heard(daemon);
    expect(engine.acquire(packet)).toBe("acquiring");
    expect(heard(daemon)).toMatchObject([{ saType: "ipcomp", extensions: [{}, {}, { kind: "policy" }] }]);
    ask(socket, request("add", "ipcomp", [sa(0x100, { encryption: 2 }), ...ends()]));
    heard(daemon);
    expect(engine.acquire(packet)).toBe("acquiring");
    expect(heard(daemon)).toMatchObject([{ saType: "esp", sequence: 2 }]);
  });

  it("a larval tunnel SA shows the packet's source as its proxy", () => {
    const { engine, socket } = bench();
    registered(engine);
    ask(socket, spd("spdadd", { requests: [tunnel] }));
    engine.acquire(packet);
    const [larval] = dumped(socket);
    expect(larval?.extensions.find(({ kind }) => kind === "addressProxy")).toMatchObject({
      prefixLength: 32,
      sockaddr: sockaddrOf("192.0.2.1"),
    });
  });

  it("a policy without requests needs none", () => {
    const { engine, socket } = bench();
    ask(socket, spd("spdadd", { policyType: 1, requests: [] }));
    expect(engine.acquire(packet)).toBe("ready");
  });
});
