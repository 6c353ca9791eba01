import { describe, expect, it } from "vitest";
import type { ResolveOptions } from "./host.ts";
import { ResolveError } from "./resolve-error.ts";
import { tableHost } from "./table-host.ts";
import { outcome } from "./testing/outcome.ts";

const host = tableHost({
  names: {
    gateway: ["192.0.2.1", "2001:db8::1", "192.0.2.2"],
    "link.example": ["fe80::1%eth0"],
    constructor: ["192.0.2.9"],
  },
  services: [
    [53, "udp", "domain", ["dns"]],
    [80, "tcp", "http"],
    [500, "udp", "isakmp"],
  ],
  interfaces: { lo: 1, eth0: 7 },
});

describe("resolve", () => {
  const rows: [name: string, options: ResolveOptions, value: string[] | string][] = [
    ["gateway", {}, ["192.0.2.1", "2001:db8::1", "192.0.2.2"]],
    ["GATEWAY", {}, ["192.0.2.1", "2001:db8::1", "192.0.2.2"]],
    ["gateway", { family: "inet" }, ["192.0.2.1", "192.0.2.2"]],
    ["gateway", { family: "inet6" }, ["2001:db8::1"]],
    ["gateway", { numericOnly: true }, "EAI_NONAME"],
    ["link.example", {}, ["fe80::1%7"]],
    ["link.example", { family: "inet" }, "EAI_NONAME"],
    ["constructor", {}, ["192.0.2.9"]],
    ["toString", {}, "EAI_NONAME"],
    ["192.0.2.1", {}, ["192.0.2.1"]],
    ["10.1", {}, ["10.0.0.1"]],
    ["010.0x10.3", {}, ["8.16.0.3"]],
    ["192.0.2.1", { family: "inet6" }, "EAI_ADDRFAMILY"],
    ["::1", { family: "inet" }, "EAI_ADDRFAMILY"],
    ["::ffff:192.0.2.1", { family: "inet" }, ["192.0.2.1"]],
    ["::ffff:192.0.2.1", {}, ["::ffff:192.0.2.1"]],
    ["fe80::1%eth0", {}, ["fe80::1%7"]],
    ["fe80::1%eth1", {}, "EAI_NONAME"],
    ["2001:db8::1%eth0", {}, "EAI_NONAME"],
    ["2001:db8::1%3", {}, ["2001:db8::1%3"]],
    ["192.0.2.1", { service: "domain" }, ["192.0.2.1 port 53"]],
    ["192.0.2.1", { service: "dns" }, ["192.0.2.1 port 53"]],
    ["192.0.2.1", { service: "http" }, "EAI_SERVICE"],
    ["192.0.2.1", { service: "4500" }, ["192.0.2.1 port 4500"]],
    ["192.0.2.1", { service: "70000" }, ["192.0.2.1 port 4464"]],
    ["gateway", { service: "500", family: "inet6" }, ["2001:db8::1 port 500"]],
    ["nowhere", { service: "nothing" }, "EAI_SERVICE"],
    ["", {}, "EAI_NONAME"],
  ];
  it.each(rows)("%o %o", (name, options, value) => {
    expect(outcome(host, name, options)).toEqual(value);
  });

  it("says what failed, with the C library's text", () => {
    const unreachable = tableHost({ unknownName: "EAI_AGAIN" });
    expect(() => unreachable.resolve("nowhere", { service: "500" })).toThrow(
      new ResolveError("nowhere", "EAI_AGAIN", "Temporary failure in name resolution", "500"),
    );
    expect(() => host.resolve("nowhere")).toThrow(
      '"nowhere" does not resolve: Name or service not known (EAI_NONAME)',
    );
    expect(() => host.resolve("::1", { service: "http" })).toThrow(
      '"::1" with service "http" does not resolve: Servname not supported for ai_socktype (EAI_SERVICE)',
    );
  });

  it("gives bytes that the caller may change", () => {
    host.resolve("gateway")[0]!.address.fill(0);
    expect(outcome(host, "gateway", { family: "inet" })).toEqual(["192.0.2.1", "192.0.2.2"]);
  });

  it("refuses a table whose address is none", () => {
    expect(() => tableHost({ names: { a: ["192.0.2.1", "10.1"] } })).toThrow(
      new TypeError('"names.a" holds "10.1", expected an IP address'),
    );
    expect(() => tableHost({ names: { a: ["fe80::1%eth0"] } })).toThrow(TypeError);
  });
});

describe("reverse", () => {
  it.each([
    [[192, 0, 2, 2], "gateway"],
    [[192, 0, 2, 9], "constructor"],
    [[192, 0, 2, 3], undefined],
    [[0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "link.example"],
    [[192, 0, 2], undefined],
  ])("%o: %o", (bytes, name) => {
    expect(host.reverse(Uint8Array.from(bytes))).toBe(name);
  });
});

describe("the other tables", () => {
  it("has Debian's protocols unless others are given", () => {
    expect(host.protocolNumber("esp")).toBe(50);
    expect(host.protocolName(51)).toBe("ah");
    const few = tableHost({ protocols: [[6, "tcp", []]] });
    expect([few.protocolNumber("tcp"), few.protocolNumber("esp"), few.protocolName(50)]).toEqual([
      6,
      undefined,
      undefined,
    ]);
  });

  it("knows services by protocol", () => {
    expect(host.servicePort("http", "tcp")).toBe(80);
    expect(host.servicePort("http", "udp")).toBeUndefined();
    expect(host.servicePort("dns", "udp")).toBe(53);
    expect(host.serviceName(500, "udp")).toBe("isakmp");
    expect(host.serviceName(500, "tcp")).toBeUndefined();
  });

  it("knows interfaces by name and index", () => {
    expect(host.interfaceIndex("eth0")).toBe(7);
    expect(host.interfaceIndex("constructor")).toBeUndefined();
    expect(host.interfaceName(1)).toBe("lo");
    expect(host.interfaceName(2)).toBeUndefined();
  });

  it("has a clock that stands still, is turned by sleep and can be set", () => {
    const clock = tableHost({ now: 1000, pid: 4242, uid: 1000 });
    expect([clock.now(), clock.now(), clock.pid, clock.uid]).toEqual([1000, 1000, 4242, 1000]);
    clock.sleep(0.5);
    expect(clock.now()).toBe(1000.5);
    clock.setNow(5);
    expect(clock.now()).toBe(5);
    const plain = tableHost();
    expect([plain.now(), plain.pid, plain.uid]).toEqual([0, 1, 0]);
  });
});
