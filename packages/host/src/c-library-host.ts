import type { CLibrary } from "./c-library.ts";
import type { Host, ResolveOptions } from "./host.ts";
import { nameOfProtocol, numberOfProtocol, protocols } from "./protocols.ts";
import { resolveCode } from "./resolve-code.ts";
import { ResolveError } from "./resolve-error.ts";
import { familyNumbers, fromSocketAddress, swapPort, toSocketAddress } from "./socket-address.ts";

/** `<sys/socket.h>`, `<netinet/in.h>` and `<netdb.h>` of Linux. */
const AF_UNSPEC = 0;
const SOCK_DGRAM = 2;
const IPPROTO_UDP = 17;
const AI_NUMERICHOST = 4;
const NI_NAMEREQD = 8;
const EAI_NONAME = -2;

/** The host that a C library makes. */
export function hostOver(library: CLibrary): Host {
  const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));
  return {
    resolve(name, options = {}) {
      return resolve(name, options);
    },
    reverse(address) {
      const socketAddress = toSocketAddress(address);
      return socketAddress && library.getnameinfo(socketAddress, NI_NAMEREQD);
    },
    protocolNumber: (name) => ask(name, library.getprotobyname)?.number ?? numberOfProtocol(protocols, name),
    protocolName: (number) => library.getprotobynumber(number)?.name ?? nameOfProtocol(protocols, number),
    servicePort(name, protocol) {
      const found = ask(name, (whole) => library.getservbyname(whole, protocol));
      return found && swapPort(found.port);
    },
    serviceName: (port, protocol) => library.getservbyport(swapPort(port), protocol)?.name,
    interfaceIndex: (name) => ask(name, library.if_nametoindex) || undefined,
    interfaceName: (index) => library.if_indextoname(index),
    now() {
      const { seconds, nanoseconds } = library.clock_gettime();
      return seconds * 1000 + nanoseconds / 1_000_000;
    },
    sleep(milliseconds) {
      Atomics.wait(nobodyWakes, 0, 0, milliseconds);
    },
    pid: process.pid,
    get uid() {
      return process.geteuid?.() ?? 0;
    },
  };

  function resolve(name: string, { family, numericOnly, service }: ResolveOptions) {
    const fail = (code: number) =>
      new ResolveError(name, resolveCode(code), library.gai_strerror(code), service);
    if (name.includes("\0") || service?.includes("\0")) throw fail(EAI_NONAME);
    const flags = numericOnly ? AI_NUMERICHOST : 0;
    const hints = [flags, family ? familyNumbers[family] : AF_UNSPEC, SOCK_DGRAM, IPPROTO_UDP] as const;
    const found = library.getaddrinfo(name, service ?? null, hints);
    if ("failure" in found) throw fail(found.failure);
    return found.addresses.flatMap((bytes) => fromSocketAddress(bytes) ?? []);
  }
}

/** Asks by name, but never by one that C would read only the beginning of. */
function ask<T>(name: string, lookup: (name: string) => T): T | undefined {
  return name.includes("\0") ? undefined : lookup(name);
}
