import type { Host } from "@keysock/host";
import { type AddressExtension, type Decoded, find, type Message } from "@keysock/wire";
import { twoDigits, unsignedDifference, wholeSeconds } from "./date.ts";
import { hexWord } from "./hex.ts";
import { ipText, portOf } from "./ip-text.ts";

/** What changes the text of a line of `-l`. */
export interface ShortEntryOptions {
  /** Its clock, for the time and the age, and its interfaces, for the scope of an address. */
  host: Host;
}

/** The original's own names, not those of `/etc/protocols`. */
const protocolNames: ReadonlyMap<number, string> = new Map([
  [1, "icmp"],
  [2, "igmp"],
  [3, "ggp"],
  [4, "ip4"],
  [6, "tcp"],
  [8, "egp"],
  [17, "udp"],
  [22, "idp"],
  [29, "tp"],
  [41, "ip6"],
  [43, "rt6"],
  [44, "frag6"],
  [46, "rsvp"],
  [47, "gre"],
  [50, "esp"],
  [51, "ah"],
  [58, "icmp6"],
  [59, "none"],
  [60, "dst6"],
]);

const stateLetters = ["L", "M", "D", "d"];

/** `sadb_msg_satype` (RFC 2367 section 2.3). */
const saTypeOffset = 3;

/**
 * The heading of `-l`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { shortHeader } from "@keysock/setkey-printer";
 *
 * assert.equal(shortHeader(), "time p   s spi      ltime   src -> dst\n");
 * ```
 */
export function shortHeader(): string {
  return "time p   s spi      ltime   src -> dst\n";
}

/**
 * An SA as `-l` shows it: the time (minutes and seconds of the hour), protocol, state, SPI, age and hard limit in
 * seconds, and the addresses.
 *
 * @param decoded - a reply to DUMP; what it lacks is a question mark
 * @returns one line that ends in a new line
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableHost } from "@keysock/host";
 * import { shortEntry } from "@keysock/setkey-printer";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const message = request("dump", "esp", [
 *   { kind: "sa", spi: 0x301, replay: 0, state: 1, authentication: 2, encryption: 2, flags: 0 },
 * ]);
 * assert.equal(
 *   shortEntry(decode(encode(message, linux), linux), { host: tableHost({ now: 61_000 }) }),
 *   "0101 esp M 00000301 ???/??? ? -> ?\n",
 * );
 * ```
 */
export function shortEntry(decoded: Decoded, options: ShortEntryOptions): string {
  const { message } = decoded;
  const now = wholeSeconds(options.host.now());
  const time = twoDigits(Number((now / 60n) % 60n)) + twoDigits(Number(now % 60n));
  const source = addressText(find(message, "addressSource"), options.host);
  const destination = addressText(find(message, "addressDestination"), options.host);
  return `${time} ${saText(decoded)} ${lifetimeText(message, now)} ${source} -> ${destination}\n`;
}

/** Protocol, state and SPI; where there is no SA the original leaves a blank out. */
function saText({ bytes, message }: Decoded): string {
  const { saType } = message;
  const protocol = (saType === "ah" || saType === "esp" ? saType : `#${bytes[saTypeOffset] ?? 0}`).padEnd(3);
  const sa = find(message, "sa");
  if (sa === undefined) return `${protocol}? ?       `;
  return `${protocol} ${stateLetters[sa.state] ?? "?"} ${hexWord(sa.spi)}`;
}

function lifetimeText(message: Message, now: bigint): string {
  const current = find(message, "lifetimeCurrent");
  const hard = find(message, "lifetimeHard");
  if (current === undefined || hard === undefined || find(message, "lifetimeSoft") === undefined)
    return "???/???";
  const age = unsignedDifference(now, current.addTime);
  return `${short(age).padStart(3)}/${short(hard.addTime).padEnd(3)}`;
}

const short = (seconds: bigint): string => (seconds < 1000n ? `${seconds}` : "big");

function addressText(address: AddressExtension | undefined, host: Host): string {
  if (address === undefined) return "?";
  const { protocol, sockaddr } = address;
  const upper = protocol === 0 ? "" : `${protocolNames.get(protocol) ?? `#${protocol}`} `;
  const port = portOf(sockaddr);
  return `${upper}${ipText(sockaddr, host) ?? "?"}${port === 0 ? "" : `[${port}]`}`;
}
