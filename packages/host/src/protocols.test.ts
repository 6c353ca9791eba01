import { describe, expect, it } from "vitest";
import { nameOfProtocol, numberOfProtocol, protocols } from "./protocols.ts";

describe("the built-in protocols", () => {
  it.each([
    ["ip", 0],
    ["hopopt", 0],
    ["icmp", 1],
    ["ICMP", 1],
    ["IP-ENCAP", 4],
    ["tcp", 6],
    ["udp", 17],
    ["ipv6", 41],
    ["gre", 47],
    ["esp", 50],
    ["IPSEC-ESP", 50],
    ["ah", 51],
    ["IPSEC-AH", 51],
    ["ipv6-icmp", 58],
    ["CPHB", 73],
    ["ospf", 89],
    ["ipcomp", 108],
    ["sctp", 132],
    ["mobility-header", 135],
    ["rohc", 142],
    ["Tcp", undefined],
    ["icmp6", undefined],
    ["", undefined],
    ["6", undefined],
  ])("number of %o: %o", (name, number) => {
    expect(numberOfProtocol(protocols, name)).toBe(number);
  });

  it.each([
    [0, "ip"],
    [4, "ipencap"],
    [50, "esp"],
    [51, "ah"],
    [58, "ipv6-icmp"],
    [94, "ipip"],
    [135, "mobility-header"],
    [143, "ethernet"],
    [7, undefined],
    [255, undefined],
    [-1, undefined],
  ])("name of %o: %o", (number, name) => {
    expect(nameOfProtocol(protocols, number)).toBe(name);
  });

  it("gives each name once, in the order of the numbers", () => {
    const names = protocols.flatMap(([, name, aliases]) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
    const numbers = protocols.map(([number]) => number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });
});
