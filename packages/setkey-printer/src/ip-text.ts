import { formatAddress, formatScoped } from "@keysock/address";
import type { Host } from "@keysock/host";
import type { Sockaddr } from "@keysock/wire";

/** An address in figures, a scope after it by the interface's name; undefined where it is not IP. */
export function ipText(sockaddr: Sockaddr, host: Host): string | undefined {
  if (sockaddr.family === "inet") return formatAddress(sockaddr.address);
  if (sockaddr.family !== "inet6") return undefined;
  const { address, scopeId } = sockaddr;
  if (scopeId === 0) return formatAddress(address);
  return formatScoped({ address, scope: host.interfaceName(scopeId) ?? `${scopeId}` });
}

/** The port; 0 where there is none. */
export const portOf = (sockaddr: Sockaddr): number => ("port" in sockaddr ? sockaddr.port : 0);
