import type { Message, SaType } from "@keysock/wire";
import { Diagnostic } from "./diagnostic.ts";
import { refuse } from "./refuse.ts";
import type { Protocol } from "./sa.ts";

/** @throws Refusal with EINVAL and 4 or 5 */
export function protocolOf({ saType }: Message): Protocol {
  const protocol = protocolOrAll(saType);
  if (protocol === "unspec") refuse(Diagnostic.saTypeNeeded);
  return protocol;
}

/** @throws Refusal with EINVAL and 4 for a type that there are no SAs of */
export function protocolOrAll(saType: SaType | number): Protocol | "unspec" {
  if (saType === "ah" || saType === "esp" || saType === "unspec") return saType;
  refuse(Diagnostic.unknownSaType);
}
