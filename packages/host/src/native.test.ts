import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { loadCLibrary } from "./c-library.ts";
import { hostOver } from "./c-library-host.ts";
import { nativeHost } from "./native.ts";
import { protocols } from "./protocols.ts";
import { ResolveError } from "./resolve-error.ts";
import { tableHost } from "./table-host.ts";
import { outcome } from "./testing/outcome.ts";

const loadedKoffi = () =>
  Object.keys(createRequire(import.meta.url).cache).some((path) => /koffi/.test(path));
const loadedByImport = loadedKoffi();
const host = nativeHost();

it("loads koffi when it is called, not when it is imported", () => {
  expect([loadedByImport, loadedKoffi()]).toEqual([false, true]);
});

/** All lines of one of the machine's databases by getent(1), or undefined where either is missing. */
function database(name: string): string[] | undefined {
  const lines = output("getent", name)?.trim().split("\n") ?? [];
  return lines.length > 1 ? lines : undefined;
}

function output(program: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: "utf8" });
  } catch {
    return undefined;
  }
}

describe("addresses in figures", () => {
  const table = tableHost({ interfaces: { lo: host.interfaceIndex("lo")! } });
  const names = [
    "127.0.0.1",
    "10.1",
    "0x7f.1",
    "010.1",
    "08.1",
    "1.2.3.256",
    "1..2",
    "1.",
    " 1.2.3.4",
    "1.2.3.4 ",
    "1.2.3.4%lo",
    "4294967295",
    "4294967296",
    "",
    "::",
    "::1",
    "::1%1",
    "::ffff:1.2.3.4",
    "::ffff:1.2.3.4%1",
    "::1.2.3.4",
    "2001:DB8::1",
    "2001:db8::1%lo",
    "2001:db8::1%4294967295",
    "2001:db8::1%4294967296",
    "fe80::1",
    "fe80::1%lo",
    "fe80::1%nosuch",
    "fe80::1%",
    "fe80::1%1",
    "fe80::1%99",
    "fe80::1% 1",
    "fe80::1%lo%lo",
    "fec0::1%lo",
    "ff01::1%lo",
    "ff02::1%lo",
    "ff05::1%lo",
    "fe80::1::2",
    "1:2:3:4:5:6:7:8:9",
    "%lo",
    "localhost",
  ];
  const services = [
    undefined,
    "",
    "0",
    "500",
    "65535",
    "65536",
    "70000",
    " 5",
    "+5",
    "-1",
    "5 ",
    "5x",
    "0x10",
  ];
  const big = ["2147483647", "2147483648", "4294967296", "18446744073709551615", "18446744073709551616"];

  it.each(names)("%o as the table host has it, in any family", (name) => {
    for (const family of [undefined, "inet", "inet6"] as const) {
      const options = { numericOnly: true, ...(family && { family }) };
      expect(outcome(host, name, options)).toEqual(outcome(table, name, options));
    }
  });

  it.each([...services, ...big])("port %o as the table host has it", (service) => {
    const options = service === undefined ? {} : { service };
    expect(outcome(host, "127.0.0.1", options)).toEqual(outcome(table, "127.0.0.1", options));
  });

  it("says that the service failed where the name does too", () => {
    const options = { numericOnly: true, service: "nosuch" };
    expect(outcome(host, "nosuch", options)).toBe("EAI_SERVICE");
    expect(outcome(table, "nosuch", options)).toBe("EAI_SERVICE");
  });

  const piece = fc.constantFrom(
    "1",
    "0",
    "255",
    "256",
    "0x1f",
    "017",
    "09",
    "db8",
    "ffff",
    "fe80",
    ".",
    ":",
    "::",
    "%",
    "lo",
    " ",
  );
  const inet = fc.array(fc.constantFrom("1", "0", "255", "256", "65536", "0x1f", "017", "08"), {
    maxLength: 5,
  });
  const inet6 = fc.array(fc.constantFrom("", "1", "0", "ffff", "fe80", "12345", "1.2.3.4"), { maxLength: 9 });
  const scope = fc.constantFrom("", "", "", "%lo", "%1", "%x");
  const text = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
    inet.map((parts) => parts.join(".")),
    fc.tuple(inet6, scope).map(([parts, end]) => parts.join(":") + end),
  );
  test.prop([text, fc.constantFrom("inet", "inet6", undefined)], { numRuns: 500 })(
    "any text as the table host has it",
    (name, family) => {
      const options = { numericOnly: true, ...(family && { family }) };
      expect(outcome(host, name, options)).toEqual(outcome(table, name, options));
    },
  );
});

describe("names", () => {
  it("resolves localhost to a loopback address, and back", () => {
    const addresses = outcome(host, "localhost");
    expect(["127.0.0.1", "::1"]).toContain(addresses[0]);
    expect(host.reverse(host.resolve("localhost")[0]!.address)).toMatch(/localhost/);
  });

  it("fails for a name that nobody has (RFC 6761 section 6.4)", () => {
    // EAI_AGAIN where no name server answers.
    expect(["EAI_NONAME", "EAI_AGAIN"]).toContain(outcome(host, "nosuch.invalid"));
  });

  it("says so with the C library's text", () => {
    const error = new ResolveError("::1", "EAI_ADDRFAMILY", "Address family for hostname not supported");
    expect(() => host.resolve("::1", { family: "inet" })).toThrow(error);
  });

  it("never asks for the part of a name before a NUL", () => {
    expect(outcome(host, "127.0.0.1\0.example")).toBe("EAI_NONAME");
    expect(outcome(host, "127.0.0.1", { service: "53\0" })).toBe("EAI_NONAME");
    expect(host.protocolNumber("tcp\0x")).toBeUndefined();
    expect(host.servicePort("domain\0x", "udp")).toBeUndefined();
    expect(host.interfaceIndex("lo\0x")).toBeUndefined();
  });

  it.each([
    ["no name", [192, 0, 2, 1]],
    ["three bytes", [192, 0, 2]],
    ["no bytes", []],
  ])("has no name for an address with %s", (_, bytes) => {
    expect(host.reverse(Uint8Array.from(bytes))).toBeUndefined();
  });
});

describe("protocols", () => {
  it.each(protocols.map(([number, name]) => [name, number] as const))("%s is %d", (name, number) => {
    expect(host.protocolNumber(name)).toBe(number);
  });

  it("names every number as the machine's database does, or as the built-in table", () => {
    const lines = database("protocols");
    if (!lines)
      console.warn("no protocol database or no getent here: compared with the built-in table alone");
    const rows =
      lines?.map((line) => line.split(/\s+/)) ?? protocols.map(([number, name]) => [name, `${number}`]);
    const expected = new Map<number, string>();
    for (const [name, number] of rows) if (!expected.has(Number(number))) expected.set(Number(number), name!);
    for (const [number, name] of expected)
      expect([number, host.protocolName(number)]).toEqual([number, name]);
    expect(host.protocolName(253)).toBeUndefined();
  });

  it("falls back to the built-in table where the machine has no database", () => {
    const bare = hostOver({
      ...loadCLibrary(),
      getprotobyname: () => undefined,
      getprotobynumber: () => undefined,
    });
    expect([bare.protocolNumber("esp"), bare.protocolName(51), bare.protocolNumber("nosuch")]).toEqual([
      50,
      "ah",
      undefined,
    ]);
  });
});

describe("services", () => {
  it("has every one of the machine's", () => {
    const lines = database("services");
    if (!lines) {
      console.warn(
        "no service database or no getent here: expecting the C library to have no service either",
      );
      expect(host.servicePort("domain", "udp")).toBeUndefined();
      return;
    }
    const ports = new Map<string, number>();
    const firstNames = new Map<string, string>();
    for (const line of lines) {
      const [name, at, ...aliases] = line.split(/\s+/);
      const [port, protocol] = at!.split("/");
      for (const each of [name, ...aliases]) {
        const key = `${each} ${protocol}`;
        if (!ports.has(key)) ports.set(key, Number(port));
      }
      if (!firstNames.has(at!)) firstNames.set(at!, name!);
    }
    for (const [key, port] of ports) {
      const [name, protocol] = key.split(" ");
      expect([key, host.servicePort(name!, protocol!)]).toEqual([key, port]);
    }
    for (const [at, name] of firstNames) {
      const [port, protocol] = at.split("/");
      expect([at, host.serviceName(Number(port), protocol!)]).toEqual([at, name]);
    }
    expect(ports.size).toBeGreaterThan(100);
  });

  it("has no service that is in no database", () => {
    expect(host.servicePort("nosuch", "udp")).toBeUndefined();
    expect(host.serviceName(1, "nosuch")).toBeUndefined();
  });
});

describe("interfaces", () => {
  it("knows lo by name and index", () => {
    const index = host.interfaceIndex("lo")!;
    expect(index).toBeGreaterThan(0);
    expect(host.interfaceName(index)).toBe("lo");
  });

  it("knows no others", () => {
    expect(host.interfaceIndex("nosuch0")).toBeUndefined();
    expect(host.interfaceIndex("")).toBeUndefined();
    expect(host.interfaceName(0)).toBeUndefined();
    expect(host.interfaceName(0x7fff_ffff)).toBeUndefined();
  });
});

describe("clock and ids", () => {
  it("has the time of day, down to the microsecond", () => {
    const before = Date.now();
    const now = Array.from({ length: 1000 }, () => host.now());
    const after = Date.now() + 1;
    expect(now.every((each) => each >= before && each <= after)).toBe(true);
    expect(now.some((each) => each % 1 !== 0)).toBe(true);
  });

  it("sleeps", () => {
    const before = performance.now();
    host.sleep(20);
    expect(performance.now() - before).toBeGreaterThanOrEqual(19);
  });

  it("is this process", () => {
    expect([host.pid, host.uid]).toEqual([process.pid, process.geteuid?.()]);
  });
});
