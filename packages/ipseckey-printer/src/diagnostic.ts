/** SADB_X_DIAGNOSTIC_* (net/pfkeyv2.h) as libipsecutil words them, slips of the pen included. */
const texts: readonly string[] = [
  /*  0 */ "No diagnostic",
  /*  1 */ "Unknown message type",
  /*  2 */ "Unknown extension type",
  /*  3 */ "Bad extension length",
  /*  4 */ "Unknown Security Association type",
  /*  5 */ "Specific Security Association type needed",
  /*  6 */ "No Security Association Databases present",
  /*  7 */ "No extensions needed for message",
  /*  8 */ "Bad source address family",
  /*  9 */ "Bad destination address family",
  /* 10 */ "Bad inner-source address family",
  /* 11 */ "Source/destination address family mismatch",
  /* 12 */ "Bad source address value",
  /* 13 */ "Bad destination address value",
  /* 14 */ "Soft allocations limit more than hard limit",
  /* 15 */ "Soft bytes limit more than hard limit",
  /* 16 */ "Soft add expiration time later than hard expiration time",
  /* 17 */ "Soft use expiration time later than hard expiration time",
  /* 18 */ "Missing source address",
  /* 19 */ "Missing destination address",
  /* 20 */ "Missing SA extension",
  /* 21 */ "Missing encryption key",
  /* 22 */ "Missing authentication key",
  /* 23 */ "Missing SPI range",
  /* 24 */ "Duplicate source address",
  /* 25 */ "Duplicate destination address",
  /* 26 */ "Duplicate SA extension",
  /* 27 */ "Duplicate encryption key",
  /* 28 */ "Duplicate authentication key",
  /* 29 */ "Duplicate SPI range",
  /* 30 */ "Malformed source address",
  /* 31 */ "Malformed destination address",
  /* 32 */ "Malformed SA extension",
  /* 33 */ "Malformed encryption key",
  /* 34 */ "Malformed authentication key",
  /* 35 */ "Malformed SPI range",
  /* 36 */ "Authentication key not needed",
  /* 37 */ "Encryption key not needed",
  /* 38 */ "Proposal extension not needed",
  /* 39 */ "Supported algorithms extension not needed",
  /* 40 */ "Unsupported authentication algorithm",
  /* 41 */ "Unsupported encryption algorithm",
  /* 42 */ "Invalid SA flags",
  /* 43 */ "Invalid SA state",
  /* 44 */ "Bad number of authentication bits",
  /* 45 */ "Bad number of encryption bits",
  /* 46 */ "Encryption not supported for this SA type",
  /* 47 */ "Weak encryption key",
  /* 48 */ "Weak authentication key",
  /* 49 */ "Duplicate key management protocol",
  /* 50 */ "Duplicate key management cookie",
  /* 51 */ "Missing NAT-T local address",
  /* 52 */ "Missing NAT-T remote address",
  /* 53 */ "Duplicate NAT-T local address",
  /* 54 */ "Duplicate NAT-T remote address",
  /* 55 */ "Malformed NAT-T local address",
  /* 56 */ "Malformed NAT-T remote address",
  /* 57 */ "Duplicate NAT-T ports",
  /* 58 */ "Missing inner source address",
  /* 59 */ "Missing inner destination address",
  /* 60 */ "Duplicate inner source address",
  /* 61 */ "Duplicate inner destination address",
  /* 62 */ "Malformed inner source address",
  /* 63 */ "Malformed inner destination address",
  /* 64 */ "Invalid inner-source prefix length ",
  /* 65 */ "Invalid inner-destination prefix length",
  /* 66 */ "Bad inner-destination address family",
  /* 67 */ "Inner source/destination address family mismatch",
  /* 68 */ "Bad NAT-T remote address family",
  /* 69 */ "Bad NAT-T local address family",
  /* 70 */ "Source/desination protocol mismatch",
  /* 71 */ "Inner source/desination protocol mismatch",
  /* 72 */ "Both inner ports and outer ports are set",
  /* 73 */ "Pairing failed, target SA unsuitable for pairing",
  /* 74 */ "Source/destination address differs from pair SA",
  /* 75 */ "Already paired with another security association",
  /* 76 */ "Command failed, pair security association not found",
  /* 77 */ "Inappropriate SA direction",
  /* 78 */ "Security association not found",
  /* 79 */ "Security association is not valid",
  /* 80 */ "Algorithm invalid or not supported by Crypto Framework",
  /* 81 */ "Invalid Replay counter",
  /* 82 */ "Inappropriate lifetimes",
];

/** What the original has no text for, and its slips of the pen. */
const better: ReadonlyMap<number, string> = new Map([
  [64, "Invalid inner-source prefix length"],
  [70, "Source/destination protocol mismatch"],
  [71, "Inner source/destination protocol mismatch"],
  [83, "Bad sensitivity label"],
  [84, "Missing authentication string"],
  [85, "Duplicate authentication string"],
  [86, "Malformed authentication string"],
]);

/** Which wording is wanted. */
export interface DiagnosticOptions {
  /** `--compat=illumos`: the original's, its slips of the pen included. */
  compat?: boolean;
}

/**
 * What a diagnostic code of an illumos kernel means (SADB_X_DIAGNOSTIC_*), without a full stop.
 *
 * @param code - `reserved` of a message with an errno
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { diagnosticText } from "@keysock/ipseckey-printer";
 *
 * assert.equal(diagnosticText(47), "Weak encryption key");
 * assert.equal(diagnosticText(200), "Unknown diagnostic code");
 * ```
 */
export function diagnosticText(code: number, { compat = false }: DiagnosticOptions = {}): string {
  return (compat ? undefined : better.get(code)) ?? texts[code] ?? "Unknown diagnostic code";
}

/**
 * The line that follows an errno.
 *
 * @param code - `reserved` of a message with an errno
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { diagnosticLine } from "@keysock/ipseckey-printer";
 *
 * assert.equal(diagnosticLine(78), "  Diagnostic code 78:  Security association not found.\n");
 * ```
 */
export function diagnosticLine(code: number, options: DiagnosticOptions = {}): string {
  return `  Diagnostic code ${code}:  ${diagnosticText(code, options)}.\n`;
}
