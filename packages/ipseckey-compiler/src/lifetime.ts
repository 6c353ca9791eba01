import type { NumberName } from "@keysock/ipseckey-grammar";
import type { LifetimeExtension } from "@keysock/wire";
import type { Parameters } from "./parameters.ts";

/** A lifetime and its limits; 0 is none. */
export type Lifetime = Pick<LifetimeExtension, "kind" | "allocations" | "bytes" | "addTime" | "useTime">;

/** The attributes of a lifetime's limits. */
type Limits = Readonly<Record<"allocations" | "bytes" | "addTime" | "useTime", NumberName | undefined>>;

export const limits = {
  lifetimeHard: {
    allocations: "hard_alloc",
    bytes: "hard_bytes",
    addTime: "hard_addtime",
    useTime: "hard_usetime",
  },
  lifetimeSoft: {
    allocations: "soft_alloc",
    bytes: "soft_bytes",
    addTime: "soft_addtime",
    useTime: "soft_usetime",
  },
  lifetimeIdle: {
    allocations: undefined,
    bytes: undefined,
    addTime: "idle_addtime",
    useTime: "idle_usetime",
  },
} as const satisfies Partial<Record<LifetimeExtension["kind"], Limits>>;

/** Whether a limit of that lifetime was given. */
export const hasLimit = ({ numbers }: Parameters, kind: keyof typeof limits): boolean =>
  Object.values(limits[kind]).some((name) => name !== undefined && numbers.has(name));

/** A lifetime with the limits that were given; the others are those of `before`. */
export function lifetime(
  { numbers }: Parameters,
  kind: keyof typeof limits,
  before: Omit<Lifetime, "kind"> = { allocations: 0, bytes: 0n, addTime: 0n, useTime: 0n },
): Lifetime {
  const names: Limits = limits[kind];
  const limit = (which: keyof Limits): bigint =>
    (names[which] === undefined ? undefined : numbers.get(names[which])) ?? BigInt(before[which]);
  return {
    kind,
    allocations: Number(limit("allocations")),
    bytes: limit("bytes"),
    addTime: limit("addTime"),
    useTime: limit("useTime"),
  };
}
