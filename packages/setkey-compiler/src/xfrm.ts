import type { Marking, Word } from "@keysock/setkey-grammar";
import { hasExtension, type Outgoing, type OutgoingExtension, type XfrmExtension } from "@keysock/wire";
import { boundedNumber, type NumberRule } from "./number.ts";
import { fail, type Scope, tokenOf } from "./scope.ts";

/** What is said of an SA or a policy beyond PF_KEY. */
export type XfrmParts = Omit<Outgoing<XfrmExtension>, "kind">;

/** Whether the other end takes what PF_KEY has no room for. */
export const hasXfrm = ({ context }: Scope): boolean => hasExtension(context.dialect, "xfrm");

/** Why something is refused over PF_KEY, and the way out. */
export const xfrmReason = (what: string): string => `Linux takes ${what} over XFRM only: use --via=xfrm`;

/**
 * Refuses an option that only XFRM can carry where the other end is none.
 *
 * @param word - the option's flag, or the word that follows it
 */
export function needXfrm(scope: Scope, word: Word<unknown>): void {
  if (hasXfrm(scope)) return;
  const token = tokenOf(scope, word);
  const flag = token.type === "flag" ? token : scope.tokens[word.token - 1]!;
  fail(scope, flag, { message: "Not supported", reason: xfrmReason(flag.text) });
}

/** The extension that carries the parts; none where there is nothing in them. */
export const xfrmExtension = (parts: XfrmParts): OutgoingExtension[] =>
  Object.keys(parts).length === 0 ? [] : [{ kind: "xfrm", ...parts }];

const allBits = 0xffff_ffff;
const markRule: NumberRule = { message: "invalid mark", max: 0xffff_ffffn, bits: 32 };
const maskRule: NumberRule = { ...markRule, message: "invalid mask" };
const ifIdRule: NumberRule = { message: "invalid interface id", min: 1n, max: 0xffff_ffffn, bits: 32 };

/** A mark with its mask. */
export function markOf(scope: Scope, { value, mask }: Marking): { value: number; mask: number } {
  needXfrm(scope, value);
  return {
    value: Number(boundedNumber(scope, value, markRule)),
    mask: mask === undefined ? allBits : Number(boundedNumber(scope, mask, maskRule)),
  };
}

/** The id of a virtual interface. */
export function ifIdOf(scope: Scope, word: Word<string>): number {
  needXfrm(scope, word);
  return Number(boundedNumber(scope, word, ifIdRule));
}
