import fc from "fast-check";
import { expect, it } from "vitest";
import { type Alarm, createAgenda, createAlarm } from "./agenda.ts";

const step = fc.oneof(
  fc.record({ what: fc.constant("set" as const), alarm: fc.nat(9), at: fc.nat(20) }),
  fc.record({ what: fc.constant("cancel" as const), alarm: fc.nat(9), at: fc.constant(0) }),
);

it("gives the soonest of what is set, the one set first where times are equal", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const agenda = createAgenda();
      const alarms = Array.from({ length: 10 }, () => createAlarm(() => {}));
      let model: { alarm: Alarm; at: number }[] = [];
      for (const { what, alarm: index, at } of steps) {
        const alarm = alarms[index]!;
        model = model.filter((entry) => entry.alarm !== alarm);
        if (what === "set") {
          agenda.set(alarm, at);
          model.push({ alarm, at });
        } else agenda.cancel(alarm);
        const soonest = model.toSorted((a, b) => a.at - b.at)[0];
        expect(agenda.next()).toBe(soonest?.alarm);
        expect(alarms.filter(({ slot }) => slot !== -1)).toHaveLength(model.length);
      }
    }),
    { numRuns: 300 },
  );
});
