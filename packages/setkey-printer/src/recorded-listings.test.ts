import { type RecordedCase, setkeyCases } from "@keysock/goldens";
import { type Decoded, decode, find } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { saEntry } from "./sa-entry.ts";
import { spEntry } from "./sp-entry.ts";
import { clockOf, numberIn, recordedDialect, saBlocks, spBlocks } from "./testing/recorded-text.ts";
import { hostAt } from "./testing/sample.ts";

/** Entries among what setkey received. A monitor hears requests too, which have no lifetimes. */
const receivedEntries = ({ received }: RecordedCase): Decoded[] =>
  received
    .filter((bytes) => bytes !== undefined)
    .map((bytes) => decode(bytes, recordedDialect))
    .filter(({ message }) => message.errno === 0 && find(message, "lifetimeCurrent") !== undefined);

/** The listings that were made of them: setkey's own, but of a monitor those of the setkey that it listened to. */
const listings = ({ command, stdout, parts }: RecordedCase): string =>
  / -x/.test(command)
    ? ["peer.stdout", "peer.D", "peer2.D"].map((name) => parts.get(name) ?? "").join("")
    : stdout;

const isOfSa = ({ message }: Decoded, block: string): boolean =>
  find(message, "sa")?.spi === numberIn(block, "spi=");
const isOfPolicy = ({ message }: Decoded, block: string): boolean =>
  find(message, "policy")?.id === numberIn(block, "spid=");

const saText = (decoded: Decoded, block: string | undefined, ports = false): string =>
  saEntry(decoded, { host: hostAt(clockOf(block ?? "")), ports });
const spText = (decoded: Decoded, ports = false): string =>
  spEntry(decoded, { host: hostAt(), ports, wildcard: "255" });

/** The dump with which `deleteall` begins is received like others, but of its entries only some are printed. */
const hasScan = ({ files }: RecordedCase): boolean => /^deleteall/m.test(files.get("input.conf") ?? "");

/** Cases whose listings were made by a setkey whose messages were not recorded. */
const unheard: ReadonlySet<string> = new Set(["lifetime-expire", "monitor-xh"]);

describe("what setkey printed of what it received", () => {
  for (const recorded of setkeyCases()) {
    if (unheard.has(recorded.name)) continue;
    const ports = / -D\w*p/.test(recorded.command);
    const sas = saBlocks(listings(recorded));
    if (sas.length > 0) {
      it(`${recorded.name}: ${sas.length} SAs`, () => {
        const entries = receivedEntries(recorded).filter(({ message: { type } }) =>
          /^get|^dump/.test(`${type}`),
        );
        const isPrinted = (entry: Decoded, block: string): boolean =>
          isOfSa(entry, block) && entry.message.sequence === numberIn(block, "sadb_seq=");
        const printed = hasScan(recorded)
          ? sas.map((block) => entries.findLast((entry) => isPrinted(entry, block))!)
          : entries;
        expect(printed.map((decoded, i) => saText(decoded, sas[i], ports))).toEqual(sas);
      });
    }
    const sps = spBlocks(listings(recorded));
    if (sps.length > 0) {
      it(`${recorded.name}: ${sps.length} policies`, () => {
        const printed = receivedEntries(recorded).filter(({ message }) => message.type === "spddump");
        expect(printed.map((decoded) => spText(decoded, ports))).toEqual(sps);
      });
    }
  }
});

/** An entry as a dump would repeat it: under that number, to that process, held by that many. */
function asDumped(decoded: Decoded, sequence: number, block: string): Decoded {
  const header = { sequence, pid: numberIn(block, " pid="), reserved: numberIn(block, "refcnt=") };
  return { ...decoded, message: { ...decoded.message, ...header } };
}

describe("what a later setkey printed of the same entries", () => {
  for (const recorded of setkeyCases()) {
    // Traffic between the reply and the listing changed the entries.
    if (recorded.name === "monitor-traffic-counters") continue;
    const entries = receivedEntries(recorded);
    const sas = saBlocks(recorded.parts.get("after.D") ?? "").filter((block) =>
      entries.some((entry) => isOfSa(entry, block)),
    );
    if (sas.length > 0) {
      it(`${recorded.name}: ${sas.length} SAs`, () => {
        const printed = sas.map((block) => {
          const entry = entries.find((each) => isOfSa(each, block))!;
          return saText(asDumped(entry, numberIn(block, "sadb_seq="), block), block);
        });
        expect(printed).toEqual(sas);
      });
    }
    const sps = spBlocks(recorded.parts.get("after.DP") ?? "").filter((block) =>
      entries.some((entry) => isOfPolicy(entry, block)),
    );
    if (sps.length > 0) {
      it(`${recorded.name}: ${sps.length} policies`, () => {
        const printed = sps.map((block) => {
          const entry = entries.find((each) => isOfPolicy(each, block))!;
          return spText(asDumped(entry, numberIn(block, " seq="), block));
        });
        expect(printed).toEqual(sps);
      });
    }
  }
});
