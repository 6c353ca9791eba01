/** An address as a resolver gives it. */
export interface ResolvedAddress {
  family: "inet" | "inet6";
  /** 4 or 16 bytes in network order. */
  address: Uint8Array;
  /** 0 where no service was asked for. */
  port: number;
  /** Interface index of a link-local IPv6 address, else 0. */
  scopeId: number;
}

/** What to ask of the resolver beside the name. */
export interface ResolveOptions {
  /** Only this family; both unless given. */
  family?: "inet" | "inet6";
  /** Accept an address in figures only, never ask for a name. */
  numericOnly?: boolean;
  /** Service name or port number; looked up for UDP, as the originals do. */
  service?: string;
}

/** What a command asks of its machine. Synchronous; real in `@keysock/host/native`, a table in tests. */
export interface Host {
  /**
   * Addresses of a name in the resolver's order, as getaddrinfo(3) with SOCK_DGRAM.
   *
   * @throws ResolveError with the C library's text (`Name or service not known`)
   */
  resolve(name: string, options?: ResolveOptions): ResolvedAddress[];
  /** The name of an address, or undefined if it has none. */
  reverse(address: Uint8Array): string | undefined;
  /** `tcp` to 6, or undefined. */
  protocolNumber(name: string): number | undefined;
  /** 6 to `tcp`, or undefined. */
  protocolName(number: number): string | undefined;
  /** Port of a service, or undefined. */
  servicePort(name: string, protocol: string): number | undefined;
  /** Service of a port, or undefined. */
  serviceName(port: number, protocol: string): string | undefined;
  /** Index of an interface, or undefined. */
  interfaceIndex(name: string): number | undefined;
  /** Name of an interface, or undefined. */
  interfaceName(index: number): string | undefined;
  /** Milliseconds since 1970, with a fraction down to the microsecond. */
  now(): number;
  /** Lets that many milliseconds pass. */
  sleep(milliseconds: number): void;
  readonly pid: number;
  /** The effective user id, which is what a kernel asks for. */
  readonly uid: number;
}
