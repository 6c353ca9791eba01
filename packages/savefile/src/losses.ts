import {
  type Dialect,
  type Extension,
  find,
  IllumosSaFlag,
  IpsecMode,
  type Message,
  type Sa2Extension,
} from "@keysock/wire";
import { isTooLong, isWhole } from "./address-lines.ts";
import { maximumReplayValue } from "./extension-lines.ts";
import { identityLine } from "./identity.ts";
import { keyFault } from "./key-faults.ts";
import { isSelector, isUdp } from "./linux-lines.ts";
import { namelessAlgorithm, xfrmLoss } from "./xfrm-losses.ts";

/** What an SA has that its lines do not say, a sentence without a full stop each. */
export const lossesOf = (message: Message, dialect: Dialect): string[] =>
  message.extensions
    .map((extension) => lossOf(extension, message, dialect))
    .filter((loss) => loss !== undefined);

function lossOf(extension: Extension, message: Message, dialect: Dialect): string | undefined {
  switch (extension.kind) {
    case "sa": {
      const unsaid = dialect.name === "illumos" ? IllumosSaFlag.pfs | IllumosSaFlag.noReplay : ~0;
      const flags = (extension.flags & unsaid) >>> 0;
      return flags === 0 ? undefined : `flags 0x${flags.toString(16)} are not saved`;
    }
    case "addressSource":
    case "addressDestination":
      return isWhole(extension) ? undefined : `a prefix length of ${extension.prefixLength} is not saved`;
    case "addressProxy":
      // An xfrm extension has it whole and says so.
      if (find(message, "xfrm")?.selector !== undefined) return undefined;
      return isSelector(message) && extension.prefixLength > 0 ? "the selector is not saved" : undefined;
    case "identitySource":
    case "identityDestination": {
      const which = extension.kind === "identitySource" ? "source" : "destination";
      if (identityLine(extension) === undefined)
        return `the ${which} identity cannot be a word, and is not saved`;
      return extension.id === 0n ? undefined : `the uid of the ${which} identity is not saved`;
    }
    case "replayValue":
      return extension.replay32 === 0 && extension.replay64 > maximumReplayValue
        ? `a replay value of ${extension.replay64} is not saved`
        : undefined;
    case "sensitivity":
    case "outerSensitivity":
      return "the sensitivity label is not saved";
    case "sa2":
      return sa2Loss(extension);
    case "natTType":
      return isUdp(message) ? undefined : `NAT-T encapsulation of type ${extension.natTType} is not saved`;
    case "natTOriginalAddress":
      return "the original address of NAT-T is not saved";
    case "securityContext":
      return "the security context is not saved";
    case "xfrm":
      return xfrmLoss(extension);
    case "stringAuthentication":
    case "raw":
      return `extension ${extension.type} is not saved`;
    default:
      return undefined;
  }
}

function sa2Loss({ mode, reqid }: Sa2Extension): string | undefined {
  const losses = [
    ...(mode > IpsecMode.tunnel ? [`mode ${mode}`] : []),
    ...(reqid === 0 ? [] : [`request id ${reqid}`]),
  ];
  if (losses.length === 0) return undefined;
  return `${losses.join(" and ")} ${losses.length === 1 ? "is" : "are"} not saved`;
}

/** The NULL cipher (RFC 2410), the same number on every kernel. */
const nullCipher = 11;

/** Protocols of an SA that has inner addresses: any, IPv4 and IPv6. */
const tunnelProtocols: ReadonlySet<number> = new Set([0, 4, 41]);

/** Why what is saved cannot be loaded, a sentence without a full stop. */
export function unloadable(message: Message, dialect: Dialect): string | undefined {
  const sa = find(message, "sa");
  const hasKey = (kind: "keyAuthentication" | "keyEncryption") => (find(message, kind)?.bits ?? 0) > 0;
  const protocol =
    find(message, "addressSource")?.protocol || find(message, "addressDestination")?.protocol || 0;
  const nameless = sa && namelessAlgorithm(find(message, "xfrm"), sa);
  const inner = find(message, "addressProxy");
  const faultOfKey = dialect.name === "linux" ? keyFault(message) : undefined;
  const isTunnel = (inner ?? find(message, "addressInnerDestination")) !== undefined;
  const rows: readonly (readonly [boolean, string])[] = [
    [sa === undefined || sa.spi === 0, "there is no SPI"],
    [nameless !== undefined, `ipseckey has no word for ${nameless}`],
    [sa?.authentication === 0 && sa.encryption === 0, "there is no algorithm"],
    [message.saType === "ah" && sa?.encryption !== 0, "AH cannot encrypt"],
    [!hasKey("keyAuthentication") && !hasKey("keyEncryption"), "there is no key"],
    [sa?.encryption === nullCipher && hasKey("keyEncryption"), "the NULL cipher has no key"],
    [faultOfKey !== undefined, `${faultOfKey}`],
    [find(message, "addressDestination") === undefined, "there is no destination"],
    [isTunnel && !tunnelProtocols.has(protocol), `protocol ${protocol} is none of a tunnel`],
    // Linux shows an inner source of IPv6 as one of IPv4 where the outer addresses are.
    [inner !== undefined && isTooLong(inner), `/${inner?.prefixLength} is no prefix of the inner source`],
  ];
  const reason = rows.find(([is]) => is)?.[1];
  return reason && `it cannot be loaded, as ${reason}`;
}
