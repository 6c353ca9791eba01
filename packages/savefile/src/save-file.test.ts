import { type Decoded, illumos, type OutgoingExtension } from "@keysock/wire";
import { expect, it } from "vitest";
import { saveFile } from "./save-file.ts";
import { address, inet, key, reply, sa } from "./testing/sample.ts";

/** Half of a pair, from the one address to the other. */
const half = (spi: number, from: number, to: number, pairSpi: number): Decoded => {
  const extensions: OutgoingExtension[] = [
    sa({ spi }),
    address("addressSource", inet(from)),
    address("addressDestination", inet(to)),
    key,
    { kind: "pair", spi: pairSpi },
  ];
  return reply(extensions);
};

const out = half(0x2112, 1, 2, 0x5150);
const back = half(0x5150, 2, 1, 0x2112);

it("tells the second half of a pair of the first", () => {
  const file = saveFile({ dialect: illumos });
  const texts = [out, back].map((decoded) => file.entry(decoded));
  expect(texts.map(({ text }) => text.split("\n")[2])).toEqual([
    "    spi 0x2112 auth_alg hmac-md5 replay 0  \\",
    "    spi 0x5150 auth_alg hmac-md5 replay 0 pair-spi 0x2112 \\",
  ]);
  expect(texts.flatMap(({ warnings }) => warnings)).toEqual([]);
  expect(file.end()).toEqual({ text: "", warnings: [] });
});

it("says at the end what has lost its other half", () => {
  const file = saveFile({ dialect: illumos });
  file.entry(out);
  file.entry(half(0x5150, 3, 1, 0x2112));
  const warnings = [
    "esp spi 0x2112: the pair with spi 0x5150 is not saved",
    "esp spi 0x5150: the pair with spi 0x2112 is not saved",
  ];
  expect(file.end()).toEqual({
    text: warnings.map((warning) => `# WARNING: ${warning}.\n`).join(""),
    warnings,
  });
});

it("knows of no pairs as the original", () => {
  const file = saveFile({ dialect: illumos, compat: true });
  expect(file.entry(out).text + file.entry(back).text).not.toContain("pair");
  expect(file.end()).toEqual({ text: "", warnings: [] });
});
