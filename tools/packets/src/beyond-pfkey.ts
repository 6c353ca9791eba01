import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ip, ipBatch } from "@keysock/kernel-lab";
import { keyOf } from "./algorithm-table.ts";
import { beyondPfKey, type Row } from "./beyond-table.ts";
import { bothWays, families, fresh, inWords } from "./both-ways.ts";
import { loads } from "./commands.ts";
import { turned } from "./key-words.ts";
import type { Lab } from "./lab.ts";
import { noAnswer, ping } from "./ping.ts";
import { udpEcho } from "./traffic.ts";

const spi = 0x1001;
const plain = ["ipv4 icmp", "ipv4 icmp"];
const twice = (shape: string): string[] => [shape, shape];
const nothing = { left: {}, right: {} };

/** What only XFRM can be asked for does what it says. */
export function describeBeyondPfKey(lab: () => Lab): void {
  describe("packets under", () => {
    for (const row of beyondPfKey) test(row.name, { timeout: 60_000 }, () => passes(row));
  });

  async function passes({ protocol, words, bits, keys }: Row): Promise<void> {
    const { left, right, setkey, sent } = lab();
    const key = keyOf(bits);
    const statements = [
      `add LEFT RIGHT ${protocol} 0x${spi.toString(16)} ${words.replace("KEY", `0x${key.toString("hex")}`)};`,
      `spdadd LEFT RIGHT any -P out ipsec ${protocol}/transport//require;`,
    ];
    const texts = families.map((family) => bothWays(statements, family, lab()));
    await loads(setkey, left, fresh + texts.map((one) => one.left).join(""));
    await loads(setkey, right, fresh + texts.map((one) => one.right).join(""));
    const keyring = new Map([spi, turned(spi)].map((each) => [each, keys(key)]));
    for (const family of families) {
      sent();
      assert.equal(ping(left, right[family], { count: 1 }), 1);
      assert.equal(ping(left, right[family], { count: 1, size: 1200 }), 1);
      const [there, back] = [spi, turned(spi)].map(
        (each) => `${family} ${protocol}:${each.toString(16)} icmp`,
      );
      assert.deepEqual(sent(keyring), { left: twice(there!), right: twice(back!) });
    }
  }

  const requireEsp = "spdadd LEFT RIGHT any -P out ipsec esp/transport//require;";

  /** Each gateway gets its own side of the same statements. */
  async function load(...statements: string[]): Promise<void> {
    const { left, right, setkey } = lab();
    const texts = bothWays(statements, "ipv4", lab());
    await loads(setkey, left, fresh + texts.left);
    await loads(setkey, right, fresh + texts.right);
  }

  /** For a while both gateways have what the lines of ip-batch make. */
  async function whileThereIs(made: readonly string[], unmade: readonly string[], act: () => Promise<void>) {
    const each = (lines: readonly string[]) => {
      const { left, right } = lab();
      for (const node of [left, right]) {
        node.network.enter();
        ipBatch(
          lines.map((line) => inWords(line, "ipv4", lab()).replaceAll("HERE", node === left ? "1" : "2")),
        );
      }
    };
    each(made);
    try {
      await act();
    } finally {
      each(unmade);
    }
  }

  test("-mark: only packets with the mark are protected", { timeout: 60_000 }, async () => {
    const { left, right, setkey, exchange } = lab();
    const there = "add LEFT RIGHT esp 0x1001";
    const back = "add RIGHT LEFT esp 0x2001 ESP;\n";
    const words = (text: string) => inWords(text, "ipv4", lab());
    await loads(
      setkey,
      left,
      fresh +
        words(`${there} -mark 7/0xff ESP;\n${back}${requireEsp.replace("spdadd", "spdadd -mark 7/0xff")}\n`),
    );
    await loads(setkey, right, fresh + words(`${there} ESP;\n`));
    assert.deepEqual(exchange(left, right.ipv4), {
      answers: 2,
      sent: { left: plain, right: plain },
      refused: nothing,
    });
    assert.deepEqual(exchange(left, right.ipv4, { mark: 0x107 }), {
      answers: 2,
      sent: { left: twice("ipv4 esp:1001 icmp"), right: plain },
      refused: nothing,
    });
  });

  test("-output-mark: what is protected goes where packets with the mark go", {
    timeout: 60_000,
  }, async () => {
    await load(
      "add LEFT RIGHT esp 0x1001 -m tunnel -output-mark 9 ESP;",
      "spdadd LEFT RIGHT any -P out ipsec esp/tunnel/LEFT-RIGHT/require;",
    );
    const { left, right, exchange } = lab();
    const passing = {
      answers: 2,
      sent: { left: twice("ipv4 esp:1001 ipv4 icmp"), right: twice("ipv4 esp:2001 ipv4 icmp") },
      refused: nothing,
    };
    assert.deepEqual(exchange(left, right.ipv4), passing);
    const rule = "fwmark 9 unreachable priority 99";
    await whileThereIs([`rule add ${rule}`], [`rule del ${rule}`], async () => {
      const { answers, sent } = exchange(left, right.ipv4, noAnswer);
      assert.deepEqual({ answers, sent }, { answers: 0, sent: { left: [], right: [] } });
    });
    assert.deepEqual(exchange(left, right.ipv4), passing);
  });

  test("-if_id: what goes through an XFRM interface has SAs of its own", { timeout: 60_000 }, async () => {
    await load(
      "add LEFT RIGHT esp 0x1001 -m tunnel -if_id 42 ESP;",
      "spdadd -if_id 42 0.0.0.0/0 0.0.0.0/0 any -P out ipsec esp/tunnel/LEFT-RIGHT/require;",
    );
    const { left, right, exchange } = lab();
    const made = [
      "link add ipsec0 type xfrm dev cable if_id 42",
      "address add 10.9.0.HERE/24 dev ipsec0",
      "link set ipsec0 addrgenmode none up",
    ];
    await whileThereIs(made, ["link del ipsec0"], async () => {
      assert.deepEqual(exchange(left, "10.9.0.2"), {
        answers: 2,
        sent: { left: twice("ipv4 esp:1001 ipv4 icmp"), right: twice("ipv4 esp:2001 ipv4 icmp") },
        refused: nothing,
      });
      assert.deepEqual(exchange(left, right.ipv4), {
        answers: 2,
        sent: { left: plain, right: plain },
        refused: nothing,
      });
    });
  });

  test("-sel: an SA is for those packets alone", { timeout: 60_000 }, async () => {
    await load("add LEFT RIGHT esp 0x1001 -sel LEFT RIGHT udp ESP;", requireEsp);
    const { left, right, exchange, sent } = lab();
    assert.deepEqual(exchange(left, right.ipv4, noAnswer), {
      answers: 0,
      sent: { left: [], right: [] },
      refused: { left: { XfrmOutNoStates: 2 }, right: {} },
    });
    const datagram = Buffer.from("hello");
    assert.deepEqual(await udpEcho(left, right, right.ipv4, datagram), datagram);
    assert.deepEqual(sent(), { left: ["ipv4 esp:1001 udp"], right: ["ipv4 esp:2001 udp"] });
  });

  test("-hwif: the kernel says in its words why the device cannot", { timeout: 60_000 }, async () => {
    const { left, setkey } = lab();
    for (const option of ["-hwif cable", "-hwif cable packet"]) {
      const sa = `${fresh}add LEFT RIGHT esp 0x1001 -dir out ${option} ESP;\n`;
      assert.deepEqual(await setkey(left, ["-f", "conf"], inWords(sa, "ipv4", lab())), {
        status: 1,
        stdout: "",
        stderr:
          "The result of line 3: Invalid argument.\n" +
          "setkey: line 3: the kernel says: Type doesn't support offload\n",
      });
      left.network.enter();
      assert.equal(ip("xfrm", "state"), "");
    }
  });
}
