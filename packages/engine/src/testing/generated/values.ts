import fc from "fast-check";

/** The one, and once in `weight` + 1 times the other. */
export const often = <T>(weight: number, usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: other });

/** Nothing, and once in `weight` + 1 times these. */
export const rarely = <T>(weight: number, these: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
  often<T[]>(weight, fc.constant([]), these);

/** One of them, in a list of its own; and once in `weight` + 1 times none. */
export const usually = <T>(weight: number, one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  often<T[]>(
    weight,
    one.map((value) => [value]),
    fc.constant([]),
  );

/** All lists in one. */
export const together = <T>(...lists: fc.Arbitrary<readonly T[]>[]): fc.Arbitrary<T[]> =>
  fc.tuple(...lists).map((all) => all.flat());

export const uint8 = fc.integer({ min: 0, max: 0xff });
export const uint16 = fc.integer({ min: 0, max: 0xffff });
export const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });

/** Zero, and now and then whatever fits. */
export const reserved = (any: fc.Arbitrary<number>): fc.Arbitrary<number> => often(25, fc.constant(0), any);
