import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Family, families, fresh } from "./both-ways.ts";
import { loads } from "./commands.ts";
import { keysInIpseckey, keyWords } from "./key-words.ts";
import type { Lab } from "./lab.ts";
import { networks, type Sides } from "./nodes.ts";
import { noAnswer } from "./ping.ts";

/** Tunnels in which one family goes through the other. */
export function describeMixedTunnels(lab: () => Lab): void {
  for (const outer of families) {
    const inner = outer === "ipv4" ? "ipv6" : "ipv4";
    describe(`${inner} in a tunnel of ${outer}`, () => {
      test("an SA of ipseckey says the inner source", { timeout: 30_000 }, async () => {
        const { leftHost, left, right, rightHost, setkey, ipseckey, exchange } = lab();
        const { policies, ends } = tunnel(inner, outer);
        const any = { ipv4: "0.0.0.0/0", ipv6: "::/0" }[inner];
        const sas = ends
          .map(
            ([from, to, spi]) => `add esp spi ${spi} src ${from} dst ${to} isrc ${any} ${keysInIpseckey}\n`,
          )
          .join("");
        await loads(setkey, left, fresh + policies.left);
        await loads(setkey, right, fresh + policies.right);
        for (const node of [left, right]) await loads(ipseckey, node, sas);
        const [o, i] = [outer, inner].map((family) => family);
        const there = `${o} esp:1001 ${i} icmp`;
        const back = `${o} esp:2001 ${i} icmp`;
        assert.deepEqual(exchange(leftHost, rightHost[inner]), {
          answers: 2,
          sent: { left: [there, there], right: [back, back] },
          refused: { left: {}, right: {} },
        });
      });

      test("an SA of setkey is for the outer family only", { timeout: 30_000 }, async () => {
        const { leftHost, left, right, rightHost, setkey, exchange } = lab();
        const { policies, ends } = tunnel(inner, outer);
        const sas = ends
          .map(([from, to, spi]) => `add ${from} ${to} esp ${spi} -m tunnel ${keyWords.ESP};\n`)
          .join("");
        await loads(setkey, left, fresh + policies.left + sas);
        await loads(setkey, right, fresh + policies.right + sas);
        assert.deepEqual(exchange(leftHost, rightHost[inner], noAnswer), {
          answers: 0,
          sent: { left: [], right: [] },
          refused: { left: { XfrmOutNoStates: 2 }, right: {} },
        });
      });
    });
  }

  function tunnel(inner: Family, outer: Family) {
    const { left, right } = lab();
    const [from, to] = [networks.left[inner], networks.right[inner]];
    const [a, b] = [left[outer], right[outer]];
    const policies: Sides<string> = {
      left: policy(from, to, "out", a, b) + policy(to, from, "in", b, a),
      right: policy(from, to, "in", a, b) + policy(to, from, "out", b, a),
    };
    const ends = [
      [a, b, 0x1001],
      [b, a, 0x2001],
    ] as const;
    return { policies, ends };
  }
}

const policy = (from: string, to: string, direction: "in" | "out", begin: string, end: string): string =>
  `spdadd ${from} ${to} any -P ${direction} ipsec esp/tunnel/${begin}-${end}/require;\n`;
