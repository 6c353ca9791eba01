import {
  type Algorithm,
  type AlgorithmKind,
  algorithmByLinuxName,
  algorithmBySetkeyName,
  keyBitsAllowed,
} from "@keysock/algorithms";
import type { KeyWord, SaStatement, Word } from "@keysock/setkey-grammar";
import type { SaType } from "@keysock/wire";
import { keySizes } from "./key-sizes.ts";
import { isOld, SaFlag } from "./sa-options.ts";
import { saTypeOf, tcpMd5Reason } from "./sa-type.ts";
import { fail, type Scope, tokenOf } from "./scope.ts";
import { hasXfrm, type XfrmParts, xfrmReason } from "./xfrm.ts";

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
  /** Algorithms that PF_KEY has no number for. */
  xfrm: Pick<XfrmParts, "authentication" | "aead">;
}

type Named = { name: Word<string>; key?: KeyWord };
type Numbered = { algorithm: Algorithm; number: number };
type Keyed = "authentication" | "encryption";

/** Looks the algorithms up and checks their keys. */
export function saAlgorithms(scope: Scope, statement: SaStatement): SaAlgorithms {
  const { algorithms, protocol } = statement;
  const { encryption, authentication, compression } = algorithms;
  if (!scope.compat) refuseMisfit(scope, statement);
  const result: SaAlgorithms = {
    encryption: 0,
    authentication: 0,
    authenticated: false,
    flags: 0,
    xfrm: {},
  };
  if (encryption !== undefined) {
    if (encryption.name.value === "simple") {
      const token = tokenOf(scope, encryption.name);
      scope.said.push({ message: "WARNING: obsolete algorithm", token, culprit: token });
    }
    result.flags |= desFlags(scope, encryption, isOld(protocol?.value));
    const { algorithm, number } = checked(scope, "encryption", encryption);
    result.encryption = number;
    result.authenticated = algorithm.aead === true;
    result.encryptionKey = encryption.key?.value ?? new Uint8Array();
    if (algorithm.aead && algorithm.numbers.linux === undefined) {
      result.xfrm.aead = { name: algorithm.linuxName!, icvBits: algorithm.icvBits!.linux! };
    }
    if (algorithm.aead && authentication !== undefined) refuseSecond(scope, algorithm, authentication.name);
  }
  if (authentication !== undefined) {
    const { algorithm, number } = checked(scope, "authentication", authentication);
    result.authentication = number;
    if (algorithm.xfrmOnly) {
      const truncationBits = algorithm.icvBits!.linux!;
      result.xfrm.authentication = { name: algorithm.linuxName!, truncationBits };
    }
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

/** What an SA of a type has no use for, if it is there. */
interface Fit {
  expected: string;
  misfit(algorithms: SaStatement["algorithms"]): { name: Word<string> } | undefined;
}

const isCipher = ({ name }: Named): boolean => name.value !== "null";

/** The manual page of 2002: ESP accepts -E and -A, AH accepts -A only. */
const fits: Partial<Record<SaType, Fit>> = {
  esp: { expected: "-E and -A for esp", misfit: ({ compression }) => compression },
  ah: {
    expected: "-A only for ah",
    misfit: ({ encryption, compression }) => (encryption && isCipher(encryption) ? encryption : compression),
  },
  ipcomp: {
    expected: "-C for ipcomp",
    misfit: ({ encryption, authentication }) => encryption ?? authentication,
  },
};

/** Over PF_KEY Linux keeps a cipher that AH never uses, and takes the number of one for that of a compression. */
function refuseMisfit(scope: Scope, { algorithms, protocol }: SaStatement): void {
  const fit = fits[saTypeOf(scope, protocol)];
  const misfit = fit?.misfit(algorithms);
  if (fit === undefined || misfit === undefined) return;
  fail(scope, tokenOf(scope, misfit.name), { message: "algorithm mismatched", expected: fit.expected });
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

/** An AEAD leaves nothing to authenticate. */
function refuseSecond(scope: Scope, { name }: Algorithm, word: Word<string>): never {
  return fail(scope, tokenOf(scope, word), {
    message: "Not supported",
    expected: "no -A",
    reason: `${name} authenticates what it enciphers`,
  });
}

/** The number of an algorithm that is offered for a key of that size. */
function checked(scope: Scope, kind: Keyed, { name, key }: Named): Numbered {
  const numbered = numberOf(scope, kind, name, key);
  const { algorithm, number } = numbered;
  if (algorithm.name === "null" && key === undefined) return numbered;
  const token = tokenOf(scope, key ?? name);
  const secret = key !== undefined;
  const { supported, dialect } = scope.context;
  const own = algorithm.keyBits[dialect.name];
  const isStated = algorithm.numbers[dialect.name] === number;
  const stated = isStated ? supported?.[kind].get(number) : undefined;
  // XFRM answers REGISTER from a table, and only an ADD shows what the kernel has.
  const offered = algorithm.xfrmOnly ? hasXfrm(scope) : supported === undefined;
  const range = stated ?? (offered && own ? { minBits: own.min, maxBits: own.max } : undefined);
  if (range === undefined) {
    const reason = algorithm.xfrmOnly ? xfrmReason(algorithm.name) : "the kernel does not offer it";
    fail(scope, token, { message: "Not supported", culprit: tokenOf(scope, name), reason, secret });
  }
  const bits = (key?.value.length ?? 0) * 8;
  // A kernel states no steps; where nobody asks it, we do.
  const asked = stated !== undefined && !algorithm.xfrmOnly;
  const hasStep = asked || scope.compat || keyBitsAllowed(algorithm, bits, dialect.name);
  if (bits < range.minBits || bits > range.maxBits || !hasStep) {
    fail(scope, token, {
      message: "Invalid key length",
      expected: `a key of ${keySizes(range.minBits, range.maxBits, own)}`,
      remark: `${bits} ${range.minBits} ${range.maxBits}`,
      secret,
    });
  }
  return numbered;
}

/** An algorithm by setkey's word, with its number in this dialect; 0 where XFRM alone has it, without one. */
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
  if (algorithm.xfrmOnly) return { algorithm, number: numberBeside(kind, algorithm) };
  const reason =
    algorithm.name === "tcp-md5" ? tcpMd5Reason : `${scope.context.dialect.name} has no number for it`;
  return fail(scope, token, { message: "Not supported", reason });
}

/** The number of the algorithm that differs in nothing but the ICV, if there is one: `hmac-sha256`. */
const numberBeside = (kind: AlgorithmKind, { linuxName = "" }: Algorithm): number =>
  algorithmByLinuxName(kind, linuxName)?.numbers.linux ?? 0;
