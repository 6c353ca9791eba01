import { type OutgoingExtension, type OutgoingMessage, request } from "@keysock/wire";
import fc from "fast-check";
import { anyAddress, ends, filter, forgotten, key, lifetime, natT, sa, sa2, spiRange } from "./extensions.ts";
import type { Pool } from "./pool.ts";
import { often, rarely, together, uint8, usually } from "./values.ts";

/** An SA type with two algorithms, each with the bytes of a key that suits. */
interface Transform {
  saType: number;
  authentication: readonly number[];
  encryption: readonly number[];
}

type Algorithm = fc.Arbitrary<readonly number[]>;

const none: Algorithm = fc.constant([0, 0]);
const authentication: Algorithm = fc.constantFrom(
  [251, 0],
  [2, 16],
  [3, 20],
  [5, 32],
  [6, 48],
  [7, 64],
  [8, 20],
  [9, 16],
);
// biome-ignore format: as the row above
const encryption: Algorithm = fc.constantFrom([11, 0], [2, 8], [3, 24], [6, 16], [7, 16], [12, 16], [12, 32], [13, 20], [22, 16], [252, 16], [253, 16]);
const compression: Algorithm = fc.constant([2, 0]);
const otherCompression: Algorithm = fc.constantFrom([0, 0], [1, 0], [3, 0], [4, 0], [5, 0], [255, 0]);
/** Numbers that have a meaning elsewhere, or none. */
const unsupported: Algorithm = fc
  .tuple(
    often(2, fc.constantFrom(1, 4, 10, 14, 18, 20, 23, 24, 99, 250, 252, 254, 255), uint8),
    fc.constantFrom(0, 16, 20),
  )
  .map((one) => [...one]);

function transform({ saType }: Pool): fc.Arbitrary<Transform> {
  return saType.chain((type) => {
    const of = (first: Algorithm, second: Algorithm) =>
      fc.record({
        saType: fc.constant(type),
        authentication: often(25, first, unsupported),
        encryption: often(25, second, unsupported),
      });
    if (type === 2) return of(authentication, often(8, none, encryption));
    if (type === 9) return of(often(8, none, authentication), often(10, compression, otherCompression));
    return of(often(3, authentication, none), often(20, encryption, none));
  });
}

function keys({ saType, authentication, encryption }: Transform): fc.Arbitrary<OutgoingExtension[]> {
  const [first, second] = [
    key("keyAuthentication", authentication[1]!),
    key("keyEncryption", encryption[1]!),
  ];
  const one = (given: fc.Arbitrary<OutgoingExtension>) => given.map((extension) => [extension]);
  return together(
    authentication[0] === 0 ? rarely(20, one(first)) : usually(30, first),
    saType === 3 ? usually(30, second) : rarely(20, one(second)),
  );
}

/** Both or neither, as Linux wants it. */
const lifetimes: fc.Arbitrary<OutgoingExtension[]> = often<OutgoingExtension[]>(
  20,
  often<OutgoingExtension[]>(
    1,
    fc.constant([]),
    fc.tuple(lifetime("lifetimeHard"), lifetime("lifetimeSoft")),
  ),
  fc
    .tuple(lifetime("lifetimeHard"), lifetime("lifetimeSoft"), lifetime("lifetimeCurrent"))
    .chain((all) => fc.subarray(all)),
);

/** ADD and UPDATE of every protocol with every algorithm. */
export const addOrUpdate = (pool: Pool): fc.Arbitrary<OutgoingMessage> =>
  transform(pool).chain((one) =>
    fc
      .tuple(
        fc.constantFrom("add" as const, "add" as const, "update" as const),
        together(
          sa(pool, one.authentication[0]!, one.encryption[0]!).map((extension) => [extension]),
          ends(pool),
          keys(one),
          lifetimes,
          usually(1, sa2),
          rarely(6, natT),
          rarely(
            8,
            anyAddress("addressProxy").map((proxy) => [proxy]),
          ),
          rarely(12, fc.array(forgotten, { maxLength: 2 })),
        ),
      )
      .map(([type, extensions]) => request(type, one.saType, extensions)),
  );

export const getOrDelete = (pool: Pool): fc.Arbitrary<OutgoingMessage> =>
  fc
    .tuple(
      fc.constantFrom("get" as const, "get" as const, "delete" as const),
      pool.saType,
      sa(pool, 0, 0),
      ends(pool),
    )
    .map(([type, saType, named, both]) => request(type, saType, [named, ...both]));

export const getspi = (pool: Pool): fc.Arbitrary<OutgoingMessage> =>
  fc
    .tuple(pool.saType, together(ends(pool), usually(6, spiRange(pool)), usually(1, sa2)))
    .map(([saType, extensions]) => request("getspi", saType, extensions));

export const dump = (pool: Pool): fc.Arbitrary<OutgoingMessage> =>
  fc
    .tuple(
      often(2, fc.constant(0), pool.saType),
      rarely(
        1,
        filter(pool).map((extension) => [extension]),
      ),
    )
    .map(([saType, extensions]) => request("dump", saType, extensions));

export const flush = ({ saType }: Pool): fc.Arbitrary<OutgoingMessage> =>
  often(1, fc.constant(0), saType).map((type) => request("flush", type));

/** Key management tells that it failed; with more than the header it is something else. */
export const failedAcquire = (pool: Pool): fc.Arbitrary<OutgoingMessage> =>
  fc
    .tuple(pool.saType, fc.constantFrom(0, 3, 110), rarely(5, ends(pool)))
    .map(([saType, errno, extensions]) => ({ ...request("acquire", saType, extensions), errno }));
