/**
 * The lines of an SA, each without its ` \` and line end.
 */
import { formatAddress } from "@keysock/address";
import type {
  Inet6Sockaddr,
  InetSockaddr,
  KeyExtension,
  LifetimeExtension,
  Message,
  SaExtension,
} from "@keysock/wire";
import { algorithmWord } from "./algorithm-word.ts";
import type { SaveOptions } from "./options.ts";

/** SPI, algorithms and replay window, and other words behind them. */
export function saLine(
  { spi, encryption, authentication, replay }: SaExtension,
  saType: Message["saType"],
  others: readonly string[],
  { dialect }: SaveOptions,
): string {
  // A number of IPComp is none of a cipher, and ipseckey has no words for those.
  const cipher = saType === "ipcomp" ? `${encryption}` : algorithmWord("encryption", encryption, dialect);
  const digest = algorithmWord("authentication", authentication, dialect);
  const algorithms = `${encryption === 0 ? "" : `encr_alg ${cipher} `}${authentication === 0 ? "" : `auth_alg ${digest} `}`;
  return `    spi 0x${spi.toString(16)} ${algorithms}replay ${replay} ${others.join(" ")}`;
}

/** The limits that are set. */
export function lifetimeLine(word: "hard" | "soft" | "idle", lifetime: LifetimeExtension): string {
  const { allocations, bytes, addTime, useTime } = lifetime;
  const limits = [
    ["alloc", BigInt(allocations)],
    ["bytes", bytes],
    ["addtime", addTime],
    ["usetime", useTime],
  ] as const;
  return `\t${limits.map(([name, value]) => (value === 0n ? "" : `${word}_${name} ${value} `)).join("")}`;
}

/** Two words: for an address and for its port. */
export type AddressWords = readonly [address: string, port: string];

/**
 * An address with its port.
 *
 * @param suffix - what follows the address without a blank
 */
export function addressLine(
  [word, portWord]: AddressWords,
  { address, port }: InetSockaddr | Inet6Sockaddr,
  suffix: string,
): string {
  return `    ${word} ${formatAddress(address)}${suffix}${port === 0 ? "" : ` ${portWord} ${port}`}`;
}

/** A key and its salt as one string of digits. */
export function keyLine({ kind, key, salt, bits, reserved }: KeyExtension, paranoid = false): string {
  const digits = [...key, ...(salt ?? [])].map((byte) =>
    paranoid ? "XX" : byte.toString(16).padStart(2, "0"),
  );
  const count = salt === undefined ? bits : bits + reserved;
  return `\t${kind === "keyEncryption" ? "encrkey" : "authkey"} ${digits.join("")}/${count}`;
}
