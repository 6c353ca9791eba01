import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { ip } from "@keysock/kernel-lab";
import { type Family, families, fresh, inWords } from "./both-ways.ts";
import { openCapture, shapes } from "./capture.ts";
import { loads } from "./commands.ts";
import { combined, type Keys } from "./keys.ts";
import type { Lab } from "./lab.ts";
import {
  bounce,
  card,
  far,
  held,
  heldSpis,
  near,
  offloads,
  plugIn,
  untilNothingHeld,
} from "./offload-device.ts";
import { noAnswer, ping } from "./ping.ts";

const key = Buffer.from("000102030405060708090a0b0c0d0e0f10111213", "hex");
const gcm = `-E aes-gcm-16 0x${key.toString("hex")}`;
const tripleDes = "-E 3des-cbc 0x0123456789abcdef23456789abcdef01456789abcdef0123";
// biome-ignore format: one row a line
const directions = [
  { direction: "out", ends: "LEFT RIGHT", addresses: [near, far], shown: "card",    flags: "0x0 < >" },
  { direction: "in",  ends: "RIGHT LEFT", addresses: [far, near], shown: "card in", flags: "0x2 < INBOUND >" },
];

const out = "-dir out -hwif card";
const into = "-dir in -hwif card";

/** What is refused, and the kernel's words. */
// biome-ignore format: one row a line
const refused = [
  { name: "all of IPsec, which Linux 6.1 lacks",     sa: `esp 0x1001 ${out} packet ${gcm}`,      says: "Unrecognized flags in offload request" },
  { name: "a cipher that the driver refuses",        sa: `esp 0x1001 ${out} ${tripleDes}`,       says: "Device failed to offload this state" },
  { name: "-esn, of which the driver knows nothing", sa: `esp 0x1001 ${into} -esn -r 32 ${gcm}`, says: "Device doesn't support offload with ESN" },
  { name: "ESP in UDP",                              sa: `esp-udp 0x1001 ${into} ${gcm}`,        says: "Encapsulation and TFC padding can't be offloaded" },
  { name: "AH",                                      sa: `ah 0x1001 ${into} AH`,                 says: "Type doesn't support offload" },
];

/** What the kernel does itself instead. */
// biome-ignore format: one row a line
const notOffloaded = [
  { name: "a cipher that the device lacks",          sa: `esp 0x1001 ${out} -E null`,              device: "card" },
  { name: "any, the device having no hardware",      sa: `esp 0x1001 -dir out -hwif cable ${gcm}`, device: "cable" },
];

const byKey: Keys = {
  combined: combined((bits) => `aes-${bits}-gcm`, key, { saltLength: 4, icvLength: 16 }),
};

/** By whom packets are enciphered under an SA, and what opens them as the kernel sends them. */
// biome-ignore format: one row a line
const enciphered = [
  { name: "by the device: AES-GCM",                   sa: `esp 0x1001 ${out} ${gcm}`, keys: leftToDevice(8, 16) },
  { name: "by the device: AES-CBC with HMAC-SHA-1",   sa: `esp 0x1001 ${out} ESP`,    keys: leftToDevice(16, 12) },
  { name: "by the kernel, without -hwif",             sa: `esp 0x1001 ${gcm}`,        keys: byKey },
];

/** What a device is to encipher is not enciphered yet, but there is room for the IV and the ICV. */
function leftToDevice(ivLength: number, icvLength: number): Keys {
  return { combined: { ivLength, icvLength, open: ({ sealed }) => sealed } };
}

/** Who has an SA with -hwif. */
export function describeOffload(lab: () => Lab): void {
  before(() => plugIn(lab().left));

  function statements(lines: readonly string[], family: Family = "ipv4"): string {
    const { left, right, ...hosts } = lab();
    const ends = { ...hosts, left: { ...left, ...near }, right: { ...right, ...far } };
    return inWords(lines.map((line) => `${line};\n`).join(""), family, ends);
  }
  const run = (lines: readonly string[], family?: Family) =>
    lab().setkey(lab().left, ["-f", "conf"], statements(lines, family));
  const load = (...lines: readonly string[]) => loads(lab().setkey, lab().left, statements(lines));

  const empty = () => loads(lab().setkey, lab().left, fresh);

  async function listed(): Promise<Record<string, string>> {
    const { stdout } = await lab().setkey(lab().left, ["-D"]);
    return offloads(stdout);
  }

  describe("with -hwif the device has the SA, and listings say so", () => {
    for (const family of families) {
      for (const { direction, ends, addresses, shown, flags } of directions) {
        test(`${family} ${direction}`, { timeout: 60_000 }, async () => {
          await empty();
          const { setkey, ipseckey, left } = lab();
          const option = `-dir ${direction} -hwif card`;
          const sas = [
            `add ${ends} esp 0x1001 ${option} ${gcm}`,
            `add ${ends} esp 0x1002 ${option} -m tunnel ESP`,
          ];
          await loads(setkey, left, statements(sas, family));
          const [source, destination] = addresses.map((one) => one[family]);
          const begun = `card ${direction} ${source} ${destination}`;
          assert.deepEqual(held(), [
            `${begun} 0x1001 rfc4106(gcm(aes)) 160`,
            `${begun} 0x1002 cbc(aes) 128 hmac(sha1) 160`,
          ]);
          assert.deepEqual(await listed(), { "0x1001": shown, "0x1002": shown });
          const { stdout } = await run([`get ${ends} esp 0x1001`], family);
          assert.deepEqual(offloads(stdout), { "0x1001": shown });
          left.network.enter();
          const byIp = `crypto offload parameters: dev card dir ${direction}`;
          assert.deepEqual(ip("xfrm", "state").match(/crypto offload.*\w/g), [byIp, byIp]);
          const told = await ipseckey(left, ["-n", "get", "esp", "spi", "0x1001", "dst", destination!]);
          assert.deepEqual(told.stdout.match(/Hardware offload.*/g), [
            `Hardware offload to card, flags=${flags}`,
          ]);
        });
      }
    }
  });

  describe("the device loses the SA", () => {
    test("by delete, deleteall and flush", { timeout: 60_000 }, async () => {
      await empty();
      const ids = ["LEFT RIGHT esp 0x1001", "RIGHT LEFT esp 0x1002", "LEFT RIGHT esp 0x1003"];
      await load(...ids.map((id) => `add ${id} ${out} ${gcm}`));
      assert.deepEqual(heldSpis(), ["0x1001", "0x1002", "0x1003"]);
      await load("delete LEFT RIGHT esp 0x1001");
      assert.deepEqual(heldSpis(), ["0x1002", "0x1003"]);
      await load("deleteall RIGHT LEFT esp");
      assert.deepEqual(heldSpis(), ["0x1003"]);
      await load("flush");
      assert.deepEqual(heldSpis(), []);
    });

    test("at the end of the SA's time", { timeout: 60_000 }, async () => {
      await empty();
      await load(`add LEFT RIGHT esp 0x1001 -lh 1 ${out} ${gcm}`);
      await untilNothingHeld();
      assert.deepEqual(await listed(), {});
    });

    test("when it goes down: the kernel deletes the SA and tells nobody", { timeout: 60_000 }, async () => {
      await empty();
      const { left, setkeyMonitor } = lab();
      await load(`add LEFT RIGHT esp 0x1001 ${out} ${gcm}`, `add LEFT RIGHT esp 0x1002 ${gcm}`);
      const monitor = await setkeyMonitor(left);
      bounce(left);
      assert.deepEqual(held(), []);
      assert.deepEqual(await listed(), { "0x1002": "" });
      await load("flush");
      await monitor.until((printed) => printed.includes("type=9 errno"));
      assert.deepEqual(monitor.printed().match(/type=\d+ errno/g), ["type=9 errno"]);
    });
  });

  test("update changes the limits, not who has the SA", { timeout: 60_000 }, async () => {
    await empty();
    const options = [into, into, "-dir in"];
    const sas = options.map((option, at) => `LEFT RIGHT esp 0x100${at + 1} ${option} ${gcm}`);
    const others = options
      .toReversed()
      .map((option, at) => `LEFT RIGHT esp 0x100${at + 1} -lh 500 ${option} ${gcm}`);
    await load(...sas.map((sa) => `add ${sa}`));
    const before = held();
    assert.deepEqual(heldSpis(), ["0x1001", "0x1002"]);
    await load(...others.map((sa) => `update ${sa}`));
    assert.deepEqual(held(), before);
    const { stdout } = await lab().setkey(lab().left, ["-D"]);
    assert.deepEqual(offloads(stdout), { "0x1001": "card in", "0x1002": "card in", "0x1003": "" });
    assert.equal(stdout.match(/hard: 500\(s\)/g)?.length, 3);
  });

  test("setkey -x shows it", { timeout: 60_000 }, async () => {
    await empty();
    const { left, host, setkeyMonitor } = lab();
    const monitor = await setkeyMonitor(left);
    await load(`add LEFT RIGHT esp 0x1001 ${into} ${gcm}`, "delete LEFT RIGHT esp 0x1001");
    await monitor.until((printed) => printed.includes("type=4 errno"));
    left.network.enter();
    const line = `sadb_x_xfrm{ hwif=${host.interfaceIndex(card)} in }`;
    const shown = monitor.printed().match(/type=\d+ errno|^sadb_x_xfrm.*/gm);
    assert.deepEqual(shown, ["type=3 errno", line, "type=4 errno", line]);
  });

  test("an SA that is there already stays with the device as it is", { timeout: 60_000 }, async () => {
    await empty();
    await load(`add LEFT RIGHT esp 0x1001 ${out} ${gcm}`);
    const before = held();
    assert.equal((await run([`add LEFT RIGHT esp 0x1001 ${into} ESP`])).status, 1);
    assert.deepEqual(held(), before);
  });

  describe("the kernel's words say why not", () => {
    for (const { name, sa, says } of refused) {
      test(name, { timeout: 60_000 }, async () => {
        await empty();
        assert.deepEqual(await run([`add LEFT RIGHT ${sa}`]), {
          status: 1,
          stdout: "",
          stderr: `The result of line 1: Invalid argument.\nsetkey: line 1: the kernel says: ${says}\n`,
        });
        assert.deepEqual(held(), []);
        assert.deepEqual(await listed(), {});
      });
    }
  });

  describe("the kernel does the work itself, and setkey says so", () => {
    for (const { name, sa, device } of notOffloaded) {
      test(name, { timeout: 60_000 }, async () => {
        await empty();
        assert.deepEqual(await run([`add LEFT RIGHT ${sa}`]), {
          status: 0,
          stdout: "",
          stderr: `setkey: line 1: "${device}" cannot offload this SA: the kernel does the work itself\n`,
        });
        assert.deepEqual(held(), []);
        assert.deepEqual(await listed(), { "0x1001": "" });
      });
    }
  });

  describe("packets are enciphered", () => {
    for (const { name, sa, keys } of enciphered) {
      test(name, { timeout: 60_000 }, async () => {
        await empty();
        const { left, setkey, host } = lab();
        const lines = [`add LEFT RIGHT ${sa}`, "spdadd LEFT RIGHT any -P out ipsec esp/transport//require"];
        const capture = openCapture(left, host, card);
        try {
          for (const family of families) {
            await loads(setkey, left, statements(lines, family));
            assert.equal(ping(left, far[family], { count: 1, ...noAnswer }), 0);
            const keyring = new Map([[0x1001, keys]]);
            assert.deepEqual(shapes(capture, keyring), [`${family} esp:1001 icmp`]);
          }
        } finally {
          capture.close();
        }
      });
    }
  });
}
