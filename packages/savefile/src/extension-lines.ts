import {
  type Extension,
  find,
  IllumosSaFlag,
  type Message,
  type ReplayValueExtension,
  type SaExtension,
} from "@keysock/wire";
import { addressLines } from "./address-lines.ts";
import { identityLine, originalIdentityLine } from "./identity.ts";
import { keyLine, lifetimeLine, saLine } from "./lines.ts";
import { isSelector, isUdp, natTPortLines, tunnelLines } from "./linux-lines.ts";
import type { SaveOptions } from "./options.ts";

/** `replay_value` is a number of 32 bits. */
export const maximumReplayValue = 0xffff_ffffn;

/**
 * The lines of an extension, each without its ` \` and line end; none where ipseckey has no words for it.
 *
 * @param pairSpi - the SPI of the SA's other half, where it is in the file already
 */
export function extensionLines(
  extension: Extension,
  message: Message,
  options: SaveOptions,
  pairSpi?: number,
): string[] {
  const { compat } = options;
  switch (extension.kind) {
    case "sa":
      return [saLine(extension, message.saType, saWords(extension, message, options, pairSpi), options)];
    case "lifetimeHard":
      return [lifetimeLine("hard", extension)].filter(isWanted);
    case "lifetimeSoft":
      return [lifetimeLine("soft", extension)].filter(isWanted);
    case "lifetimeIdle":
      // Only its times can be loaded.
      return [lifetimeLine("idle", compat ? extension : { ...extension, allocations: 0, bytes: 0n })].filter(
        isWanted,
      );
    case "addressSource":
    case "addressDestination":
    case "addressInnerDestination":
    case "addressNatTLocal":
    case "addressNatTRemote":
      return addressLines(extension, message, options);
    case "addressProxy":
      return isSelector(message) ? [] : addressLines(extension, message, options);
    case "keyAuthentication":
    case "keyEncryption":
      return extension.bits === 0 && !compat ? [] : [keyLine(extension, options.paranoid)];
    case "identitySource":
    case "identityDestination":
      return compat
        ? [originalIdentityLine(extension)]
        : [identityLine(extension)].filter((line) => line !== undefined);
    case "replayValue":
      return replayValueLines(extension, options);
    case "natTSourcePort":
    case "natTDestinationPort":
      return natTPortLines(extension, message);
    case "sa2":
      return tunnelLines(extension, message);
    default:
      return [];
  }

  /** The original writes the line of a lifetime without limits, which is blank. */
  function isWanted(line: string): boolean {
    return compat === true || line.trim() !== "";
  }
}

/** What stands in the SA's own line behind the replay window. */
function saWords({ flags }: SaExtension, message: Message, options: SaveOptions, pairSpi?: number): string[] {
  const { dialect, compat } = options;
  if (dialect.name !== "illumos") return isUdp(message) ? ["encap udp"] : [];
  const natTFlags = IllumosSaFlag.natTLocal | IllumosSaFlag.natTRemote;
  // Without an address `encap` cannot be loaded, and an address not without it.
  const natT = compat
    ? (flags & natTFlags) !== 0
    : (find(message, "addressNatTLocal") ?? find(message, "addressNatTRemote")) !== undefined;
  const words: [boolean, string][] = [
    [natT, "encap udp"],
    [!compat && (flags & IllumosSaFlag.inbound) !== 0, "inbound"],
    [!compat && (flags & IllumosSaFlag.outbound) !== 0, "outbound"],
    [pairSpi !== undefined, `pair-spi 0x${pairSpi?.toString(16)}`],
  ];
  return words.filter(([is]) => is).map(([, word]) => word);
}

/** What loads is 32 bits, and 0 without a word. */
function replayValueLines({ replay32, replay64 }: ReplayValueExtension, { compat }: SaveOptions): string[] {
  const value = replay32 === 0 ? replay64 : BigInt(replay32);
  return compat || (value !== 0n && value <= maximumReplayValue) ? [`replay_value ${value}`] : [];
}
