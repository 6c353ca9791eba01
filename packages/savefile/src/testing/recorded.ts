import type { IpseckeyCase } from "@keysock/goldens";
import { type Decoded, decode, illumos, inByteOrder } from "@keysock/wire";

/** What the recorded messages were written in. */
export const recordedDialect = inByteOrder(illumos, "little");

/** The SAs of each dump of a case, in order. Sequence and pid are left as scripted: a save file does not tell them. */
export function dumps({ sent, replies }: IpseckeyCase): Decoded[][] {
  const script = [...replies];
  return sent
    .map((bytes) => decode(bytes, recordedDialect).message)
    .flatMap(({ type }) => {
      if (type !== "dump") {
        script.shift();
        return [];
      }
      const sas: Decoded[] = [];
      for (let next = script.shift(); next?.kind === "message"; next = script.shift()) {
        sas.push(decode(next.bytes, recordedDialect));
      }
      return [sas];
    });
}
