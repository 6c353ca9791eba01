import fc from "fast-check";
import { often, uint8 } from "./values.ts";

/** The few things that the requests of a sequence name, so that what one makes the next one finds. */
export interface Pool {
  /** Two hosts each, source first. */
  readonly pairs: fc.Arbitrary<readonly string[]>;
  readonly spi: fc.Arbitrary<number>;
  readonly saType: fc.Arbitrary<number>;
  readonly selector: fc.Arbitrary<SelectorFields>;
  readonly direction: fc.Arbitrary<number>;
}

/** What a policy's addresses say beside the address. */
export interface SelectorFields {
  readonly protocol: number;
  /** Of a full prefix, for source and destination: 1 is a host, 0 any. */
  readonly prefixes: readonly [number, number];
  readonly ports: readonly [number, number];
}

const inet = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "0.0.0.0", "224.0.0.5"];
const inet6 = [
  "2001:db8:0:0:0:0:0:1",
  "2001:db8:0:0:0:0:0:2",
  "2001:db8:0:0:0:0:0:3",
  "0:0:0:0:0:0:0:0",
  "ff02:0:0:0:0:0:0:5",
];
const families = [inet, inet6] as const;

/** A host of either family. */
export const anyHost: fc.Arbitrary<string> = fc.constantFrom(...inet, ...inet6);

const pairOf = (source: readonly string[], destination: readonly string[]) =>
  fc.tuple(
    often(8, fc.constantFrom(...source.slice(0, 3)), fc.constantFrom(...source)),
    often(8, fc.constantFrom(...destination.slice(0, 3)), fc.constantFrom(...destination)),
  );

/** Two hosts of one family. */
export const anyPair: fc.Arbitrary<readonly string[]> = fc
  .constantFrom(...families)
  .chain((family) => pairOf(family, family));

const mixedPair: fc.Arbitrary<readonly string[]> = fc.oneof(pairOf(inet, inet6), pairOf(inet6, inet));

const spis = [1, 255, 256, 0x1000, 0x1001, 0xffff, 0x1_0000, 0xffff_ffff];
const saTypes = [2, 3, 9];

const selector: fc.Arbitrary<SelectorFields> = fc.record({
  protocol: fc.constantFrom(255, 255, 0, 1, 6, 17, 58),
  prefixes: fc.constantFrom([1, 1], [1, 1], [0.5, 0.75], [0, 0], [0, 1], [0.3, 1]),
  ports: fc.constantFrom([0, 0], [0, 0], [80, 0], [0, 0xffff]),
});

export const pool: fc.Arbitrary<Pool> = fc
  .record({
    pairs: fc.array(often(1, anyPair, pairOf(inet, inet)), { minLength: 1, maxLength: 3 }),
    spis: fc.uniqueArray(fc.constantFrom(...spis), { minLength: 2, maxLength: 3 }),
    saTypes: fc.uniqueArray(fc.constantFrom(...saTypes), { minLength: 1, maxLength: 2 }),
    selectors: fc.array(selector, { minLength: 1, maxLength: 2 }),
    directions: fc.uniqueArray(fc.constantFrom(1, 2, 3), { minLength: 1, maxLength: 2 }),
  })
  .map((few) => ({
    pairs: often(
      25,
      fc.constantFrom(...few.pairs),
      fc.oneof(
        fc.constantFrom(...few.pairs).map((pair) => pair.toReversed()),
        anyPair,
        mixedPair,
      ),
    ),
    spi: often(15, fc.constantFrom(...few.spis), fc.constantFrom(0, ...spis)),
    saType: often(20, fc.constantFrom(...few.saTypes), often(2, fc.constantFrom(0, ...saTypes), uint8)),
    selector: often(10, fc.constantFrom(...few.selectors), selector),
    direction: often(25, fc.constantFrom(...few.directions), fc.constantFrom(0, 1, 2, 3, 4, 5, 255)),
  }));

/** Two hosts of {@link narrowPool}. */
export const narrowHosts = [inet[0]!, inet[1]!] as const;

/** So few that most of what is named is there. */
export const narrowPool: fc.Arbitrary<Pool> = fc.constantFrom(inet, inet6).map((family) => ({
  pairs: often(20, fc.constantFrom(narrowHosts, narrowHosts, family.slice(1, 3)), anyPair),
  spi: fc.constantFrom(0x1000, 0x1001),
  saType: often(10, fc.constant(3), fc.constantFrom(...saTypes)),
  selector: often(15, fc.constant({ protocol: 255, prefixes: [1, 1], ports: [0, 0] }), selector),
  direction: often(15, fc.constant(2), fc.constantFrom(0, 1, 3, 4)),
}));
