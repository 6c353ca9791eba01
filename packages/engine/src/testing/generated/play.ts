import type { Twins } from "../twins.ts";
import type { Step } from "./steps.ts";

const typeAt = 1;
const firstExtensionAt = 16;
const policy = { type: 18, id: 8 } as const;
const type = { spdupdate: 13, spdadd: 14, spdget: 16, spddelete2: 22 } as const;

/** Sends all of a sequence, in which policies are named by how long ago they were made. */
export function play(twins: Twins, steps: readonly Step[]): void {
  const ids: number[] = [];
  for (const step of steps) {
    const bytes = step.bytes.slice();
    const id = ids.at(-1 - step.policy);
    if (isType(bytes, type.spdget, type.spddelete2) && id !== undefined) setId(bytes, id);
    for (const answer of twins.send(bytes, step.by)) {
      const made = isType(answer, type.spdadd, type.spdupdate) ? policyIn(answer) : undefined;
      if (made !== undefined) ids.push(made.getUint32(policy.id, true));
    }
  }
}

const isType = (bytes: Uint8Array, ...types: readonly number[]): boolean =>
  types.includes(bytes[typeAt] ?? 0);

function setId(bytes: Uint8Array, id: number): void {
  policyIn(bytes)?.setUint32(policy.id, id, true);
}

/** The POLICY extension of a message, as far as its extensions are in order. */
function policyIn({ buffer, length }: Uint8Array): DataView | undefined {
  const view = new DataView(buffer, 0, length);
  for (let at = firstExtensionAt; at + 16 <= length; ) {
    if (view.getUint16(at + 2, true) === policy.type) return new DataView(buffer, at);
    at += view.getUint16(at, true) * 8 || length;
  }
  return undefined;
}
