import { writeFileSync } from "node:fs";
import type { Host } from "@keysock/host";
import { ipBatch, NetworkNamespace } from "@keysock/kernel-lab";

/** A machine: a network of its own, with an address of each family. */
export interface Node {
  name: string;
  network: NetworkNamespace;
  ipv4: string;
  ipv6: string;
}

/** Something for each of the two gateways. */
export interface Sides<T> {
  left: T;
  right: T;
}

/** Two gateways with a cable between them, and a host behind each. */
export interface Nodes {
  leftHost: Node;
  left: Node;
  right: Node;
  rightHost: Node;
  close(): void;
}

/** The interface of a gateway towards the other one. */
const cable = "cable";

/** The interface towards the host behind a gateway, and that host's own. */
const lan = "lan";

/** The networks of the hosts. */
export const networks: Sides<Record<"ipv4" | "ipv6", string>> = {
  left: { ipv4: "10.1.0.0/24", ipv6: "fd00:1::/64" },
  right: { ipv4: "10.2.0.0/24", ipv6: "fd00:2::/64" },
};

const everywhere = { ipv4: "0.0.0.0/0", ipv6: "::/0" };

/** The gateways' link-local addresses on the cable. */
export const linkLocal = { left: "fe80::1", right: "fe80::2" };

/**
 * Makes the four and connects them:
 *
 *     left host ------------- left =================== right ------------- right host
 *     10.1.0.2       10.1.0.1      192.0.2.1   192.0.2.2    10.2.0.1       10.2.0.2
 *     fd00:1::2     fd00:1::1      2001:db8::1 2001:db8::2  fd00:2::1     fd00:2::2
 */
export function openNodes(): Nodes {
  const leftHost = open("left host", "10.1.0.2", "fd00:1::2");
  const left = open("left", "192.0.2.1", "2001:db8::1");
  const right = open("right", "192.0.2.2", "2001:db8::2");
  const rightHost = open("right host", "10.2.0.2", "fd00:2::2");
  connect([left, cable], [right, cable]);
  connect([leftHost, lan], [left, lan]);
  connect([rightHost, lan], [right, lan]);

  // An interface without a link-local address asks for no neighbours when it forwards.
  configure(leftHost, [
    ...addresses(lan, "10.1.0.2/24", "fd00:1::2/64", "fe80::1:2/64"),
    ...routes("10.1.0.1", "fd00:1::1", everywhere),
  ]);
  configure(left, [
    ...addresses(lan, "10.1.0.1/24", "fd00:1::1/64", "fe80::1:1/64"),
    ...addresses(cable, "192.0.2.1/24", "2001:db8::1/64", "fe80::1/64"),
    ...routes(right.ipv4, right.ipv6, networks.right),
  ]);
  configure(right, [
    ...addresses(cable, "192.0.2.2/24", "2001:db8::2/64", "fe80::2/64"),
    ...addresses(lan, "10.2.0.1/24", "fd00:2::1/64", "fe80::2:1/64"),
    ...routes(left.ipv4, left.ipv6, networks.left),
  ]);
  configure(rightHost, [
    ...addresses(lan, "10.2.0.2/24", "fd00:2::2/64", "fe80::2:2/64"),
    ...routes("10.2.0.1", "fd00:2::1", everywhere),
  ]);
  for (const gateway of [left, right]) forward(gateway);

  const nodes = { leftHost, left, right, rightHost };
  return {
    ...nodes,
    close() {
      for (const { network } of Object.values(nodes)) network.close();
    },
  };
}

/** Enters a gateway, and gives the index of its interface towards the other one, or of that name. */
export function cableIndex({ network }: Node, host: Host, name = cable): number {
  network.enter();
  return host.interfaceIndex(name)!;
}

const open = (name: string, ipv4: string, ipv6: string): Node => ({
  name,
  network: new NetworkNamespace(),
  ipv4,
  ipv6,
});

type End = readonly [node: Node, name: string];

function connect([one, name]: End, [other, otherName]: End): void {
  configure(one, [
    `link add ${name} type veth peer name ${otherName} netns ${other.network.path}`,
    `link set ${name} addrgenmode none up`,
  ]);
  configure(other, [`link set ${otherName} addrgenmode none up`]);
}

const addresses = (name: string, ...all: readonly string[]): string[] =>
  all.map((one) => `address add ${one} dev ${name} ${one.includes(":") ? "nodad" : ""}`);

const routes = (by4: string, by6: string, to: { ipv4: string; ipv6: string }): string[] => [
  `route add ${to.ipv4} via ${by4}`,
  `route add ${to.ipv6} via ${by6}`,
];

function configure({ network }: Node, lines: readonly string[]): void {
  network.enter();
  ipBatch(lines);
}

function forward({ network }: Node): void {
  network.enter();
  for (const family of ["ipv4", "ipv6"]) writeFileSync(`/proc/sys/net/${family}/conf/all/forwarding`, "1");
}
