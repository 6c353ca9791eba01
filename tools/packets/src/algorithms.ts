import assert from "node:assert/strict";
import { test } from "node:test";
import type { Algorithm } from "@keysock/algorithms";
import { authentications, ciphers, keyOf, offered } from "./algorithm-table.ts";
import { bothWays, families, fresh } from "./both-ways.ts";
import { loads } from "./commands.ts";
import { turned } from "./key-words.ts";
import type { Keys } from "./keys.ts";
import type { Lab } from "./lab.ts";
import { ping } from "./ping.ts";

/** An algorithm with a key for it. */
interface Keyed {
  algorithm: Algorithm;
  key: Buffer;
}

/** A pair of SAs in transport mode. */
interface Row {
  name: string;
  protocol: "esp" | "ah";
  encryption?: Keyed;
  authentication?: Keyed;
}

const encryption = offered.encryption.flatMap((algorithm) => {
  const { min, max } = algorithm.keyBits.linux!;
  return [...new Set([min, max])].map((bits) => ({ algorithm, key: keyOf(bits) }));
});
const authentication = offered.authentication.map((algorithm) => ({
  algorithm,
  key: keyOf(algorithm.keyBits.linux!.max),
}));
const aes = encryption.find(({ algorithm }) => algorithm.name === "aes-cbc")!;
const sha1 = authentication.find(({ algorithm }) => algorithm.name === "hmac-sha1")!;

const rows: readonly Row[] = [
  ...encryption.map((one) => ({
    name: `ESP with ${one.algorithm.name} of ${one.key.length * 8} bits`,
    protocol: "esp" as const,
    encryption: one,
    authentication: sha1,
  })),
  ...authentication.map((one) => ({
    name: `ESP with ${one.algorithm.name}`,
    protocol: "esp" as const,
    encryption: aes,
    authentication: one,
  })),
  ...authentication
    .filter(({ key }) => key.length > 0)
    .map((one) => ({ name: `AH with ${one.algorithm.name}`, protocol: "ah" as const, authentication: one })),
];
const spi = 0x1001;

/**
 * Sends packets under each algorithm that the kernel offers. The left side gets its SAs from setkey and the right side from ipseckey, so
 * that both commands must give the kernel the same key.
 */
export function describeAlgorithms(lab: () => Lab): void {
  for (const row of rows) test(row.name, { timeout: 60_000 }, () => passes(row));

  async function passes(row: Row): Promise<void> {
    const { left, right, setkey, ipseckey, sent } = lab();
    const policy = `spdadd LEFT RIGHT any -P out ipsec ${row.protocol}/transport//require;`;
    const policies = families.map((family) => bothWays([policy], family, lab()));
    const ways = families.flatMap((family) => [
      { from: left[family], to: right[family], spi },
      { from: right[family], to: left[family], spi: turned(spi) },
    ]);
    const setkeyText = setkeySas(row, ways);
    const ipseckeyText = ways.map((way) => ipseckeySa(row, way)).join("");
    await loads(setkey, left, fresh + policies.map((one) => one.left).join("") + (setkeyText ?? ""));
    if (setkeyText === undefined) await loads(ipseckey, left, ipseckeyText);
    await loads(setkey, right, fresh + policies.map((one) => one.right).join(""));
    await loads(ipseckey, right, ipseckeyText);

    const keys = keysOf(row);
    for (const family of families) {
      sent();
      assert.equal(ping(left, right[family], { count: 1 }), 1);
      assert.equal(ping(left, right[family], { count: 1, size: 1200 }), 1);
      const [there, back] = [spi, turned(spi)].map((spi) => {
        const headers = [family, `${row.protocol}:${spi.toString(16)}`];
        return (isOpen(row) ? [...headers, "icmp"] : headers).join(" ");
      });
      assert.deepEqual(sent(new Map([spi, turned(spi)].map((spi) => [spi, keys]))), {
        left: [there, there],
        right: [back, back],
      });
    }
  }
}

interface Way {
  from: string;
  to: string;
  spi: number;
}

/** Undefined: setkey has no word for an algorithm of the row. */
function setkeySas({ protocol, encryption, authentication }: Row, ways: readonly Way[]): string | undefined {
  const words = [
    ...(encryption === undefined ? [] : ["-E", setkeyName(encryption), ...hex(encryption, "0x")]),
    ...(authentication === undefined ? [] : ["-A", setkeyName(authentication), ...hex(authentication, "0x")]),
  ];
  if (words.includes(undefined)) return undefined;
  return ways
    .map(({ from, to, spi }) => `add ${from} ${to} ${protocol} ${spi} ${words.join(" ")};\n`)
    .join("");
}

const setkeyName = ({ algorithm }: Keyed): string | undefined => algorithm.setkey?.names[0];

function ipseckeySa({ protocol, encryption, authentication }: Row, { from, to, spi }: Way): string {
  const words = [
    ...(encryption === undefined ? [] : ipseckeyWords("encr", encryption)),
    ...(authentication === undefined ? [] : ipseckeyWords("auth", authentication)),
  ];
  return `add ${protocol} spi ${spi} src ${from} dst ${to} ${words.join(" ")}\n`;
}

/** Algorithms that illumos has no word for go by their numbers. */
function ipseckeyWords(kind: "encr" | "auth", keyed: Keyed): string[] {
  const { ipseckey, numbers } = keyed.algorithm;
  return [`${kind}alg`, ipseckey?.names[0] ?? `${numbers.linux}`, ...hex(keyed, `${kind}key `)];
}

const hex = ({ key }: Keyed, before: string): string[] =>
  key.length === 0 ? [] : [before + key.toString("hex")];

function keysOf({ encryption, authentication }: Row): Keys {
  const cipher = encryption && ciphers[encryption.algorithm.name]?.(encryption.key);
  return {
    ...(cipher && { cipher }),
    ...(authentication && {
      authentication: authentications[authentication.algorithm.name]!(authentication.key),
    }),
  };
}

/** Whether the headers behind the first can be seen. */
const isOpen = (row: Row): boolean => row.protocol === "ah" || keysOf(row).cipher !== undefined;
