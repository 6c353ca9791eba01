import type { ProtocolWord, SaOption, SaStatement, Word } from "@keysock/setkey-grammar";
import { IpsecMode, type OutgoingExtension } from "@keysock/wire";
import { boundedNumber, type NumberRule } from "./number.ts";
import { fail, type Scope, tokenOf } from "./scope.ts";
import { securityContextOf } from "./security-context.ts";

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
}

const reqidRule: NumberRule = { message: "invalid reqid", max: 0xffff_ffffn, bits: 32 };
const replayRule: NumberRule = { message: "invalid replay window", max: 32n, bits: 8, unit: " packets" };
const timeRule: NumberRule = {
  message: "invalid lifetime",
  max: 0xffff_ffff_ffff_ffffn,
  bits: 64,
  unit: " seconds",
};
const byteRule: NumberRule = { ...timeRule, unit: " bytes" };

export const isOld = (protocol: ProtocolWord | undefined): boolean =>
  protocol === "ah-old" || protocol === "esp-old";

/** Reads the extensions; the last of a kind counts. */
export function saOptions(scope: Scope, { options, protocol }: SaStatement): SaOptions {
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
  };
  const natT = protocol?.value === "esp-udp";
  for (const option of options) apply(scope, option, result, { old, natT });
  return result;
}

function apply(
  scope: Scope,
  option: SaOption,
  result: SaOptions,
  { old, natT }: { old: boolean; natT: boolean },
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
      result.replay = Number(boundedNumber(scope, option.value, replayRule));
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
    case "esn":
    case "hardwareInterface":
      refuseForeign(scope, option.kind, option.value);
      break;
  }
}

const flagged: Readonly<
  Record<Extract<SaOption, { kind: "flag" }>["value"]["value"], (flags: number) => number>
> = {
  "nocyclic-seq": (flags) => flags & ~SaFlag.cyclicSequence,
  "random-pad": (flags) => flags | SaFlag.randomPad,
  "zero-pad": (flags) => flags | SaFlag.zeroPad,
  "seq-pad": (flags) => flags,
};

/** Extensions of FreeBSD and NetBSD that Linux's PF_KEY has no counterpart of. */
const foreign = {
  natT: "Linux takes NAT traversal as protocol esp-udp, with the ports in brackets after src and dst",
  natTMtu: "Linux's PF_KEY does not set a fragment size: it follows the path MTU",
  espFragment: "Linux's PF_KEY does not set a fragment size: it follows the path MTU",
  esn: "Linux's PF_KEY has no extended sequence numbers; its XFRM has (ip xfrm state ... flag esn)",
  hardwareInterface: "Linux's PF_KEY cannot hand an SA to a device; its XFRM can (ip xfrm state ... offload)",
} as const;

function refuseForeign(scope: Scope, kind: keyof typeof foreign, word: Word<unknown>): void {
  fail(scope, tokenOf(scope, word), { message: "Not supported", reason: foreign[kind] });
}
