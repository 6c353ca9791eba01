import { type IdentityExtension, IllumosIdentityType } from "@keysock/wire";
import { quoted } from "./quoted.ts";

const types: ReadonlyMap<number, string> = new Map([
  [IllumosIdentityType.prefix, "prefix"],
  [IllumosIdentityType.fqdn, "fqdn"],
  [IllumosIdentityType.userFqdn, "user_fqdn"],
  [IllumosIdentityType.dn, "der_dn"],
  [IllumosIdentityType.gn, "der_gn"],
]);

/** An identity as the original writes it, be it loadable or not. */
export function originalIdentityLine(extension: IdentityExtension): string {
  const { identityType } = extension;
  const isDer = identityType === IllumosIdentityType.dn || identityType === IllumosIdentityType.gn;
  return line(extension, isDer ? "<can-not-print>" : characters(extension));
}

/** An identity; undefined where it is no word of ipseckey. */
export function identityLine(extension: IdentityExtension): string | undefined {
  const word = quoted(characters(extension));
  return word === undefined ? undefined : line(extension, word);
}

const line = ({ kind, identityType }: IdentityExtension, word: string): string =>
  `\t${kind === "identitySource" ? "srcidtype" : "dstidtype"} ${types.get(identityType) ?? identityType} ${word}`;

/** Up to the NUL, one character a byte. */
function characters({ data }: IdentityExtension): string {
  const nul = data.indexOf(0);
  return Array.from(nul < 0 ? data : data.subarray(0, nul), (byte) => String.fromCharCode(byte)).join("");
}
