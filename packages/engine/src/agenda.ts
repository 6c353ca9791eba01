import type { Clock } from "./clock.ts";

/** Something to happen at a time. */
export interface Alarm {
  /** Milliseconds since 1970. */
  at: number;
  /** Its place in the agenda; -1 while it is in none. */
  slot: number;
  /** What was set first rings first among those of one time. */
  order: number;
  readonly ring: () => void;
}

/** What is to happen, soonest first. */
export interface Agenda {
  set(alarm: Alarm, at: number): void;
  cancel(alarm: Alarm): void;
  /** The soonest, which stays where it is. */
  next(): Alarm | undefined;
}

export function createAlarm(ring: () => void): Alarm {
  return { at: 0, slot: -1, order: 0, ring };
}

/** A binary heap in which each alarm knows its place, so that it can be moved and taken out. */
export function createAgenda(): Agenda {
  const heap: Alarm[] = [];
  let orders = 0;

  const isBefore = (a: Alarm, b: Alarm): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

  const put = (alarm: Alarm, slot: number): void => {
    heap[slot] = alarm;
    alarm.slot = slot;
  };

  const rise = (alarm: Alarm): void => {
    let slot = alarm.slot;
    while (slot > 0) {
      const parent = heap[(slot - 1) >> 1]!;
      if (!isBefore(alarm, parent)) break;
      put(parent, slot);
      slot = (slot - 1) >> 1;
    }
    put(alarm, slot);
  };

  const sink = (alarm: Alarm): void => {
    let slot = alarm.slot;
    for (;;) {
      const left = heap[2 * slot + 1];
      const right = heap[2 * slot + 2];
      const child = right !== undefined && isBefore(right, left!) ? right : left;
      if (child === undefined || !isBefore(child, alarm)) break;
      const below = child.slot;
      put(child, slot);
      slot = below;
    }
    put(alarm, slot);
  };

  return {
    set(alarm, at) {
      alarm.at = at;
      alarm.order = orders++;
      if (alarm.slot === -1) put(alarm, heap.length);
      rise(alarm);
      sink(alarm);
    },

    cancel(alarm) {
      if (alarm.slot === -1) return;
      const last = heap.pop()!;
      if (last !== alarm) {
        put(last, alarm.slot);
        rise(last);
        sink(last);
      }
      alarm.slot = -1;
    },

    next: () => heap[0],
  };
}

/** Lets everything happen that has fallen due. */
export function advance({ agenda, clock }: { readonly agenda: Agenda; readonly clock: Clock }): void {
  const now = clock.now();
  for (;;) {
    const alarm = agenda.next();
    if (alarm === undefined || alarm.at > now) return;
    agenda.cancel(alarm);
    alarm.ring();
  }
}
