import type { SaType } from "@keysock/wire";

/** IP protocols as SAs and templates name them (linux/in.h, linux/ipsec.h). */
export const Protocol = {
  esp: 50,
  ah: 51,
  comp: 108,
  routing: 43,
  destinationOptions: 60,
  any: 255,
} as const;

/**
 * The protocol of an SA type; undefined for those that Linux has no SAs of. Unspec is any.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Protocol, protocolOf } from "@keysock/engine/linux";
 *
 * assert.equal(protocolOf("ipcomp"), Protocol.comp);
 * assert.equal(protocolOf("unspec"), Protocol.any);
 * assert.equal(protocolOf("mip"), undefined);
 * ```
 */
export function protocolOf(saType: SaType | number): number | undefined {
  switch (saType) {
    case "unspec":
      return Protocol.any;
    case "ah":
      return Protocol.ah;
    case "esp":
      return Protocol.esp;
    case "ipcomp":
      return Protocol.comp;
    default:
      return undefined;
  }
}

/**
 * The SA type of a protocol; unspec for those that Linux has no SAs of.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Protocol, saTypeOf } from "@keysock/engine/linux";
 *
 * assert.equal(saTypeOf(Protocol.esp), "esp");
 * assert.equal(saTypeOf(Protocol.routing), "unspec");
 * ```
 */
export function saTypeOf(protocol: number): SaType {
  switch (protocol) {
    case Protocol.ah:
      return "ah";
    case Protocol.esp:
      return "esp";
    case Protocol.comp:
      return "ipcomp";
    default:
      return "unspec";
  }
}

/** Whether a flush or dump of `wanted` means an SA of that protocol. */
export function protocolMatches(protocol: number, wanted: number): boolean {
  if (protocol === wanted) return true;
  return (
    wanted === Protocol.any &&
    (protocol === Protocol.ah || protocol === Protocol.esp || protocol === Protocol.comp)
  );
}
