import { fromV4Mapped, isLinkLocal, isMulticast, parseAddress, parseLegacyInet } from "@keysock/address";
import type { ResolvedAddress, ResolveOptions } from "./host.ts";
import type { ResolveCode } from "./resolve-error.ts";

/** What an address in figures gives, as glibc's getaddrinfo(3): itself, or why it is refused. */
export type Numeric = Pick<ResolvedAddress, "family" | "address" | "scopeId"> | ResolveCode;

/** An address in figures, in inet_aton(3)'s short forms or with an IPv6 scope; undefined where the text is a name. */
export function numericAddress(
  text: string,
  family: ResolveOptions["family"],
  interfaceIndex: (name: string) => number | undefined,
): Numeric | undefined {
  const inet = parseLegacyInet(text);
  if (inet) return family === "inet6" ? "EAI_ADDRFAMILY" : { family: "inet", address: inet, scopeId: 0 };

  const percent = text.indexOf("%");
  const address = parseAddress(percent < 0 ? text : text.slice(0, percent));
  if (address?.length !== 16) return undefined;
  if (family === "inet") {
    const mapped = fromV4Mapped(address);
    return mapped.length === 4 ? { family, address: mapped, scopeId: 0 } : "EAI_ADDRFAMILY";
  }
  const scopeId = percent < 0 ? 0 : scopeNumber(address, text.slice(percent + 1), interfaceIndex);
  return scopeId === undefined ? "EAI_NONAME" : { family: "inet6", address, scopeId };
}

/** Only link-local addresses (RFC 4007 section 6) take an interface's name; any takes a number. */
function scopeNumber(
  address: Uint8Array,
  scope: string,
  interfaceIndex: (name: string) => number | undefined,
): number | undefined {
  const multicastScope = isMulticast(address) ? address[1]! & 0xf : 0;
  const named = isLinkLocal(address) || multicastScope === 1 || multicastScope === 2;
  const index = named ? interfaceIndex(scope) : undefined;
  if (index !== undefined) return index;
  const number = Number(scope);
  return /^[0-9]+$/.test(scope) && number <= 0xffff_ffff ? number : undefined;
}

/**
 * The port that a service in figures gives; undefined where glibc looks it up as a name. It reads with strtoul(3), keeps
 * an int of that, and the port is what is left of it in 16 bits.
 */
export function numericPort(service: string): number | undefined {
  const figures = /^[ \t\n\v\f\r]*\+?([0-9]+)$/.exec(service)?.[1];
  if (figures === undefined) return service === "" ? 0 : undefined;
  const unsignedLong = BigInt(figures) > 0xffff_ffff_ffff_ffffn ? -1n : BigInt(figures);
  const int = Number(BigInt.asIntN(32, unsignedLong));
  return int < 0 ? undefined : int & 0xffff;
}
