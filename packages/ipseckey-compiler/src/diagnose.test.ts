import { linux, type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { diagnose } from "./diagnose.ts";
import { compileText, onLinux, requestsOf } from "./testing/compiling.ts";

type Extension = OutgoingMessage["extensions"][number];
type Kind = Extension["kind"];

const esp =
  "add esp spi 1 src 192.0.2.1 dst 192.0.2.2 encralg aes encrkey 00112233445566778899aabbccddeeff hard_bytes 9 isrc 10.0.0.0/8";
const ah = "add ah spi 1 src 192.0.2.1 dst 192.0.2.2 authalg md5 authkey 1234567890abcdef1234567890abcdef";
const nullEsp = "add esp spi 1 dst 192.0.2.2 authalg md5 authkey 1234567890abcdef1234567890abcdef";
const get = "get esp spi 1 dst 192.0.2.2";

/** The request of a command with some extensions changed, or left out where undefined. */
function changed(
  text: string,
  changes: Partial<Record<Kind, object | undefined>>,
  header = {},
): OutgoingMessage {
  const [message] = requestsOf(compileText(text, onLinux).command);
  const extensions = message!.extensions.flatMap((extension) => {
    if (!(extension.kind in changes)) return [extension];
    const change = changes[extension.kind];
    return change === undefined ? [] : [{ ...extension, ...change } as Extension];
  });
  const added = Object.entries(changes).filter(
    ([kind, change]) => change && !message!.extensions.some((extension) => extension.kind === kind),
  );
  const more = added.map(([kind, change]) => ({ kind, ...change }) as Extension);
  return { ...message!, ...header, extensions: [...extensions, ...more] };
}

const inet = (...bytes: number[]) => ({
  sockaddr: { family: "inet", port: 0, address: Uint8Array.from(bytes) },
});
const unknown = { sockaddr: { family: 99, data: new Uint8Array(14) } };
const key = (...bytes: number[]) => ({ bits: bytes.length * 8, reserved: 0, key: Uint8Array.from(bytes) });

// biome-ignore format: one row a line
const rows: [name: string, code: number, request: OutgoingMessage][] = [
  ["nothing wrong: ESP",                          0,  changed(esp, {})],
  ["nothing wrong: AH",                           0,  changed(ah, {})],
  ["nothing wrong: the NULL cipher",              0,  changed(nullEsp, {})],
  ["nothing wrong: get",                          0,  changed(get, {})],
  ["another request",                             0,  request("flush", "unspec")],
  ["an encryption key of zeros",                  33, changed(esp, { keyEncryption: { key: new Uint8Array(16) } })],
  ["an encryption key of no bits",                33, changed(esp, { keyEncryption: key() })],
  ["an authentication key of zeros",              34, changed(ah, { keyAuthentication: { key: new Uint8Array(16) } })],
  ["no type",                                     5,  changed(get, {}, { saType: "unspec" })],
  ["an unknown type",                             4,  changed(get, {}, { saType: "rsvp" })],
  ["no source",                                   18, changed(get, { addressSource: undefined })],
  ["no destination",                              19, changed(get, { addressDestination: undefined })],
  ["no SA",                                       20, changed(get, { sa: undefined })],
  ["a source of no family",                       8,  changed(get, { addressSource: unknown })],
  ["a destination of no family",                  9,  changed(get, { addressDestination: unknown })],
  ["a multicast source",                          12, changed(ah, { addressSource: inet(224, 0, 0, 1) })],
  ["a broadcast source",                          12, changed(ah, { addressSource: inet(255, 255, 255, 255) })],
  ["no particular destination",                   13, changed(ah, { addressDestination: inet(0, 0, 0, 0) })],
  ["two families",                                11, changed(ah, { addressSource: { sockaddr: { family: "inet6", port: 0, flowInfo: 0, address: new Uint8Array(16), scopeId: 0 } } })],
  ["an inner source of no family",                10, changed(esp, { addressProxy: unknown })],
  ["an inner prefix that is too long",            64, changed(esp, { addressProxy: { prefixLength: 33 } })],
  ["AH without a key",                            22, changed(ah, { keyAuthentication: undefined })],
  ["ESP without a key",                           21, changed(esp, { keyEncryption: undefined })],
  ["a state",                                     43, changed(ah, { sa: { state: 2 } })],
  ["AH that encrypts",                            46, changed(ah, { sa: { encryption: 12 } })],
  ["ESP that does not say how",                   41, changed(esp, { sa: { encryption: 0 } })],
  ["ESP that does nothing",                       40, changed(nullEsp, { sa: { authentication: 0 }, keyAuthentication: undefined })],
  ["one lifetime",                                82, changed(esp, { lifetimeSoft: undefined })],
  ["soft allocations above the hard ones",        14, changed(esp, { lifetimeHard: { allocations: 1 }, lifetimeSoft: { allocations: 2 } })],
  ["soft bytes above the hard ones",              15, changed(esp, { lifetimeSoft: { bytes: 10n } })],
  ["a soft add time above the hard one",          16, changed(esp, { lifetimeHard: { addTime: 1n }, lifetimeSoft: { addTime: 2n } })],
  ["a soft use time above the hard one",          17, changed(esp, { lifetimeHard: { useTime: 1n }, lifetimeSoft: { useTime: 2n } })],
  ["a soft limit without a hard one",             0,  changed(esp, { lifetimeHard: { bytes: 0n }, lifetimeSoft: { bytes: 2n } })],
  ["a key to encrypt AH",                         37, changed(ah, { keyEncryption: key(1, 2) })],
  ["an unknown authentication",                   40, changed(ah, { sa: { authentication: 99 } })],
  ["a key for no authentication",                 40, changed(esp, { keyAuthentication: key(1, 2) })],
  ["an authentication key that is too short",     44, changed(ah, { keyAuthentication: key(1, 2) })],
  ["an unknown encryption",                       41, changed(esp, { sa: { encryption: 99 } })],
  ["a combined mode",                             41, changed(esp, { sa: { encryption: 20 } })],
  ["an encryption key that is too short",         45, changed(esp, { keyEncryption: key(1, 2) })],
  ["a key for the NULL cipher",                   45, changed(nullEsp, { keyEncryption: key(1, 2) })],
  ["a weak key",                                  47, changed(esp, { sa: { encryption: 2 }, keyEncryption: key(1, 1, 1, 1, 1, 1, 1, 1) })],
];

describe("diagnose", () => {
  it.each(rows)("%s: %d", (_, code, message) => {
    expect(diagnose(message)).toBe(code);
  });

  it("speaks of Linux's messages", () => {
    expect(onLinux.dialect?.name).toBe(linux.name);
  });
});
