/** Words that are reserved wherever they stand, with what the scanner takes them for. */
export const reservedWords: ReadonlyMap<string, string> = new Map([
  ...words("keyword", "add delete deleteall get flush dump exit quit bye"),
  ...words("keyword", "spdadd spdupdate spddelete spddump spdflush tagged"),
  ...words("protocol", "ah esp ah-old esp-old ipcomp tcp"),
  ...words("keyword", "esp-udp transport tunnel any oui deflate lzs"),
  ...words("keyword", "random-pad seq-pad zero-pad nocyclic-seq"),
]);

/** Reserved in the default face only: statements that ipsec-tools 0.8 does not know. */
export const widerReservedWords: ReadonlyMap<string, string> = new Map(words("keyword", "getspi update"));

/** Flags that take a number. */
export const numberFlags = ["-u", "-r", "-lh", "-ls", "-bh", "-bs", "-esp_frag"] as const;
/** The other flags before the algorithms and behind them; `-E`, `-A` and `-P` change the scanner's state. */
export const plainFlags = ["-m", "-f", "-C", "-R", "-ctx"] as const;
/** Taken in the default face only: flags of FreeBSD, and our own for what Linux has over XFRM. */
export const widerFlags = [
  ...["-natt", "-natt_mtu", "-esn", "-hwif"],
  ...["-mark", "-output-mark", "-if_id", "-dir", "-sel"],
] as const;

/** Names after `-E` that take a key. `null` and `simple` take none. */
export const encryptionNames: readonly string[] = list(
  "des-cbc 3des-cbc des-deriv des-32iv cast128-cbc blowfish-cbc",
  "aes-cbc rijndael-cbc aes-ctr camellia-cbc twofish-cbc",
);
/** Not for ipsec-tools: it has no number for them on Linux, or never heard of them. */
export const widerEncryptionNames: readonly string[] = list(
  "aes-gcm-8 aes-gcm-12 aes-gcm-16 aes-ccm-8 aes-ccm-12 aes-ccm-16 aes-gmac chacha20-poly1305",
);

/** Names after `-A` that take a key. `null` takes none. */
export const authenticationNames: readonly string[] = list(
  "hmac-md5 hmac-sha1 keyed-md5 keyed-sha1 hmac-ripemd160 aes-xcbc-mac",
  "hmac-sha256 hmac-sha2-256 hmac-sha384 hmac-sha2-384 hmac-sha512 hmac-sha2-512",
);
export const widerAuthenticationNames: readonly string[] = list(
  "tcp-md5 chacha20-poly1305 hmac-sha256-128 aes-cmac",
);

/**
 * Names that ipsec-tools' scanner has but whose numbers Linux lacks: it skips the word without a sound, and its parser
 * then stumbles over the key.
 */
export const skippedNames = {
  encryption: ["aes-gcm-16", "aes-gmac"],
  authentication: ["tcp-md5"],
} as const;

function list(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(" "));
}

function words(type: string, line: string): [string, string][] {
  return list(line).map((word) => [word, type]);
}
