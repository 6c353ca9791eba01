import { type KmCookieExtension, KmProtocol, type ReplayValueExtension } from "@keysock/wire";
import { hexNumber } from "./hex.ts";
import type { PrintOptions } from "./options.ts";

const cookieOwners: ReadonlyMap<number, string> = new Map([
  [KmProtocol.manual, "Manual SA with cookie:"],
  [KmProtocol.kink, "KINK:"],
  [KmProtocol.ikev2, "IKEV2:"],
]);

/** Key management's cookie. */
export function kmCookieText({ protocol, cookie }: KmCookieExtension, options: PrintOptions): string {
  const { dialect, cookieLabel } = options;
  const line = (name: string, value: string) => `KMC:  Protocol ${protocol}, cookie="${name}" (${value})\n`;
  if (protocol === KmProtocol.ike) {
    // An IKE version 1 cookie is the 32 bits that come first in memory.
    const number = Number(dialect.byteOrder === "little" ? BigInt.asUintN(32, cookie) : cookie >> 32n);
    return line(cookieLabel?.(number) ?? "<Label not found.>", `${number}`);
  }
  return line(cookieOwners.get(protocol) ?? "<unknown KM protocol>", `${hexNumber(cookie)}/${cookie}`);
}

/** How far an SA has counted its packets. */
export function replayValueText({ replay32, replay64 }: ReplayValueExtension): string {
  if (replay32 !== 0) return `RPL: Replay Value ${replay32}\n`;
  // The remark is where the original would have put a blank.
  return `RPL: Replay Value ${replay64 === 0n ? "<Value not found.>" : ""}${replay64}\n`;
}
