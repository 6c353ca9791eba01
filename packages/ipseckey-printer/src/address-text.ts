import { formatAddress, fromV4Mapped, isUnspecified } from "@keysock/address";
import type { AddressExtension, Dialect, Sockaddr } from "@keysock/wire";
import type { PrintOptions } from "./options.ts";

/** Tag and name. */
type Label = readonly [tag: string, label: string];

const labels: Readonly<Record<Exclude<AddressExtension["kind"], "addressProxy">, Label>> = {
  addressSource: ["SRC", "Source address"],
  addressDestination: ["DST", "Destination address"],
  addressNatTLocal: ["NLC", "NAT-T local address"],
  addressNatTRemote: ["NRM", "NAT-T remote address"],
  addressInnerDestination: ["IND", "Inner destination address"],
  natTOriginalAddress: ["NOA", "NAT-T original address"],
};

/** Extension 7: illumos calls it INNER_SRC, everybody else ADDRESS_PROXY. */
const proxyLabels: Readonly<Record<Dialect["name"], Label>> = {
  illumos: ["INS", "Inner source address"],
  linux: ["PXY", "Proxy address"],
};

/** An address, in two lines. */
export function addressText(extension: AddressExtension, options: PrintOptions): string {
  const { kind, protocol, sockaddr, prefixLength } = extension;
  const [tag, label] = kind === "addressProxy" ? proxyLabels[options.dialect.name] : labels[kind];
  const first = `${tag}: ${label} (proto=${protocol}${protocolRemark(protocol, options)})\n`;
  // The original leaves the second line open, and whatever comes next is glued to it.
  if (options.compat && typeof sockaddr.family === "number") return `${first}${tag}: `;
  return `${first}${tag}: ${sockaddrText(sockaddr, prefixLength, options)}.\n`;
}

/**
 * A socket address with its port and, if names are wanted, its name.
 *
 * @param prefixLength - 0 is none
 */
export function sockaddrText(sockaddr: Sockaddr, prefixLength: number, options: PrintOptions): string {
  if (typeof sockaddr.family === "number") return `Address type ${sockaddr.family} not supported`;
  const { family, port, address } = sockaddr;
  const prefix = prefixLength === 0 ? "" : `/${prefixLength}`;
  const name = nameRemark(address, options);
  return `${family === "inet" ? "AF_INET" : "AF_INET6"}: port ${port}, ${formatAddress(address)}${prefix}${name}`;
}

function protocolRemark(protocol: number, { numeric, host }: PrintOptions): string {
  if (numeric) return "";
  return `/${protocol === 0 ? "<unspecified>" : (host.protocolName(protocol) ?? "<unknown>")}`;
}

function nameRemark(address: Uint8Array, { numeric, host }: PrintOptions): string {
  if (numeric) return "";
  if (isUnspecified(address)) return " <unspecified>";
  const name = host.reverse(fromV4Mapped(address));
  return name === undefined ? " <unknown>" : ` (${name})`;
}
