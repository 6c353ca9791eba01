import type { Clock } from "../clock.ts";

/** A clock that moves when it is told to, and when somebody sleeps by it. */
export interface HandClock extends Clock {
  set(now: number): void;
  turn(milliseconds: number): void;
}

export const startOfTime = Date.UTC(2026, 0, 1);

export function handClock(start = startOfTime): HandClock {
  let now = start;
  const turn = (milliseconds: number) => {
    now += milliseconds;
  };
  return {
    now: () => now,
    sleep: turn,
    turn,
    set: (to) => {
      now = to;
    },
  };
}
