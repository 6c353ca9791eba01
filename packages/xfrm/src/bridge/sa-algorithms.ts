/**
 * Algorithms: PF_KEY knows them by numbers, each with one length of its ICV; XFRM by the names of Linux's crypto API and
 * any length.
 */
import {
  type Algorithm as AlgorithmRow,
  algorithmByLinuxName,
  algorithmByNumber,
  authenticationAlgorithms,
  compressionAlgorithms,
  encryptionAlgorithms,
} from "@keysock/algorithms";
import type { AskedSa, SaKey, ShownSa, SupportedNumbers } from "@keysock/engine/linux";
import { find, type Message, type XfrmExtension } from "@keysock/wire";
import type { Algorithm } from "../algorithm.ts";
import type { Attribute } from "../attribute.ts";
import { attributeValue } from "../message.ts";

const numbersIn = (rows: readonly AlgorithmRow[]): number[] =>
  rows.flatMap(({ linuxName, numbers }) =>
    linuxName !== undefined && numbers.linux !== undefined ? [numbers.linux] : [],
  );

/** What has a name; whether this kernel has it, its answer says. */
export const named: SupportedNumbers = {
  authentication: numbersIn(authenticationAlgorithms),
  encryption: numbersIn(encryptionAlgorithms),
  compression: numbersIn(compressionAlgorithms),
};

/** XFRMA_ALG_* of a new SA: the names of the xfrm extension before the numbers. */
export function algorithmAttributes(
  message: Message,
  sa: AskedSa,
  xfrm: XfrmExtension | undefined,
): Attribute[] {
  const attributes: Attribute[] = [];
  const authentication = xfrm?.authentication ?? authenticationOf(sa.authentication);
  if (authentication !== undefined) {
    const key = keyed(authentication.name, find(message, "keyAuthentication"));
    attributes.push({
      kind: "algAuthTrunc",
      value: { ...key, truncationBits: authentication.truncationBits },
    });
  }
  if (message.saType === "ipcomp") {
    const name = xfrm?.compression?.name ?? nameOf("compression", sa.encryption);
    if (name !== undefined) attributes.push({ kind: "algComp", value: keyed(name, undefined) });
    return attributes;
  }
  const aead = xfrm?.aead ?? (xfrm?.encryption ? undefined : aeadOf(sa.encryption));
  if (aead !== undefined) {
    const key = keyed(aead.name, find(message, "keyEncryption"));
    attributes.push({ kind: "algAead", value: { ...key, icvBits: aead.icvBits } });
    return attributes;
  }
  const name = xfrm?.encryption?.name ?? nameOf("encryption", sa.encryption);
  if (name !== undefined)
    attributes.push({ kind: "algCrypt", value: keyed(name, find(message, "keyEncryption")) });
  return attributes;
}

const nameOf = (kind: "encryption" | "compression", number: number): string | undefined =>
  algorithmByNumber(kind, number, "linux")?.linuxName;

function authenticationOf(number: number): { name: string; truncationBits: number } | undefined {
  const row = algorithmByNumber("authentication", number, "linux");
  return row?.linuxName === undefined
    ? undefined
    : { name: row.linuxName, truncationBits: row.icvBits?.linux ?? 0 };
}

function aeadOf(number: number): { name: string; icvBits: number } | undefined {
  const row = algorithmByNumber("encryption", number, "linux");
  if (!row?.aead || row.linuxName === undefined) return undefined;
  return { name: row.linuxName, icvBits: row.icvBits?.linux ?? 0 };
}

const keyed = (name: string, key: { bits: number; key: Uint8Array } | undefined): Algorithm => ({
  name,
  bits: key?.bits ?? 0,
  key: key?.key.slice() ?? new Uint8Array(),
});

type ShownAlgorithms = Pick<ShownSa, "authentication" | "encryption" | "authenticationKey" | "encryptionKey">;
type NamedAlgorithms = Pick<XfrmExtension, "authentication" | "encryption" | "aead" | "compression">;

/** The algorithms of an SA by number, and by name where a number does not say it. */
export function algorithmsOf(message: { readonly attributes: readonly Attribute[] }): {
  shown: ShownAlgorithms;
  names: NamedAlgorithms;
} {
  const names: NamedAlgorithms = {};
  const authentication = attributeValue(message, "algAuthTrunc");
  const row = authentication && algorithmByLinuxName("authentication", authentication.name);
  if (
    authentication &&
    (row?.numbers.linux === undefined || row.icvBits?.linux !== authentication.truncationBits)
  ) {
    names.authentication = { name: authentication.name, truncationBits: authentication.truncationBits };
  }
  const cipher = cipherOf(message, names);
  return {
    shown: {
      authentication: row?.numbers.linux ?? 0,
      authenticationKey: authentication && keyOf(authentication),
      encryption: cipher.number,
      encryptionKey: cipher.key,
    },
    names,
  };
}

function cipherOf(
  message: { readonly attributes: readonly Attribute[] },
  names: NamedAlgorithms,
): { number: number; key: SaKey | undefined } {
  const aead = attributeValue(message, "algAead");
  if (aead !== undefined) {
    const number = algorithmByLinuxName("encryption", aead.name, aead.icvBits)?.numbers.linux;
    if (number === undefined) names.aead = { name: aead.name, icvBits: aead.icvBits };
    return { number: number ?? 0, key: keyOf(aead) };
  }
  const compression = attributeValue(message, "algComp");
  if (compression !== undefined) {
    const number = algorithmByLinuxName("compression", compression.name)?.numbers.linux;
    if (number === undefined) names.compression = { name: compression.name };
    return { number: number ?? 0, key: undefined };
  }
  const encryption = attributeValue(message, "algCrypt");
  if (encryption === undefined) return { number: 0, key: undefined };
  const number = algorithmByLinuxName("encryption", encryption.name)?.numbers.linux;
  if (number === undefined) names.encryption = { name: encryption.name };
  return { number: number ?? 0, key: keyOf(encryption) };
}

const keyOf = ({ bits, key }: Algorithm): SaKey => ({ bits, bytes: key });
