import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bothWays, type Family, families, fresh } from "./both-ways.ts";
import { loads } from "./commands.ts";
import { turned } from "./key-words.ts";
import type { Lab } from "./lab.ts";
import { associations } from "./listing.ts";
import type { Node } from "./nodes.ts";
import { ping } from "./ping.ts";
import { type Shape, shapes } from "./shape-table.ts";
import { tcpEcho, udpEcho } from "./traffic.ts";

/** Puts each shape of protection on and sends packets of all kinds through it. */
export function describeShapes(lab: () => Lab): void {
  for (const family of families) {
    describe(family, () => {
      for (const shape of shapes) {
        test(shape.name, { timeout: 60_000 }, () => passes(shape, family));
      }
    });
  }

  async function passes(shape: Shape, family: Family): Promise<void> {
    const { leftHost, left, right, rightHost, setkey, sent } = lab();
    const texts = bothWays(statements(shape), family, lab());
    await loads(setkey, left, fresh + texts.left);
    await loads(setkey, right, fresh + texts.right);
    const [from, to] = shape.between === "hosts" ? [leftHost, rightHost] : [left, right];
    sent();

    assert.equal(ping(from, to[family], { size: 16 }), 2);
    assert.equal(ping(from, to[family], { size: 1200 }), 2);
    const small = wire(shape, family, "small");
    const long = wire(shape, family, "long");
    assert.deepEqual(sent(), {
      left: [small, small, long, long],
      right: [small, small, long, long].map(back),
    });

    const text = Buffer.from("IPsec protects what goes over the cable. ".repeat(500));
    assert.deepEqual(await tcpEcho(from, to, to[family], text), text);
    const datagram = text.subarray(0, 1000);
    assert.deepEqual(await udpEcho(from, to, to[family], datagram), datagram);
    const expected = [small.replace("icmp", "tcp"), long.replace("icmp", "tcp"), long.replace("icmp", "udp")];
    const seen = sent();
    assert.deepEqual(new Set(seen.left), new Set(expected));
    assert.deepEqual(new Set(seen.right), new Set(expected.map(back)));

    assert.deepEqual(await counters(left), await counters(right));
  }

  /** The SAs with what they have carried, which must be something. */
  async function counters(node: Node) {
    const { stdout } = await lab().setkey(node, ["-D"]);
    const all = associations(stdout);
    for (const { bytes, packets } of all) assert.ok(bytes > 0 && packets > 0, stdout);
    // A packet that is too short to be compressed counts only where it would have been.
    return all.filter(({ protocol }) => protocol !== "ipcomp").map(({ spi, packets }) => ({ spi, packets }));
  }
}

/** The shape's statements for the way from left to right. */
function statements({ sas, between, rules }: Shape): string[] {
  const [from, to] = between === "hosts" ? ["LEFTNET", "RIGHTNET"] : ["LEFT", "RIGHT"];
  return [...sas.map((sa) => `add LEFT RIGHT ${sa};`), `spdadd ${from} ${to} any -P out ipsec ${rules};`];
}

function wire({ wire }: Shape, family: Family, size: "small" | "long"): string {
  const headers = wire
    .split(" ")
    .filter((header) => size === "long" || !header.endsWith("!"))
    .map((header) => (header === "ip" ? { ipv4: "ipv4", ipv6: "ipv6" }[family] : header.replace("!", "")));
  return headers.join(" ");
}

/** The same shape on the way back. */
const back = (shape: string): string =>
  shape.replaceAll(/:([0-9a-f]+)/g, (_, spi: string) => `:${turned(Number.parseInt(spi, 16)).toString(16)}`);
