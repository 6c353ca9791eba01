import { type AlgorithmKind, algorithmByNumber } from "@keysock/algorithms";
import type { Host } from "@keysock/host";
import {
  type AddressExtension,
  type Decoded,
  find,
  type KeyExtension,
  type Message,
  type SaExtension,
  type XfrmExtension,
} from "@keysock/wire";
import { complaintAbout } from "./complaint.ts";
import { wholeSeconds } from "./date.ts";
import { hexGroups, hexWord } from "./hex.ts";
import { ipText, portOf } from "./ip-text.ts";
import { lifetimesText } from "./lifetimes-text.ts";
import { securityContextText } from "./security-context-text.ts";
import { xfrmAlgorithmText, xfrmLines, xfrmModeText } from "./xfrm-text.ts";

/** What changes the text of an SA. */
export interface SaEntryOptions {
  /** Its clock, for the age, and its interfaces, for the scope of an address. */
  host: Host;
  /** `-p`: the port after each address. */
  ports?: boolean;
}

const modes = ["any", "transport", "tunnel"];
const states = ["larval", "mature", "dying", "dead"];

/**
 * An SA as `-D`, `dump` and `get` show it, its keys included.
 *
 * What libipsec would not take (a malformed, repeated or unknown extension, an unknown SA type) is one line that says
 * so. Dead SAs are printed like others: who shows them (`-a`) is the caller's to say.
 *
 * @param decoded - a reply to GET or DUMP
 * @returns lines that end in a new line; dates are local time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableHost } from "@keysock/host";
 * import { saEntry } from "@keysock/setkey-printer";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const ip = (last: number) => ({ family: "inet", port: 0, address: Uint8Array.of(10, 0, 0, last) }) as const;
 * const address = { protocol: 0, prefixLength: 32, reserved: 0 };
 * const message = request("dump", "ipcomp", [
 *   { kind: "sa", spi: 0x301, replay: 0, state: 1, authentication: 0, encryption: 2, flags: 0 },
 *   { kind: "addressSource", ...address, sockaddr: ip(1) },
 *   { kind: "addressDestination", ...address, sockaddr: ip(2) },
 *   { kind: "sa2", mode: 1, reserved1: 0, reserved2: 0, sequence: 0, reqid: 7 },
 * ]);
 * assert.equal(
 *   saEntry(decode(encode(message, linux), linux), { host: tableHost() }),
 *   "10.0.0.1 10.0.0.2 \n" +
 *     "\tipcomp mode=transport spi=769(0x00000301) reqid=7(0x00000007)\n" +
 *     "\tC: deflate \tseq=0x00000000 replay=0 flags=0x00000000 state=mature \n" +
 *     "\tsadb_seq=0 pid=0 refcnt=0\n",
 * );
 * ```
 */
export function saEntry(decoded: Decoded, options: SaEntryOptions): string {
  const { message } = decoded;
  const complaint = complaintAbout(decoded) ?? complaintAboutSa(message);
  if (complaint !== undefined) return `${complaint}\n`;

  const encapsulated = isEncapsulated(message);
  const outerPort = (kind: "natTSourcePort" | "natTDestinationPort"): number | undefined =>
    encapsulated ? find(message, kind)?.port : undefined;
  const source = find(message, "addressSource");
  if (source === undefined) return "no ADDRESS_SRC extension.\n";
  const from = endPointText(source, outerPort("natTSourcePort"), options);
  const destination = find(message, "addressDestination");
  if (destination === undefined) return `${from} no ADDRESS_DST extension.\n`;
  const to = endPointText(destination, outerPort("natTDestinationPort"), options);
  const sa = find(message, "sa");
  if (sa === undefined) return `${from}${to}no SA extension.\n`;
  const sa2 = find(message, "sa2");
  if (sa2 === undefined) return `${from}${to}no SA2 extension.\n`;

  const xfrm = find(message, "xfrm");
  const mode = xfrm?.mode === undefined ? (modes[sa2.mode] ?? sa2.mode) : xfrmModeText(xfrm.mode);
  const replay = xfrm?.replayWindow ?? sa.replay;
  const spi = `${sa.spi}(0x${hexWord(sa.spi)})`;
  const reqid = `${sa2.reqid}(0x${hexWord(sa2.reqid)})`;
  const state = states[sa.state] ?? sa.state;
  return (
    `${from}${to}\n` +
    `\t${saTypeText(message)} mode=${mode} spi=${spi} reqid=${reqid}\n` +
    originalAddressText(message, options.host) +
    algorithmsText(message, sa, xfrm) +
    `\tseq=0x${hexWord(sa2.sequence)} replay=${replay} flags=0x${hexWord(sa.flags)} state=${state} \n` +
    lifetimesText(message, wholeSeconds(options.host.now())) +
    securityContextText(find(message, "securityContext")) +
    xfrmLines(xfrm, options.host) +
    `\tsadb_seq=${message.sequence} pid=${message.pid} refcnt=${message.reserved}\n`
  );
}

function complaintAboutSa(message: Message): string | undefined {
  const { saType } = message;
  if (typeof saType === "number") return "Invalid SA type";
  if (!["unspec", "ah", "esp", "ipcomp"].includes(saType)) return "Not supported";
  const source = find(message, "addressSource");
  const destination = find(message, "addressDestination");
  if (source === undefined || destination === undefined) return undefined;
  if (source.protocol !== destination.protocol) return "Protocol mismatch";
  if (source.sockaddr.family !== destination.sockaddr.family) return "Family mismatch";
  return undefined;
}

const isEncapsulated = (message: Message): boolean => (find(message, "natTType")?.natTType ?? 0) !== 0;

function endPointText(
  { sockaddr }: AddressExtension,
  outerPort: number | undefined,
  { host, ports }: SaEntryOptions,
): string {
  const port = ports ? `[${portOf(sockaddr)}]` : "";
  const outer = outerPort === undefined ? "" : `[${outerPort}]`;
  return `${ipText(sockaddr, host) ?? "?"}${port}${outer} `;
}

function saTypeText(message: Message): string {
  const { saType } = message;
  if (!isEncapsulated(message)) return `${saType}`;
  return saType === "esp" ? "esp-udp" : `natt+${saType}`;
}

function originalAddressText(message: Message, host: Host): string {
  const original = find(message, "natTOriginalAddress");
  if (original === undefined || !isEncapsulated(message)) return "";
  return `\tNAT OA=${ipText(original.sockaddr, host) ?? "?"}\n`;
}

function algorithmsText(message: Message, sa: SaExtension, xfrm: XfrmExtension | undefined): string {
  let text = "";
  const encryptionKey = find(message, "keyEncryption");
  if (message.saType === "ipcomp") {
    // The original ends this line without a new line, and parsers of its text know it so.
    text += `\tC: ${algorithmText("compression", sa.encryption, xfrm?.compression)} `;
  } else if (message.saType === "esp" && encryptionKey !== undefined) {
    const named = xfrm?.aead ?? xfrm?.encryption;
    text += `\tE: ${algorithmText("encryption", sa.encryption, named)} ${keyText(encryptionKey)}\n`;
  }
  const authenticationKey = find(message, "keyAuthentication");
  if (authenticationKey !== undefined) {
    const named = xfrm?.authentication && {
      name: xfrm.authentication.name,
      icvBits: xfrm.authentication.truncationBits,
    };
    text += `\tA: ${algorithmText("authentication", sa.authentication, named)} ${keyText(authenticationKey)}\n`;
  }
  return text;
}

/** By the name that XFRM gives, or by Linux's number: other platforms have setkeys of their own. */
function algorithmText(
  kind: AlgorithmKind,
  number: number,
  named: { name: string; icvBits?: number } | undefined,
): string {
  if (named !== undefined) return xfrmAlgorithmText(kind, named.name, named.icvBits);
  return algorithmByNumber(kind, number, "linux")?.setkey?.printed ?? `${number}`;
}

const keyText = ({ key, bits }: KeyExtension): string => hexGroups(key.subarray(0, Math.floor(bits / 8)));
