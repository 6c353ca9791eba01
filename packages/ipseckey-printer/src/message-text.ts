import type { Decoded, Extension, LifetimeExtension, Message } from "@keysock/wire";
import { addressText } from "./address-text.ts";
import { headerText } from "./header-text.ts";
import { hexNumber } from "./hex.ts";
import { identityText } from "./identity-text.ts";
import { kmCookieText, replayValueText } from "./illumos-text.ts";
import { keyText } from "./key-text.ts";
import { type Lifetimes, lifetimesText } from "./lifetimes-text.ts";
import { kmAddressText, policyText, sa2Text, securityContextText } from "./linux-text.ts";
import type { Printed, PrintOptions } from "./options.ts";
import { extendedProposalText, proposalText } from "./proposal-text.ts";
import { saText } from "./sa-text.ts";
import { sensitivityText } from "./sensitivity-text.ts";
import { spiRangeText } from "./spi-range-text.ts";
import { supportedText } from "./supported-text.ts";
import { unknownText } from "./unknown-text.ts";
import { corruptionWarning, lengthWarning } from "./warning.ts";
import { xfrmText } from "./xfrm-text.ts";

/** Bytes of the base header. */
const headerBytes = 16;

/**
 * A message as `get`, `dump`, the monitor and `-v` show it, its keys included unless `paranoid`: the header, all extensions
 * in the message's order, and its lifetimes at the end. An extension that has no text of its own is shown word by word.
 *
 * @param decoded - any message, faultless or not
 * @returns lines that end in a new line; dates are local time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableHost } from "@keysock/host";
 * import { messageText } from "@keysock/ipseckey-printer";
 * import { decode, encode, illumos, request } from "@keysock/wire";
 *
 * const message = request("get", "ah", [
 *   { kind: "sa", spi: 0x90125, replay: 0, state: 1, authentication: 2, encryption: 0, flags: 0 },
 *   {
 *     kind: "addressDestination",
 *     protocol: 0,
 *     prefixLength: 0,
 *     reserved: 0,
 *     sockaddr: { family: "inet", port: 0, address: Uint8Array.of(192, 0, 2, 2) },
 *   },
 * ]);
 * const { text, warnings } = messageText(decode(encode(message, illumos), illumos), {
 *   dialect: illumos,
 *   host: tableHost({ names: { "you.domain.com": ["192.0.2.2"] } }),
 * });
 * assert.equal(
 *   text,
 *   "Base message (version 2) type GET, SA type AH.\n" +
 *     "Message length 56 bytes, seq=0, pid=0.\n" +
 *     "SA: SADB_ASSOC spi=0x90125, replay window size=0, state=MATURE\n" +
 *     "SA: Authentication algorithm = hmac-md5\n" +
 *     "SA: flags=0x0 < >\n" +
 *     "DST: Destination address (proto=0/<unspecified>)\n" +
 *     "DST: AF_INET: port 0, 192.0.2.2 (you.domain.com).\n",
 * );
 * assert.deepEqual(warnings, []);
 * ```
 */
export function messageText(decoded: Decoded, options: PrintOptions): Printed {
  const { message, bytes, problems } = decoded;
  const lifetimes: Lifetimes = {};
  let text = headerText(decoded, options);
  let at = headerBytes;
  for (const extension of message.extensions) {
    const end = at + extension.length * 8;
    if (isLifetime(extension)) lifetimes[extension.kind] = extension;
    else text += extensionText(extension, bytes.subarray(at, end), message, options);
    at = end;
  }
  const warnings = [
    ...message.extensions.map((extension) => lengthWarning(extension, options.dialect)),
    corruptionWarning(problems.map(({ reason }) => reason)),
  ].filter((warning) => warning !== undefined);
  return { text: text + lifetimesText(lifetimes, options), warnings };
}

const isLifetime = (extension: Extension): extension is LifetimeExtension =>
  extension.kind.startsWith("lifetime");

function extensionText(
  extension: Exclude<Extension, LifetimeExtension>,
  bytes: Uint8Array,
  message: Message,
  options: PrintOptions,
): string {
  const { dialect } = options;
  switch (extension.kind) {
    case "sa":
      return saText(extension, message, dialect);
    case "addressSource":
    case "addressDestination":
    case "addressProxy":
    case "addressInnerDestination":
    case "addressNatTLocal":
    case "addressNatTRemote":
    case "natTOriginalAddress":
      return addressText(extension, options);
    case "keyAuthentication":
      return keyText("AKY", "Authentication", extension, options);
    case "keyEncryption":
      return keyText("EKY", "Encryption", extension, options);
    case "identitySource":
    case "identityDestination":
      return identityText(extension, options);
    case "sensitivity":
    case "outerSensitivity":
      return sensitivityText(extension);
    case "proposal":
      return proposalText(extension, dialect);
    case "extendedProposal":
      return extendedProposalText(extension, dialect);
    case "supportedAuthentication":
    case "supportedEncryption":
      return supportedText(extension, dialect);
    case "spiRange":
      return spiRangeText(extension, bytes, dialect);
    case "kmCookie":
      return kmCookieText(extension, options);
    case "pair":
      return `OTH: Paired with spi=${hexNumber(extension.spi)}\n`;
    case "replayValue":
      return replayValueText(extension);
    case "sa2":
      return sa2Text(extension);
    case "natTType":
      return `OTH: NAT-T encapsulation type=${extension.natTType}\n`;
    case "natTSourcePort":
      return `OTH: NAT-T source port=${extension.port}\n`;
    case "natTDestinationPort":
      return `OTH: NAT-T destination port=${extension.port}\n`;
    case "policy":
      return policyText(extension, options);
    case "securityContext":
      return securityContextText(extension);
    case "kmAddress":
      return kmAddressText(extension, options);
    case "xfrm":
      return xfrmText(extension, message, options);
    default:
      return unknownText(extension.type, bytes, options);
  }
}
