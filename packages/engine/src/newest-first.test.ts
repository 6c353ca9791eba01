import fc from "fast-check";
import { expect, it } from "vitest";
import { createNewestFirst, type Place } from "./newest-first.ts";

const step = fc.oneof(
  fc.record({ what: fc.constant("add" as const), at: fc.constant(0) }),
  fc.record({ what: fc.constant("remove" as const), at: fc.nat(30) }),
  fc.record({ what: fc.constant("next" as const), at: fc.constant(0) }),
);

it("a walk shows what was there when it began and still is, newest first", () => {
  fc.assert(
    fc.property(fc.nat(10), fc.array(step, { maxLength: 60 }), (before, steps) => {
      const list = createNewestFirst<number>();
      const places: Place<number>[] = [];
      const add = () => places.push(list.add(places.length));
      for (let count = 0; count < before; count++) add();
      const walk = list.walk();
      let last = before;
      for (const { what, at } of steps) {
        const place = places[at];
        if (what === "add") add();
        if (what === "remove" && place !== undefined && !place.gone) list.remove(place);
        if (what === "next") {
          const expected = places.findLast(({ value, gone }) => value < last && !gone)?.value;
          expect(walk()).toBe(expected);
          last = expected ?? 0;
        }
      }
      const all = list.walk();
      const alive = places.filter(({ gone }) => !gone).map(({ value }) => value);
      expect(Array.from({ length: alive.length + 1 }, all)).toEqual([...alive.reverse(), undefined]);
    }),
    { numRuns: 300 },
  );
});
