import {
  type Algorithm,
  type AlgorithmKind,
  algorithmBySetkeyName,
  keyBitsAllowed,
} from "@keysock/algorithms";
import type { KeyWord, SaStatement, Word } from "@keysock/setkey-grammar";
import { keySizes } from "./key-sizes.ts";
import { isOld, SaFlag } from "./sa-options.ts";
import { tcpMd5Reason } from "./sa-type.ts";
import { fail, type Scope, tokenOf } from "./scope.ts";
import type { KeyRange } from "./supported.ts";

/** Algorithm numbers and keys of an SA. */
export interface SaAlgorithms {
  encryption: number;
  authentication: number;
  /** There with no bytes for `-E null`. */
  encryptionKey?: Uint8Array;
  /** Absent for `-A null`. */
  authenticationKey?: Uint8Array;
  /** Whether packets carry an integrity check value. */
  authenticated: boolean;
  /** What the algorithms add to the SA's flags. */
  flags: number;
}

type Named = { name: Word<string>; key?: KeyWord };
type Numbered = { algorithm: Algorithm; number: number };
type Keyed = "authentication" | "encryption";

/** Looks the algorithms up and checks their keys. */
export function saAlgorithms(scope: Scope, { algorithms, protocol }: SaStatement): SaAlgorithms {
  const { encryption, authentication, compression } = algorithms;
  const result: SaAlgorithms = { encryption: 0, authentication: 0, authenticated: false, flags: 0 };
  if (encryption !== undefined) {
    if (encryption.name.value === "simple") {
      const token = tokenOf(scope, encryption.name);
      scope.said.push({ message: "WARNING: obsolete algorithm", token, culprit: token });
    }
    result.flags |= desFlags(scope, encryption, isOld(protocol?.value));
    const { algorithm, number } = checked(scope, "encryption", encryption);
    result.encryption = number;
    result.authenticated = algorithm.xfrmOnly === true;
    result.encryptionKey = encryption.key?.value ?? new Uint8Array();
  }
  if (authentication !== undefined) {
    result.authentication = checked(scope, "authentication", authentication).number;
    if (authentication.key !== undefined) {
      result.authenticationKey = authentication.key.value;
      result.authenticated = true;
    }
  }
  if (compression !== undefined) {
    result.encryption = numberOf(scope, "compression", compression.name).number;
    if (compression.rawCpi) result.flags |= SaFlag.rawCpi;
  }
  return result;
}

/** The two old ways of an initialisation vector: des-deriv is not for the old protocols, des-32iv for nothing else. */
function desFlags(scope: Scope, encryption: Named, old: boolean): number {
  const { name, key } = encryption;
  if (name.value !== "des-deriv" && name.value !== "des-32iv") return 0;
  const derived = name.value === "des-deriv";
  if (old === derived) {
    fail(scope, tokenOf(scope, key ?? name), {
      message: "algorithm mismatched",
      culprit: tokenOf(scope, name),
      reason: old ? "des-deriv is not for esp-old" : "des-32iv is for esp-old only",
      secret: key !== undefined,
    });
  }
  return derived ? SaFlag.derive : SaFlag.iv4b;
}

/** The number of an algorithm that is offered for a key of that size. */
function checked(scope: Scope, kind: Keyed, { name, key }: Named): Numbered {
  const numbered = numberOf(scope, kind, name, key);
  const { algorithm, number } = numbered;
  if (algorithm.name === "null" && key === undefined) return numbered;
  const token = tokenOf(scope, key ?? name);
  const secret = key !== undefined;
  const range = rangeOf(scope, kind, algorithm, number);
  if (range === undefined) {
    const reason = algorithm.xfrmOnly ? xfrmReason : "the kernel does not offer it";
    fail(scope, token, { message: "Not supported", culprit: tokenOf(scope, name), reason, secret });
  }
  const bits = (key?.value.length ?? 0) * 8;
  const { step = 0 } = algorithm.keyBits[scope.context.dialect.name] ?? {};
  if (bits < range.minBits || bits > range.maxBits || !hasStep(scope, algorithm, bits)) {
    fail(scope, token, {
      message: "Invalid key length",
      expected: `a key of ${keySizes(range.minBits, range.maxBits, step)}`,
      remark: `${bits} ${range.minBits} ${range.maxBits}`,
      secret,
    });
  }
  return numbered;
}

/** An algorithm by setkey's word, with its number in this dialect. */
function numberOf(scope: Scope, kind: AlgorithmKind, name: Word<string>, key?: KeyWord): Numbered {
  const token = tokenOf(scope, name);
  const algorithm = algorithmBySetkeyName(kind, name.value);
  if (algorithm === undefined)
    fail(scope, token, { message: "syntax error", expected: `an ${kind} algorithm` });
  const number = algorithm.numbers[scope.context.dialect.name];
  if (number !== undefined && !(scope.compat && algorithm.xfrmOnly)) return { algorithm, number };
  // ipsec-tools' scanner passes over the words that Linux has no number for, and its parser stumbles over the key.
  if (scope.compat) {
    fail(scope, tokenOf(scope, key ?? name), {
      message: "syntax error",
      culprit: token,
      secret: key !== undefined,
    });
  }
  const reason =
    algorithm.name === "tcp-md5" ? tcpMd5Reason : `${scope.context.dialect.name} has no number for it`;
  return fail(scope, token, { message: "Not supported", reason });
}

const xfrmReason = "Linux takes combined-mode algorithms over XFRM only, PF_KEY has none";

/** The sizes of key that the kernel states, or Linux's own where nobody asked it. */
function rangeOf(scope: Scope, kind: Keyed, algorithm: Algorithm, number: number): KeyRange | undefined {
  const { supported, dialect } = scope.context;
  if (supported !== undefined) return supported[kind].get(number);
  const bits = algorithm.keyBits[dialect.name];
  return bits && !algorithm.xfrmOnly ? { minBits: bits.min, maxBits: bits.max } : undefined;
}

/** A kernel states no steps; where nobody asks it, we do. */
function hasStep({ context, compat }: Scope, algorithm: Algorithm, bits: number): boolean {
  return context.supported !== undefined || compat || keyBitsAllowed(algorithm, bits, context.dialect.name);
}
