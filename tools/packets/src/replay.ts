import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bothWays, fresh } from "./both-ways.ts";
import { loads } from "./commands.ts";
import { keyring } from "./key-words.ts";
import type { Lab } from "./lab.ts";
import type { Keyring } from "./packet.ts";
import { noAnswer, ping } from "./ping.ts";
import { risen, xfrmStatistics } from "./statistics.ts";

interface Row {
  name: string;
  /** For `add`. */
  window: string;
  /** The first packet does not arrive at first. */
  late: boolean;
  /** How many follow it. */
  following: number;
  /** What becomes of the first packet when it arrives, or arrives again. */
  outcome: "answered" | "refused";
}

// biome-ignore format: one row a line
const rows: readonly Row[] = [
  { name: "a packet that comes twice is refused",                 window: "",     late: false, following: 0,  outcome: "refused" },
  { name: "a window of 32 takes a packet that is 31 behind",      window: "",     late: true,  following: 31, outcome: "answered" },
  { name: "a window of 32 refuses a packet that is 32 behind",    window: "",     late: true,  following: 32, outcome: "refused" },
  { name: "a window of 4 takes a packet that is 3 behind",        window: "-r 4", late: true,  following: 3,  outcome: "answered" },
  { name: "a window of 4 refuses a packet that is 4 behind",      window: "-r 4", late: true,  following: 4,  outcome: "refused" },
  { name: "without a window a packet that comes twice is taken",  window: "-r 0", late: false, following: 0,  outcome: "answered" },
];

// biome-ignore format: one row a line
const wideRows: readonly Row[] = [
  { name: "a window of 100 takes a packet that is 99 behind",     window: "-r 100",      late: true, following: 99,  outcome: "answered" },
  { name: "a window of 100 refuses a packet that is 100 behind",  window: "-r 100",      late: true, following: 100, outcome: "refused" },
  { name: "a window of 4096 takes a packet that is 200 behind",   window: "-r 4096",     late: true, following: 200, outcome: "answered" },
  { name: "an extended sequence number that is 99 behind is taken",           window: "-esn -r 100", late: true, following: 99,  outcome: "answered" },
];

const limitMs = 3000;
const extended: Keyring = new Map(
  Array.from(keyring, ([spi, keys]) => [spi, { ...keys, extendedSequence: true }]),
);

/** What the replay window of `add` lets pass. */
export const describeReplay = (lab: () => Lab): void => describeRows(lab, rows);

/** What windows let pass that only XFRM can be asked for. */
export const describeWideReplay = (lab: () => Lab): void => describeRows(lab, wideRows);

function describeRows(lab: () => Lab, some: readonly Row[]): void {
  describe("replay", () => {
    for (const row of some) test(row.name, { timeout: 60_000 }, () => behaves(row));
  });

  async function behaves({ window, late, following, outcome }: Row): Promise<void> {
    const { left, right, setkey, captures } = lab();
    const sa = `add LEFT RIGHT esp 0x1001 ${window} ESP;`;
    const policy = "spdadd LEFT RIGHT any -P out ipsec esp/transport//require;";
    const texts = bothWays([sa, policy], "ipv4", lab());
    const coming = texts.right.split("\n").find((line) => line.includes("0x1001"))!;
    await loads(setkey, left, fresh + texts.left);
    await loads(setkey, right, fresh + (late ? texts.right.replace(coming, "") : texts.right));

    const keys = window.includes("-esn") ? extended : keyring;
    captures.left.sent(new Map());
    assert.equal(ping(left, right.ipv4, { count: 1, ...(late && noAnswer) }), late ? 0 : 1);
    const [first] = captures.left.sent(keys);
    if (late) await loads(setkey, right, coming);
    assert.equal(ping(left, right.ipv4, { count: following }), following);

    captures.right.sent(new Map());
    const begun = xfrmStatistics(right);
    captures.left.inject(first!.frame);
    for (const deadline = Date.now() + limitMs; Date.now() < deadline; ) {
      const refused = risen(begun, xfrmStatistics(right));
      const answers = captures.right.sent(keys).length;
      if (answers === 0 && Object.keys(refused).length === 0) continue;
      const wanted = {
        answered: { answers: 1, refused: {} },
        refused: { answers: 0, refused: { XfrmInStateSeqError: 1 } },
      };
      assert.deepEqual({ answers, refused }, wanted[outcome]);
      return;
    }
    assert.fail("nothing became of the packet");
  }
}
