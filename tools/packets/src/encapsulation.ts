import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CSocket } from "@keysock/kernel-lab";
import { bothWays, type Family, families, fresh } from "./both-ways.ts";
import { loads } from "./commands.ts";
import { keysInIpseckey } from "./key-words.ts";
import type { Lab } from "./lab.ts";
import { associations } from "./listing.ts";
import type { Node } from "./nodes.ts";
import { noAnswer } from "./ping.ts";
import { datagramType, familyOf, socketAddress } from "./socket-address.ts";

/** RFC 3948; `<linux/udp.h>` */
const port = 4500;
const udpLevel = 17;
const udpEncapsulation = 100;
const espInUdp = 2;

const selectors = { transport: "LEFT RIGHT", tunnel: "LEFTNET RIGHTNET" };
const rules = { transport: "esp/transport//require", tunnel: "esp/tunnel/LEFT-RIGHT/require" };
/** The outer packet meets the policies before it is opened. */
const outerPasses = `spdadd LEFT[${port}] RIGHT[${port}] udp -P out prio def + 2 none;`;

/** ESP in UDP, as it goes through address translation. */
export function describeEncapsulation(lab: () => Lab): void {
  for (const family of families) {
    describe(`ESP in UDP over ${family}`, () => {
      for (const mode of ["transport", "tunnel"] as const) {
        test(`${mode} mode`, { timeout: 30_000 }, () => passes(mode, family));
      }
    });
  }

  test("ESP in UDP: without a policy for its outer packets a policy for both hosts refuses them", async () => {
    const { left, right, setkey, exchange } = lab();
    const texts = bothWays([sa("transport"), policy("transport")], "ipv4", lab());
    await loads(setkey, left, fresh + texts.left);
    await loads(setkey, right, fresh + texts.right);
    withSockets([left, right], "ipv4", () => {
      assert.deepEqual(exchange(left, right.ipv4, noAnswer), {
        answers: 0,
        sent: { left: ["ipv4 udp esp:1001 icmp", "ipv4 udp esp:1001 icmp"], right: [] },
        refused: { left: {}, right: { XfrmInTmplMismatch: 2 } },
      });
    });
  });

  test("ESP in UDP: without a socket nobody opens it", async () => {
    const { leftHost, left, right, rightHost, setkey, exchange } = lab();
    const texts = bothWays([sa("tunnel"), policy("tunnel")], "ipv4", lab());
    await loads(setkey, left, fresh + texts.left);
    await loads(setkey, right, fresh + texts.right);
    assert.deepEqual(exchange(leftHost, rightHost.ipv4, noAnswer), {
      answers: 0,
      // That the port is unreachable.
      sent: {
        left: ["ipv4 udp esp:1001 ipv4 icmp", "ipv4 udp esp:1001 ipv4 icmp"],
        right: ["ipv4 icmp", "ipv4 icmp"],
      },
      refused: { left: {}, right: {} },
    });
  });

  /** The right side has its SAs from ipseckey. */
  async function passes(mode: "transport" | "tunnel", family: Family): Promise<void> {
    const { leftHost, left, right, rightHost, setkey, ipseckey, exchange } = lab();
    const protection = [policy(mode), ...(mode === "transport" ? [outerPasses] : [])];
    await loads(setkey, left, fresh + bothWays([sa(mode), ...protection], family, lab()).left);
    await loads(setkey, right, fresh + bothWays(protection, family, lab()).right);
    const [a, b] = [left[family], right[family]];
    const inner = mode === "tunnel" ? `isrc ${family === "ipv4" ? "0.0.0.0/0" : "::/0"}` : "";
    const words = `encap udp nat_loc ${b} nat_rem ${a} ${inner} ${keysInIpseckey}`;
    await loads(
      ipseckey,
      right,
      `add esp spi 0x1001 src ${a} dst ${b} ${words}\nadd esp spi 0x2001 src ${b} dst ${a} ${words}\n`,
    );

    const [from, to] = mode === "tunnel" ? [leftHost, rightHost] : [left, right];
    const inside = mode === "tunnel" ? `${family} icmp` : "icmp";
    const shape = (spi: string) => `${family} udp esp:${spi} ${inside}`;
    withSockets([left, right], family, () => {
      assert.deepEqual(exchange(from, to[family]), {
        answers: 2,
        sent: { left: [shape("1001"), shape("1001")], right: [shape("2001"), shape("2001")] },
        refused: { left: {}, right: {} },
      });
    });
    for (const node of [left, right]) {
      const listed = associations((await setkey(node, ["-D"])).stdout);
      assert.deepEqual(
        listed.map(({ source, destination, protocol, packets }) => ({
          source,
          destination,
          protocol,
          packets,
        })),
        [
          { source: `${a}[${port}]`, destination: `${b}[${port}]`, protocol: "esp-udp", packets: 2 },
          { source: `${b}[${port}]`, destination: `${a}[${port}]`, protocol: "esp-udp", packets: 2 },
        ],
      );
    }
  }
}

const sa = (mode: "transport" | "tunnel"): string =>
  `add LEFT[${port}] RIGHT[${port}] esp-udp 0x1001 -m ${mode} ESP;`;

const policy = (mode: "transport" | "tunnel"): string =>
  `spdadd ${selectors[mode]} any -P out ipsec ${rules[mode]};`;

/** While it runs, a program on each node has said that it takes ESP in UDP. */
function withSockets(nodes: readonly Node[], family: Family, work: () => void): void {
  const sockets = nodes.map((node) => {
    node.network.enter();
    const socket = new CSocket(familyOf(node[family]), datagramType, 0);
    socket.set(udpLevel, udpEncapsulation, espInUdp);
    socket.bind(socketAddress(node[family], port));
    return socket;
  });
  try {
    work();
  } finally {
    for (const socket of sockets) socket.close();
  }
}
