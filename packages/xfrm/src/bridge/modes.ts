import { IpsecMode } from "@keysock/wire";
import { Mode } from "../numbers.ts";

/** IPSEC_MODE_* and XFRM_MODE_* of the modes that both have. */
const rows: readonly (readonly [pfkey: number, xfrm: number])[] = [
  [IpsecMode.transport, Mode.transport],
  [IpsecMode.tunnel, Mode.tunnel],
  [IpsecMode.beet, Mode.beet],
];

/** "Any" is transport. */
export const xfrmMode = (mode: number): number =>
  rows.find(([pfkey]) => pfkey === mode)?.[1] ?? Mode.transport;

/** Undefined where PF_KEY lacks the mode. */
export const pfkeyMode = (mode: number): number | undefined => rows.find(([, xfrm]) => xfrm === mode)?.[0];
