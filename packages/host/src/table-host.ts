import { familyOf, parseScoped, sameAddress } from "@keysock/address";
import type { Host, ResolvedAddress, ResolveOptions } from "./host.ts";
import { numericAddress, numericPort } from "./numeric.ts";
import {
  protocols as builtInProtocols,
  nameOfProtocol,
  numberOfProtocol,
  type ProtocolRow,
} from "./protocols.ts";
import { resolveText } from "./resolve-code.ts";
import { type ResolveCode, ResolveError } from "./resolve-error.ts";

/** One service: its port, its protocol, its name and its other names. */
export type ServiceRow = readonly [port: number, protocol: string, name: string, aliases?: readonly string[]];

/** What a table host knows. Whatever is left out is empty, but for the protocols. */
export interface HostTables {
  /** Addresses of a name in the resolver's order; IPv6 ones may carry a scope: `fe80::1%eth0`. */
  names?: Readonly<Record<string, readonly string[]>>;
  /** How a name that is not in the table fails: `EAI_NONAME` unless given, `EAI_AGAIN` as where no name server answers. */
  unknownName?: ResolveCode;
  /** The protocols of a Debian machine unless given. */
  protocols?: readonly ProtocolRow[];
  services?: readonly ServiceRow[];
  /** Index of each interface. */
  interfaces?: Readonly<Record<string, number>>;
  /** Milliseconds since 1970 that the clock begins at; 0 unless given. */
  now?: number;
  /** 1 unless given. */
  pid?: number;
  /** 0 unless given. */
  uid?: number;
}

/** A host made of tables, with a clock that only its owner turns. */
export interface TableHost extends Host {
  /** Turns the clock to that many milliseconds since 1970. */
  setNow(milliseconds: number): void;
}

/**
 * A host made of tables, for tests, examples and whatever has no machine to ask. Addresses in figures need no table: they are
 * read as glibc's getaddrinfo(3) reads them. Its clock stands still until it is set; `sleep` turns it on.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableHost } from "@keysock/host";
 *
 * const host = tableHost({
 *   names: { gateway: ["192.0.2.1", "2001:db8::1"] },
 *   services: [[500, "udp", "isakmp"]],
 *   interfaces: { eth0: 2 },
 * });
 * assert.deepEqual(host.resolve("gateway", { family: "inet", service: "isakmp" }), [
 *   { family: "inet", address: Uint8Array.of(192, 0, 2, 1), port: 500, scopeId: 0 },
 * ]);
 * assert.equal(host.resolve("fe80::1%eth0")[0]?.scopeId, 2);
 * assert.equal(host.protocolName(50), "esp");
 * host.sleep(1500);
 * assert.equal(host.now(), 1500);
 * ```
 */
export function tableHost(tables: HostTables = {}): TableHost {
  const { unknownName = "EAI_NONAME", protocols = builtInProtocols, services = [] } = tables;
  const interfaces = Object.entries(tables.interfaces ?? {});
  const interfaceIndex = (name: string) => interfaces.find(([each]) => each === name)?.[1];
  const names = Object.entries(tables.names ?? {}).map(([name, texts]) => ({
    name,
    addresses: texts.map((text) => tableAddress(name, text)),
  }));
  const service = (name: string, protocol: string) =>
    services.find(
      ([, its, first, aliases = []]) => its === protocol && (first === name || aliases.includes(name)),
    );
  let now = tables.now ?? 0;

  return {
    resolve,
    reverse: (address) =>
      names.find(({ addresses }) => addresses.some((each) => sameAddress(each.address, address)))?.name,
    protocolNumber: (name) => numberOfProtocol(protocols, name),
    protocolName: (number) => nameOfProtocol(protocols, number),
    servicePort: (name, protocol) => service(name, protocol)?.[0],
    serviceName: (port, protocol) => services.find((row) => row[0] === port && row[1] === protocol)?.[2],
    interfaceIndex,
    interfaceName: (index) => interfaces.find((each) => each[1] === index)?.[0],
    now: () => now,
    sleep(milliseconds) {
      now += milliseconds;
    },
    setNow(milliseconds) {
      now = milliseconds;
    },
    pid: tables.pid ?? 1,
    uid: tables.uid ?? 0,
  };

  function tableAddress(name: string, text: string) {
    const found = parseScoped(text) && numericAddress(text, undefined, interfaceIndex);
    if (typeof found === "object") return found;
    throw new TypeError(`"names.${name}" holds "${text}", expected an IP address`);
  }

  function resolve(name: string, options: ResolveOptions = {}): ResolvedAddress[] {
    const fail = (code: ResolveCode) => new ResolveError(name, code, resolveText(code), options.service);
    // The service first, as glibc does: with both unknown it is the service that fails.
    const port = options.service === undefined ? 0 : udpPort(options.service);
    if (port === undefined) throw fail("EAI_SERVICE");
    const numeric = numericAddress(name, options.family, interfaceIndex);
    if (typeof numeric === "object") return [{ ...numeric, port }];
    if (numeric !== undefined) throw fail(numeric);
    if (options.numericOnly) throw fail("EAI_NONAME");
    const found = names
      .filter((each) => each.name.toLowerCase() === name.toLowerCase())
      .flatMap(({ addresses }) => addresses)
      .filter(({ address }) => options.family === undefined || familyOf(address) === options.family);
    if (found.length === 0) throw fail(unknownName);
    return found.map((each) => ({ ...each, address: each.address.slice(), port }));
  }

  function udpPort(text: string): number | undefined {
    return numericPort(text) ?? service(text, "udp")?.[0];
  }
}
