import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bothWays, fresh } from "./both-ways.ts";
import { loads, type Monitor } from "./commands.ts";
import { keysInIpseckey } from "./key-words.ts";
import type { Lab } from "./lab.ts";
import { associations } from "./listing.ts";
import { noAnswer, ping } from "./ping.ts";

/** Lifetimes of the SA from left to right. */
interface Row {
  name: string;
  command: "setkey" | "ipseckey";
  lifetimes: string;
  /** How many pings it carries until it is dying, and how many more until it is dead; undefined: time counts. */
  pings?: readonly [dying: number, dead: number];
}

// A ping is 64 bytes to the kernel. A packet counts what was before it.
// biome-ignore format: one row a line
const rows: readonly Row[] = [
  { name: "seconds since it was added, from setkey",    command: "setkey",   lifetimes: "-ls 2 -lh 6" },
  { name: "bytes, from setkey",                         command: "setkey",   lifetimes: "-bs 200 -bh 400",                 pings: [5, 2] },
  { name: "seconds since it was added, from ipseckey",  command: "ipseckey", lifetimes: "soft_addtime 2 hard_addtime 6" },
  { name: "seconds since it was used, from ipseckey",   command: "ipseckey", lifetimes: "soft_usetime 2 hard_usetime 6" },
  { name: "bytes, from ipseckey",                       command: "ipseckey", lifetimes: "soft_bytes 200 hard_bytes 400",   pings: [5, 2] },
  { name: "packets, from ipseckey",                     command: "ipseckey", lifetimes: "soft_alloc 2 hard_alloc 5",       pings: [3, 2] },
];
const spi = 0x1001;

/** An SA ends, and monitors see it. */
export function describeLifetimes(lab: () => Lab): void {
  describe("the end of an SA", () => {
    for (const row of rows) test(row.name, { timeout: 60_000 }, () => ends(row));
  });

  async function ends(row: Row): Promise<void> {
    const { left, right, setkeyMonitor, ipseckeyMonitor } = lab();
    const setkey = await setkeyMonitor(left);
    const ipseckey = await ipseckeyMonitor(left);
    await lives(row, setkey);
    await setkey.until((text) => expiresOfSetkey(text).length > 1);
    await ipseckey.until((text) => expiresOfIpseckey(text).length > 1);
    assert.deepEqual(expiresOfSetkey(setkey.printed()), ["soft", "hard"]);
    assert.deepEqual(expiresOfIpseckey(ipseckey.printed()), ["soft", "hard"]);
    const dead = {
      answers: 0,
      sent: { left: [], right: [] },
      refused: { left: { XfrmOutNoStates: 2 }, right: {} },
    };
    assert.deepEqual(lab().exchange(left, right.ipv4, noAnswer), dead);
    assert.equal(await state(), undefined);
  }

  async function lives({ command, lifetimes, pings }: Row, monitor: Monitor): Promise<void> {
    const { left, right, setkey, ipseckey } = lab();
    const sa = "add LEFT RIGHT esp 0x1001 ESP;";
    const policy = "spdadd LEFT RIGHT any -P out ipsec esp/transport//require;";
    const texts = bothWays([sa, policy], "ipv4", lab());
    await loads(setkey, right, fresh + texts.right);
    if (command === "setkey") {
      await loads(setkey, left, fresh + texts.left.replace("0x1001", `0x1001 ${lifetimes}`));
    } else {
      await loads(setkey, left, fresh + texts.left.replace(/^add .* 0x1001 .*$/m, ""));
      await loads(
        ipseckey,
        left,
        `add esp spi ${spi} src ${left.ipv4} dst ${right.ipv4} ${lifetimes} ${keysInIpseckey}\n`,
      );
    }
    const [dying, dead] = pings ?? [1, 1];
    assert.equal(ping(left, right.ipv4, { count: dying }), dying);
    await monitor.until((text) => expiresOfSetkey(text).includes("soft"));
    assert.equal(await state(), "dying");
    // Where packets count there is none too many.
    const count = pings === undefined ? dead : dead + 2;
    assert.equal(ping(left, right.ipv4, { count, ...noAnswer }), dead);
  }

  /** In our listing. */
  async function state(): Promise<string | undefined> {
    const { stdout } = await lab().setkey(lab().left, ["-D"]);
    return associations(stdout).find((one) => one.spi === spi)?.state;
  }
}

type Expire = "soft" | "hard";

/** The EXPIREs in what `setkey -x` printed; some messages come twice to whoever listens to all. */
const expiresOfSetkey = (printed: string): Expire[] =>
  distinct(
    printed
      .split(/\n\n/)
      .filter((entry) => entry.includes("sadb_msg{ version=2 type=8 ") && entry.includes(`spi=${spi} `))
      .flatMap((entry) => [
        ...(entry.includes("sadb_ext{ len=4 type=4 }") ? ["soft" as const] : []),
        ...(entry.includes("sadb_ext{ len=4 type=3 }") ? ["hard" as const] : []),
      ]),
  );

/** The same for `ipseckey monitor`. */
const expiresOfIpseckey = (printed: string): Expire[] =>
  distinct(
    printed
      .split(/^Read /m)
      .filter((entry) => entry.includes(" type EXPIRE,") && entry.includes(`spi=0x${spi.toString(16)},`))
      .flatMap((entry) => [
        ...(entry.includes("\nSLT: ") ? ["soft" as const] : []),
        ...(entry.includes("\nHLT: ") ? ["hard" as const] : []),
      ]),
  );

const distinct = (expires: readonly Expire[]): Expire[] => [...new Set(expires)];
