import type { Algorithm, AlgorithmKind, KernelName, KeyBits } from "./algorithm.ts";

/** One value for each kernel, absent where the argument is undefined. */
export function by<T>(
  linux?: T,
  illumos?: T,
  freebsd?: T,
  netbsd?: T,
  openbsd?: T,
  macos?: T,
): Readonly<Partial<Record<KernelName, T>>> {
  const columns = { linux, illumos, freebsd, netbsd, openbsd, macos };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

/** Key sizes from `min` to `max`, or one size alone. */
export function bits(min: number, max = min, step = 0, salt = 0): KeyBits {
  return { min, max, step, salt };
}

/** A command's words for an algorithm; it prints the first. */
export function words(...names: [string, ...string[]]): { names: readonly string[]; printed: string } {
  return { names, printed: names[0] };
}

/** The rows of one kind's table. */
export function table(kind: AlgorithmKind, rows: readonly Omit<Algorithm, "kind">[]): readonly Algorithm[] {
  return rows.map((row) => ({ kind, ...row }));
}
