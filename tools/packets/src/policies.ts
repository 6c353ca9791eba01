import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ip } from "@keysock/kernel-lab";
import { bothWays, fresh } from "./both-ways.ts";
import { loads } from "./commands.ts";
import { turned } from "./key-words.ts";
import type { Lab } from "./lab.ts";
import { associations } from "./listing.ts";
import { noAnswer } from "./ping.ts";
import { type Row, rows } from "./policy-table.ts";
import { udpEcho } from "./traffic.ts";

/** What policies let pass and what they refuse, and why. */
export function describePolicies(lab: () => Lab): void {
  /** Each gateway gets its own side of its own statements. */
  async function load(left: readonly string[], right = left): Promise<void> {
    const { setkey, left: leftNode, right: rightNode } = lab();
    await loads(setkey, leftNode, fresh + bothWays(left, "ipv4", lab()).left);
    await loads(setkey, rightNode, fresh + bothWays(right, "ipv4", lab()).right);
  }

  describe("pings from left to right", () => {
    for (const row of rows) test(row.name, { timeout: 30_000 }, () => behaves(row));
  });

  async function behaves({ name: _, left, right, refused, ...wanted }: Row): Promise<void> {
    await load(left, right);
    const exchange = lab().exchange(lab().left, lab().right.ipv4, wanted.answers === 0 ? noAnswer : {});
    assert.deepEqual(exchange, { ...wanted, refused: { left: {}, right: {}, ...refused } });
  }

  const sa = "add LEFT RIGHT esp 0x1001 ESP;";
  const requireEsp = "spdadd LEFT RIGHT any -P out ipsec esp/transport//require;";
  const plain = ["ipv4 icmp", "ipv4 icmp"];
  const nothing = { left: {}, right: {} };

  test("another key for encryption: what comes is no packet any more", async () => {
    const other = sa.replace(
      "ESP",
      "-E aes-cbc 0x101112131415161718191a1b1c1d1e1f -A hmac-sha1 0xf0e0d0c0b0a090807060504030201000f1e1d1c1",
    );
    await load([sa, requireEsp], [other, requireEsp]);
    const { left, right, exchange } = lab();
    const { answers, sent } = exchange(left, right.ipv4, noAnswer);
    // Under a wrong key it is anything, so that the receiver may complain of its protocol, and the sender of the complaint.
    assert.deepEqual(
      { answers, sent: sent.left.slice(0, 2) },
      { answers: 0, sent: ["ipv4 esp:1001 icmp", "ipv4 esp:1001 icmp"] },
    );
  });

  test("the receiver counts what another key for authentication spoilt", async () => {
    const other = sa.replace(
      "ESP",
      "-E aes-cbc 0x000102030405060708090a0b0c0d0e0f -A hmac-sha1 0x000102030405060708090a0b0c0d0e0f10111213",
    );
    await load([sa, requireEsp], [other, requireEsp]);
    const { left, right, exchange, setkey } = lab();
    assert.equal(exchange(left, right.ipv4, noAnswer).answers, 0);
    // What ip(8) calls failed is the kernel's integrity_failed.
    assert.match(
      ip("-s", "xfrm", "state", "get", "dst", right.ipv4, "proto", "esp", "spi", "0x1001"),
      /failed 2$/m,
    );
    assert.deepEqual(
      associations((await setkey(right, ["-D"])).stdout).map(({ spi, packets }) => ({ spi, packets })),
      [
        { spi: 0x1001, packets: 0 },
        { spi: turned(0x1001), packets: 0 },
      ],
    );
  });

  test("unique: two services with an SA each", async () => {
    await load([
      "add LEFT RIGHT esp 0x1003 -u 3 ESP;",
      "add LEFT RIGHT esp 0x1004 -u 4 ESP;",
      "spdadd LEFT RIGHT icmp -P out ipsec esp/transport//unique:3;",
      "spdadd LEFT RIGHT udp -P out ipsec esp/transport//unique:4;",
    ]);
    const { left, right, exchange, sent } = lab();
    assert.deepEqual(exchange(left, right.ipv4, { count: 1 }).sent, {
      left: ["ipv4 esp:1003"],
      right: ["ipv4 esp:2003"],
    });
    const datagram = Buffer.from("hello");
    assert.deepEqual(await udpEcho(left, right, right.ipv4, datagram), datagram);
    assert.deepEqual(sent(), { left: ["ipv4 esp:1004"], right: ["ipv4 esp:2004"] });
  });

  test("-F takes the SAs away and -F -P the policies", async () => {
    await load([sa, requireEsp]);
    const { left, right, exchange, setkey } = lab();
    assert.equal(exchange(left, right.ipv4).answers, 2);
    for (const node of [left, right]) assert.equal((await setkey(node, ["-F"])).status, 0);
    assert.deepEqual(exchange(left, right.ipv4, noAnswer), {
      answers: 0,
      sent: { left: [], right: [] },
      refused: { left: { XfrmOutNoStates: 2 }, right: {} },
    });
    for (const node of [left, right]) assert.equal((await setkey(node, ["-F", "-P"])).status, 0);
    assert.deepEqual(exchange(left, right.ipv4), {
      answers: 2,
      sent: { left: plain, right: plain },
      refused: nothing,
    });
  });

  test("-DP tells when a policy was last used", async () => {
    await load([sa, requireEsp]);
    const { left, right, exchange, setkey } = lab();
    const lastUsed = async () => {
      const { stdout } = await setkey(left, ["-D", "-P"]);
      return [...stdout.matchAll(/^\t(\w+) prio def ipsec\n.*\n\tcreated: .{20} {2}lastused: (.*)$/gm)].map(
        ([, direction, time]) => [direction, time!.trim() !== ""],
      );
    };
    assert.deepEqual(await lastUsed(), [
      ["fwd", false],
      ["in", false],
      ["out", false],
    ]);
    assert.equal(exchange(left, right.ipv4).answers, 2);
    assert.deepEqual(await lastUsed(), [
      ["fwd", false],
      ["in", true],
      ["out", true],
    ]);
  });

  test("without a policy for forwarding (-k) a gateway forwards nothing", async () => {
    const { left, right, leftHost, rightHost, exchange, setkey } = lab();
    const tunnel = bothWays(
      [
        "add LEFT RIGHT esp 0x1001 -m tunnel ESP;",
        "spdadd LEFTNET RIGHTNET any -P out ipsec esp/tunnel/LEFT-RIGHT/require;",
      ],
      "ipv4",
      lab(),
    );
    await loads(setkey, left, fresh + tunnel.left);
    const kernelSemantics = await setkey(right, ["-k", "-f", "conf"], fresh + tunnel.right);
    assert.deepEqual(kernelSemantics, { status: 0, stdout: "", stderr: "" });
    assert.deepEqual(exchange(leftHost, rightHost.ipv4, noAnswer), {
      answers: 0,
      sent: { left: ["ipv4 esp:1001 ipv4 icmp", "ipv4 esp:1001 ipv4 icmp"], right: [] },
      refused: { left: {}, right: { XfrmInNoPols: 2 } },
    });
    await loads(setkey, right, fresh + tunnel.right);
    assert.equal(exchange(leftHost, rightHost.ipv4).answers, 2);
  });

  // biome-ignore format: one row a line
  const tcpMd5 = [
    { name: "refused with a reason, and nothing behind it is done", argv: [], stdout: "", stderr: `line 3: Not supported at [tcp]
conf:3:25: Not supported: found "tcp", expected esp, ah or ipcomp (Linux's PF_KEY has no TCP MD5 signatures: programs set them on their sockets (TCP_MD5SIG))
    add 192.0.2.1 192.0.2.2 tcp 0x1000 -A tcp-md5 "***";
                            ^
setkey: stopped there; 2 statements before it took effect
` },
    { name: "a syntax error, as for a setkey of Linux", argv: ["--compat=ipsec-tools"], stdout: "line 3: syntax error at [key]\nparse failed, line 3.\n", stderr: "" },
  ];
  describe("an SA for TCP-MD5", () => {
    for (const { name, argv, ...printed } of tcpMd5) {
      test(name, async () => {
        const { left, setkey } = lab();
        const text = `${fresh}add 192.0.2.1 192.0.2.2 tcp 0x1000 -A tcp-md5 "key";\n`;
        assert.deepEqual(await setkey(left, [...argv, "-f", "conf"], text), { status: 1, ...printed });
      });
    }
  });
}
