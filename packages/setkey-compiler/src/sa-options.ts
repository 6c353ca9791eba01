import type { AddressFlags, ProtocolWord, SaOption, SaStatement, Word } from "@keysock/setkey-grammar";
import { IpsecMode, type OutgoingExtension, XfrmStateFlag } from "@keysock/wire";
import { boundedNumber, type NumberRule } from "./number.ts";
import { offloadOf } from "./offload.ts";
import { fail, type Scope, tokenOf } from "./scope.ts";
import { securityContextOf } from "./security-context.ts";
import { selectorOf } from "./selector.ts";
import { hasXfrm, ifIdOf, markOf, needXfrm, type XfrmParts, xfrmReason } from "./xfrm.ts";

/** SADB_X_EXT_* of KAME's pfkeyv2.h, which Linux takes and drops. */
export const SaFlag = {
  old: 0x01,
  iv4b: 0x10,
  derive: 0x20,
  cyclicSequence: 0x40,
  rawCpi: 0x80,
  randomPad: 0x100,
  zeroPad: 0x200,
} as const;

/** What the extensions of a statement say; undefined or 0 is not given. */
export interface SaOptions {
  mode: number | undefined;
  replay: number | undefined;
  reqid: number;
  flags: number;
  hardTime: bigint;
  softTime: bigint;
  hardBytes: bigint;
  softBytes: bigint;
  securityContext: OutgoingExtension[];
  /** What PF_KEY has no room for. */
  xfrm: XfrmParts;
}

const reqidRule: NumberRule = { message: "invalid reqid", max: 0xffff_ffffn, bits: 32 };
const replayRule: NumberRule = { message: "invalid replay window", max: 32n, bits: 8, unit: " packets" };
/** XFRMA_REPLAY_ESN_MAX (linux/xfrm.h). */
const largeReplayRule: NumberRule = { ...replayRule, max: 4096n };
/** Linux counts seconds with a sign (time64_t): above this an SA is over at once. */
const timeRule: NumberRule = {
  message: "invalid lifetime",
  max: 0x7fff_ffff_ffff_ffffn,
  bits: 64,
  unit: " seconds",
};
const byteRule: NumberRule = { ...timeRule, max: 0xffff_ffff_ffff_ffffn, unit: " bytes" };

export const isOld = (protocol: ProtocolWord | undefined): boolean =>
  protocol === "ah-old" || protocol === "esp-old";

/** Reads the extensions; the last of a kind counts. */
export function saOptions(scope: Scope, { options, protocol, addressFlags }: SaStatement): SaOptions {
  const old = isOld(protocol?.value);
  const result: SaOptions = {
    mode: undefined,
    replay: undefined,
    reqid: 0,
    flags: SaFlag.cyclicSequence | (old ? SaFlag.old : 0),
    hardTime: 0n,
    softTime: 0n,
    hardBytes: 0n,
    softBytes: 0n,
    securityContext: [],
    xfrm: {},
  };
  const natT = protocol?.value === "esp-udp";
  for (const option of options) apply(scope, option, result, { old, natT, addressFlags });
  const hardwareInterface = options.findLast(({ kind }) => kind === "hardwareInterface");
  if (hardwareInterface?.kind === "hardwareInterface") {
    result.xfrm.offload = offloadOf(scope, hardwareInterface, result.xfrm.direction);
  }
  return result;
}

function apply(
  scope: Scope,
  option: SaOption,
  result: SaOptions,
  { old, natT, addressFlags }: { old: boolean; natT: boolean; addressFlags: AddressFlags },
): void {
  switch (option.kind) {
    case "mode":
      result.mode = IpsecMode[option.value.value];
      break;
    case "reqid":
      result.reqid = Number(boundedNumber(scope, option.value, reqidRule));
      break;
    case "replay":
      if (old) {
        fail(scope, tokenOf(scope, option.value), {
          message: "replay prevention cannot be used with ah/esp-old",
        });
      }
      result.replay = replayWindow(scope, option.value);
      break;
    case "hardTime":
    case "softTime":
      result[option.kind] = boundedNumber(scope, option.value, timeRule);
      break;
    case "hardBytes":
    case "softBytes":
      result[option.kind] = boundedNumber(scope, option.value, byteRule);
      break;
    case "flag":
      result.flags = flagged[option.value.value](result.flags);
      break;
    case "securityContext":
      result.securityContext = securityContextOf(scope, option);
      break;
    case "natT":
      refuseForeign(scope, option.kind, option.source.address);
      break;
    case "espFragment":
      if (scope.compat && !natT) {
        fail(scope, tokenOf(scope, option.value), { message: "esp fragment size only valid for NAT-T" });
      }
      refuseForeign(scope, option.kind, option.value);
      break;
    case "natTMtu":
      refuseForeign(scope, option.kind, option.value);
      break;
    case "esn":
      needXfrm(scope, option.value);
      if (old) {
        fail(scope, tokenOf(scope, option.value), {
          message: "replay prevention cannot be used with ah/esp-old",
        });
      }
      result.xfrm.flags = XfrmStateFlag.esn;
      break;
    case "hardwareInterface":
      needXfrm(scope, option.value);
      break;
    case "mark":
    case "outputMark":
      result.xfrm[option.kind] = markOf(scope, option);
      break;
    case "ifId":
      result.xfrm.ifId = ifIdOf(scope, option.value);
      break;
    case "direction":
      needXfrm(scope, option.value);
      result.xfrm.direction = option.value.value;
      break;
    case "selector":
      needXfrm(scope, option.source.address);
      result.xfrm.selector = selectorOf(scope, option, addressFlags);
      break;
  }
}

function replayWindow(scope: Scope, word: Word<string>): number {
  if (hasXfrm(scope)) return Number(boundedNumber(scope, word, largeReplayRule));
  const value = BigInt(word.value);
  if (!scope.compat && value > replayRule.max && value <= largeReplayRule.max) {
    fail(scope, tokenOf(scope, word), {
      message: replayRule.message,
      expected: "0 to 32 packets",
      reason: xfrmReason("larger windows"),
    });
  }
  return Number(boundedNumber(scope, word, replayRule));
}

const flagged: Readonly<
  Record<Extract<SaOption, { kind: "flag" }>["value"]["value"], (flags: number) => number>
> = {
  "nocyclic-seq": (flags) => flags & ~SaFlag.cyclicSequence,
  "random-pad": (flags) => flags | SaFlag.randomPad,
  "zero-pad": (flags) => flags | SaFlag.zeroPad,
  "seq-pad": (flags) => flags,
};

/** Extensions of FreeBSD and NetBSD that Linux has no counterpart of. */
const foreign = {
  natT: "Linux takes NAT traversal as protocol esp-udp, with the ports in brackets after src and dst",
  natTMtu: "Linux's PF_KEY does not set a fragment size: it follows the path MTU",
  espFragment: "Linux's PF_KEY does not set a fragment size: it follows the path MTU",
} as const;

function refuseForeign(scope: Scope, kind: keyof typeof foreign, word: Word<unknown>): void {
  fail(scope, tokenOf(scope, word), { message: "Not supported", reason: foreign[kind] });
}
