import type { Libc } from "../libc.ts";

/** Each call and its result, in order. */
export type Calls = { call: keyof Libc; args: unknown[]; result: unknown }[];

/** The same library, with every call written down. */
export function spyOn(libc: Libc): { libc: Libc; calls: Calls; count: (call: keyof Libc) => number } {
  const calls: Calls = [];
  const spied = Object.fromEntries(
    Object.entries(libc).map(([call, original]) => [
      call,
      (...args: unknown[]) => {
        const result = (original as (...args: unknown[]) => unknown)(...args);
        calls.push({ call: call as keyof Libc, args, result });
        return result;
      },
    ]),
  );
  return {
    libc: spied as unknown as Libc,
    calls,
    count: (call) => calls.filter((each) => each.call === call).length,
  };
}
