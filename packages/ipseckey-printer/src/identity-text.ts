import { type IdentityExtension, IllumosIdentityType } from "@keysock/wire";
import type { PrintOptions } from "./options.ts";
import { printable } from "./printable.ts";
import { x500Name } from "./x500-name.ts";

const types: ReadonlyMap<number, string> = new Map([
  [IllumosIdentityType.prefix, "prefix"],
  [IllumosIdentityType.fqdn, "FQDN"],
  [IllumosIdentityType.userFqdn, "user-FQDN (mbox)"],
  [IllumosIdentityType.dn, "ASN.1 DER Distinguished Name"],
  [IllumosIdentityType.gn, "ASN.1 DER Generic Name"],
  [IllumosIdentityType.keyId, "Generic key id"],
  [IllumosIdentityType.addressRange, "Address range"],
]);

/** An identity, in two lines. */
export function identityText(extension: IdentityExtension, { compat }: PrintOptions): string {
  const { kind, identityType, id } = extension;
  const [tag, name] = kind === "identitySource" ? ["SID", "Source"] : ["DID", "Destination"];
  // The original prints the 64 bits with %d.
  const uid = compat ? BigInt.asIntN(32, id) : id;
  const type = types.get(identityType) ?? `<unknown ${identityType}>`;
  return `${tag}: ${name} identity, uid=${uid}, type ${type}\n${tag}: ${valueText(extension, compat)}\n`;
}

function valueText({ identityType, data }: IdentityExtension, compat = false): string {
  if (identityType !== IllumosIdentityType.dn && identityType !== IllumosIdentityType.gn)
    return printable(data);
  // The original asks a library that not every machine has.
  return (compat ? undefined : x500Name(data)) ?? "<cannot interpret>";
}
