/**
 * PF_KEY messages that the bridge makes.
 */
import { headerAlone } from "@keysock/engine/linux";
import { decode, encode, linuxXfrm } from "@keysock/wire";
import type { Told } from "./told.ts";

export const dialect = linuxXfrm;

/** Bytes of `struct sadb_msg`. */
export const headerBytes = 16;

/** Under whose numbers a message goes. */
export interface Numbers {
  readonly sequence: number;
  readonly pid: number;
}

export function encodeTold(
  { type, saType, reserved = 0, extensions }: Told,
  { sequence, pid }: Numbers,
): Uint8Array {
  return encode({ version: 2, type, saType, errno: 0, reserved, sequence, pid, extensions }, dialect);
}

/** As PF_KEY refuses: the request's header alone. The kernel's own words go into an xfrm extension. */
export function encodeRefusal(request: Uint8Array, errno: number, errorText?: string): Uint8Array {
  const alone = headerAlone(request, errno, dialect);
  if (errorText === undefined) return alone;
  return encode({ ...decode(alone, dialect).message, extensions: [{ kind: "xfrm", errorText }] }, dialect);
}
