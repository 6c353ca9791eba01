import type { AddressExtension, Dialect, Extension, Message, Sockaddr } from "@keysock/wire";
import { type AddressWords, addressLine } from "./lines.ts";
import type { SaveOptions } from "./options.ts";

/** Where an address is, and its words. */
type Row = readonly [place: "outer" | "inner" | "nat", ...words: AddressWords];

// The blank behind `nat_loc` and `nat_rem` is the original's.
const rows: Readonly<Partial<Record<Extension["kind"], Row>>> = {
  addressSource: ["outer", "src", "sport"],
  addressDestination: ["outer", "dst", "dport"],
  addressProxy: ["inner", "isrc", "isport"],
  addressInnerDestination: ["inner", "idst", "idport"],
  addressNatTLocal: ["nat", "nat_loc ", "nat_lport"],
  addressNatTRemote: ["nat", "nat_rem ", "nat_rport"],
};

/** An address, and in front of the first outer and the first inner one that has a protocol that protocol. */
export function addressLines(
  extension: AddressExtension,
  { extensions }: Message,
  options: SaveOptions,
): string[] {
  const row = rows[extension.kind];
  const { sockaddr } = extension;
  if (row === undefined || typeof sockaddr.family === "number") return [];
  const [place, ...words] = row;
  const line = addressLine(
    words,
    sockaddr,
    `${scopeText(extension, options)}${prefixText(extension, place, options)}`,
  );
  const first = extensions.find(
    (each) => "protocol" in each && rows[each.kind]?.[0] === place && protocolOf(each, options.dialect) !== 0,
  );
  if (place === "nat" || first !== extension) return [line];
  return [`    ${place === "inner" ? "iproto" : "proto"} ${protocolOf(extension, options.dialect)}`, line];
}

/** Whether the prefix length says nothing: 0 stands for none. */
export const isWhole = ({ sockaddr, prefixLength }: AddressExtension): boolean =>
  prefixLength === 0 || prefixLength === fullLength(sockaddr);

/** Whether there are fewer bits. */
export const isTooLong = ({ sockaddr, prefixLength }: AddressExtension): boolean =>
  prefixLength > fullLength(sockaddr);

const fullLength = ({ family }: Sockaddr): number => (family === "inet" ? 32 : 128);

/** 0 is any; so is 255 on Linux. */
const protocolOf = ({ protocol }: { protocol: number }, { name }: Dialect): number =>
  name === "linux" && protocol === 255 ? 0 : protocol;

/** The original does not tell the scope. */
function scopeText({ sockaddr }: AddressExtension, { compat }: SaveOptions): string {
  return !compat && sockaddr.family === "inet6" && sockaddr.scopeId !== 0 ? `%${sockaddr.scopeId}` : "";
}

/**
 * What is not said is read as the whole address. The original leaves out 0 too, and writes a prefix where it cannot be
 * read.
 */
function prefixText(
  { sockaddr, prefixLength }: AddressExtension,
  place: Row[0],
  { compat }: SaveOptions,
): string {
  if (prefixLength === fullLength(sockaddr)) return "";
  return (compat ? prefixLength !== 0 : place === "inner") ? `/${prefixLength}` : "";
}
