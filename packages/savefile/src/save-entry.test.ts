import { inspect } from "node:util";
import {
  IllumosSaFlag,
  illumos,
  type LifetimeExtension,
  type Outgoing,
  type OutgoingExtension,
  type Sockaddr,
} from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { saveEntry } from "./save-entry.ts";
import { address, bytesOf, destination, inet, key, reply, sa, source, whole } from "./testing/sample.ts";
import { begun, checkRows, type Row, textOf, usual } from "./testing/saved-rows.ts";
import { UnsavableError } from "./unsavable-error.ts";

const inet6 = (text: number[], scopeId = 0): Sockaddr => ({
  family: "inet6",
  port: 0,
  flowInfo: 0,
  address: Uint8Array.from({ length: 16 }, (_, i) => text[i] ?? 0),
  scopeId,
});
const identity = (identityType: number, text: string, id = 0n): OutgoingExtension => ({
  kind: "identitySource",
  identityType,
  reserved: 0,
  id,
  data: bytesOf(text),
});
const lifetime = (
  kind: LifetimeExtension["kind"],
  changes: Partial<LifetimeExtension> = {},
): Outgoing<LifetimeExtension> => ({ kind, allocations: 0, bytes: 0n, addTime: 0n, useTime: 0n, ...changes });

const rows: Row[] = [
  { name: "the least", extensions: whole(), lines: [...begun, ...usual] },
  {
    name: "algorithms without names, and a window",
    extensions: [sa({ authentication: 99, encryption: 98, replay: 32 }), source, destination, key],
    lines: ["add esp ", "    spi 0x100 encr_alg 98 auth_alg 99 replay 32 ", ...usual],
  },
  {
    name: "a type without a name",
    extensions: whole(),
    header: { saType: 9 },
    lines: ["add 9 ", begun[1]!, ...usual],
  },
  {
    name: "its direction",
    extensions: [sa({ flags: IllumosSaFlag.outbound | IllumosSaFlag.unique }), source, destination, key],
    lines: ["add esp ", "    spi 0x100 auth_alg hmac-md5 replay 0 outbound", ...usual],
    compat: [...begun, ...usual],
  },
  {
    name: "flags that have no words",
    extensions: [sa({ flags: IllumosSaFlag.pfs | IllumosSaFlag.noReplay }), source, destination, key],
    lines: [...begun, ...usual],
    losses: ["flags 0x3 are not saved"],
  },
  {
    name: "NAT-T and a direction",
    extensions: [
      sa({ flags: IllumosSaFlag.natTLocal | IllumosSaFlag.inbound }),
      source,
      destination,
      address("addressNatTLocal", inet(3, 4500)),
      address("addressNatTRemote", inet(4)),
      key,
    ],
    lines: [
      "add esp ",
      "    spi 0x100 auth_alg hmac-md5 replay 0 encap udp inbound",
      "    src 192.0.2.1",
      "    dst 192.0.2.2",
      "    nat_loc  192.0.2.3 nat_lport 4500",
      "    nat_rem  192.0.2.4",
      "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128",
    ],
    compat: [
      "add esp ",
      "    spi 0x100 auth_alg hmac-md5 replay 0 encap udp",
      "    src 192.0.2.1",
      "    dst 192.0.2.2",
      "    nat_loc  192.0.2.3 nat_lport 4500",
      "    nat_rem  192.0.2.4",
      "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128",
    ],
  },
  {
    name: "a NAT-T flag without an address, which cannot be loaded",
    extensions: [sa({ flags: IllumosSaFlag.natTRemote }), source, destination, key],
    lines: [...begun, ...usual],
    compat: ["add esp ", "    spi 0x100 auth_alg hmac-md5 replay 0 encap udp", ...usual],
  },
  {
    name: "ports and a protocol",
    extensions: [
      sa(),
      address("addressSource", inet(1, 1), { protocol: 17 }),
      address("addressDestination", inet(2, 2), { protocol: 17 }),
      key,
    ],
    lines: [
      ...begun,
      "    proto 17",
      "    src 192.0.2.1 sport 1",
      "    dst 192.0.2.2 dport 2",
      "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128",
    ],
  },
  {
    name: "a protocol of the destination only",
    extensions: [sa(), source, address("addressDestination", inet(2), { protocol: 6 }), key],
    lines: [
      ...begun,
      "    src 192.0.2.1",
      "    proto 6",
      "    dst 192.0.2.2",
      "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128",
    ],
  },
  {
    name: "inner addresses with whole, short and no prefixes",
    extensions: whole(
      address("addressProxy", inet(3, 5), { prefixLength: 24, protocol: 4 }),
      address("addressInnerDestination", inet(4, 6), { prefixLength: 32, protocol: 4 }),
    ),
    lines: [
      ...begun,
      ...usual,
      "    iproto 4",
      "    isrc 192.0.2.3/24 isport 5",
      "    idst 192.0.2.4 idport 6",
    ],
  },
  {
    name: "any inner address, which the original turns into one",
    extensions: whole(
      address("addressProxy", inet6([0x20, 1, 0xd, 0xb8]), { prefixLength: 32 }),
      address("addressInnerDestination", inet6([])),
    ),
    lines: [...begun, ...usual, "    isrc 2001:db8::/32", "    idst ::/0"],
    compat: [...begun, ...usual, "    isrc 2001:db8::/32", "    idst ::"],
  },
  {
    name: "a whole IPv6 prefix, and a scope, which the original drops",
    extensions: [
      sa(),
      address("addressSource", inet6([0xfe, 0x80], 2), { prefixLength: 128 }),
      address("addressDestination", inet6([0xfe, 0x80]), { prefixLength: 128 }),
      key,
    ],
    lines: [...begun, "    src fe80::%2", "    dst fe80::", "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128"],
    compat: [...begun, "    src fe80::", "    dst fe80::", "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128"],
  },
  {
    name: "an outer prefix, which cannot be loaded",
    extensions: [sa(), address("addressSource", inet(0), { prefixLength: 24 }), destination, key],
    lines: [
      ...begun,
      "    src 192.0.2.0",
      "    dst 192.0.2.2",
      "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128",
    ],
    compat: [
      ...begun,
      "    src 192.0.2.0/24",
      "    dst 192.0.2.2",
      "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128",
    ],
    losses: ["a prefix length of 24 is not saved"],
  },
  {
    name: "limits",
    extensions: whole(
      lifetime("lifetimeCurrent", { bytes: 7n }),
      lifetime("lifetimeSoft", { allocations: 1, useTime: 4n }),
      lifetime("lifetimeHard", { bytes: 0xffff_ffff_ffff_ffffn, addTime: 3n }),
    ),
    lines: [
      ...begun,
      ...usual,
      "\tsoft_alloc 1 soft_usetime 4 ",
      "\thard_bytes 18446744073709551615 hard_addtime 3 ",
    ],
  },
  {
    name: "no limits, and an idle lifetime with more than times",
    extensions: whole(
      lifetime("lifetimeHard"),
      lifetime("lifetimeIdle", { allocations: 1, bytes: 2n, addTime: 3n, useTime: 4n }),
    ),
    lines: [...begun, ...usual, "\tidle_addtime 3 idle_usetime 4 "],
    compat: [...begun, ...usual, "\t", "\tidle_alloc 1 idle_bytes 2 idle_addtime 3 idle_usetime 4 "],
  },
  {
    name: "a key with salt",
    extensions: whole({
      kind: "keyEncryption",
      bits: 16,
      reserved: 8,
      key: Uint8Array.of(1, 2),
      salt: Uint8Array.of(3),
    }),
    lines: [...begun, ...usual, "\tencrkey 010203/24"],
  },
  {
    name: "an identity with blanks",
    extensions: whole(identity(2, "a b c\0")),
    lines: [...begun, ...usual, '\tsrcidtype fqdn "a b c"'],
    compat: [...begun, ...usual, "\tsrcidtype fqdn a b c"],
  },
  {
    name: "an empty identity",
    extensions: whole({ ...identity(3, "\0"), kind: "identityDestination" } as OutgoingExtension),
    lines: [...begun, ...usual, '\tdstidtype user_fqdn ""'],
    compat: [...begun, ...usual, "\tdstidtype user_fqdn "],
  },
  {
    name: "an identity of a type without a word, its bytes as they are",
    extensions: whole(identity(99, "caf\xe9")),
    lines: [...begun, ...usual, "\tsrcidtype 99 caf\xe9"],
  },
  {
    name: "a distinguished name that is text",
    extensions: whole(identity(4, "CN=a")),
    lines: [...begun, ...usual, "\tsrcidtype der_dn CN=a"],
    compat: [...begun, ...usual, "\tsrcidtype der_dn <can-not-print>"],
  },
  {
    name: "a distinguished name in DER, which no word can hold",
    extensions: whole(identity(4, "\x30\x10\x31\x0e")),
    lines: [...begun, ...usual],
    compat: [...begun, ...usual, "\tsrcidtype der_dn <can-not-print>"],
    losses: ["the source identity cannot be a word, and is not saved"],
  },
  {
    name: "an identity that would end the command",
    extensions: whole({ ...identity(2, "a\nflush all"), kind: "identityDestination" } as OutgoingExtension),
    lines: [...begun, ...usual],
    compat: [...begun, ...usual, "\tdstidtype fqdn a\nflush all"],
    losses: ["the destination identity cannot be a word, and is not saved"],
  },
  {
    name: "a uid",
    extensions: whole(identity(2, "a", 5n)),
    lines: [...begun, ...usual, "\tsrcidtype fqdn a"],
    losses: ["the uid of the source identity is not saved"],
  },
  {
    name: "a replay value",
    extensions: whole({ kind: "replayValue", replay32: 5, replay64: 9n }),
    lines: [...begun, ...usual, "replay_value 5"],
  },
  {
    name: "a replay value of more than 32 bits, which would be cut",
    extensions: whole({ kind: "replayValue", replay32: 0, replay64: 1n << 32n }),
    lines: [...begun, ...usual],
    compat: [...begun, ...usual, "replay_value 4294967296"],
    losses: ["a replay value of 4294967296 is not saved"],
  },
  {
    name: "a pair by itself",
    extensions: whole({ kind: "pair", spi: 0x5150 }),
    lines: [...begun, ...usual],
    losses: ["the pair with spi 0x5150 is not saved"],
  },
  {
    name: "labels, cookies and what nobody knows",
    extensions: whole(
      {
        kind: "sensitivity",
        dpd: 0,
        sensitivityLevel: 0,
        integrityLevel: 0,
        reserved: 0,
        sensitivityBitmap: [],
        integrityBitmap: [],
      },
      { kind: "kmCookie", protocol: 0, cookie: 0n },
      { kind: "stringAuthentication", bits: 8, reserved: 0, key: bytesOf("k") },
      { kind: "raw", type: 99, data: new Uint8Array(4) },
    ),
    lines: [...begun, ...usual],
    losses: ["the sensitivity label is not saved", "extension 28 is not saved", "extension 99 is not saved"],
  },
];

const unloadable: Row[] = [
  {
    name: "no key",
    extensions: [sa(), source, destination],
    lines: ["# add esp ", begun[1]!, "    src 192.0.2.1", "    dst 192.0.2.2"],
    compat: [...begun, "    src 192.0.2.1", "    dst 192.0.2.2"],
    losses: ["it cannot be loaded, as there is no key"],
  },
  {
    name: "no algorithm",
    extensions: [sa({ authentication: 0 }), source, destination, key],
    lines: ["# add esp ", "    spi 0x100 replay 0 ", ...usual],
    compat: ["add esp ", "    spi 0x100 replay 0 ", ...usual],
    losses: ["it cannot be loaded, as there is no algorithm"],
  },
  {
    name: "no SPI",
    extensions: [source, destination, key],
    lines: ["# add esp ", ...usual],
    compat: ["add esp ", ...usual],
    losses: ["it cannot be loaded, as there is no SPI"],
  },
  {
    name: "no destination",
    extensions: [sa(), source, key],
    lines: ["# add esp ", begun[1]!, "    src 192.0.2.1", "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128"],
    compat: [...begun, "    src 192.0.2.1", "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128"],
    losses: ["it cannot be loaded, as there is no destination"],
  },
  {
    name: "a key of the NULL cipher",
    extensions: [
      sa({ encryption: 11 }),
      source,
      destination,
      key,
      { ...key, kind: "keyEncryption" } as OutgoingExtension,
    ],
    lines: [
      "# add esp ",
      "    spi 0x100 encr_alg null auth_alg hmac-md5 replay 0 ",
      ...usual,
      "\tencrkey abcdabcdabcdabcdabcdabcdabcdabcd/128",
    ],
    compat: [
      "add esp ",
      "    spi 0x100 encr_alg null auth_alg hmac-md5 replay 0 ",
      ...usual,
      "\tencrkey abcdabcdabcdabcdabcdabcdabcdabcd/128",
    ],
    losses: ["it cannot be loaded, as the NULL cipher has no key"],
  },
  {
    name: "a tunnel for one protocol",
    extensions: [
      sa(),
      source,
      address("addressDestination", inet(2), { protocol: 6 }),
      key,
      address("addressProxy", inet(3), { prefixLength: 32 }),
    ],
    lines: [
      "# add esp ",
      begun[1]!,
      "    src 192.0.2.1",
      "    proto 6",
      "    dst 192.0.2.2",
      "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128",
      "    isrc 192.0.2.3",
    ],
    compat: [
      ...begun,
      "    src 192.0.2.1",
      "    proto 6",
      "    dst 192.0.2.2",
      "\tauthkey abcdabcdabcdabcdabcdabcdabcdabcd/128",
      "    isrc 192.0.2.3",
    ],
    losses: ["it cannot be loaded, as protocol 6 is none of a tunnel"],
  },
  {
    name: "AH that encrypts",
    extensions: [sa({ encryption: 12 }), source, destination, key],
    header: { saType: "ah" },
    lines: ["# add ah ", "    spi 0x100 encr_alg aes-cbc auth_alg hmac-md5 replay 0 ", ...usual],
    compat: ["add ah ", "    spi 0x100 encr_alg aes-cbc auth_alg hmac-md5 replay 0 ", ...usual],
    losses: ["it cannot be loaded, as AH cannot encrypt"],
  },
];

checkRows([...rows, ...unloadable]);

it("remarks on an SA that is dying before its add, where illumos remarks inside of it", () => {
  const dying = reply([sa({ state: 2 }), source, destination, key]);
  const remark = "# WARNING: SA was dying or dead.\n";
  const add = "add esp  \\\n";
  const text = textOf([...begun, ...usual]);
  expect(saveEntry(dying, { dialect: illumos })).toEqual({
    text: text.replace(add, remark + add),
    warnings: [],
  });
  expect(saveEntry(dying, { dialect: illumos, compat: true }).text).toBe(text.replace(add, add + remark));
});

it("hides keys and their salt", () => {
  const salted: OutgoingExtension = {
    kind: "keyEncryption",
    bits: 16,
    reserved: 8,
    key: Uint8Array.of(1, 2),
    salt: Uint8Array.of(3),
  };
  for (const compat of [false, true]) {
    const { text } = saveEntry(reply(whole(salted)), { dialect: illumos, paranoid: true, compat });
    expect(text).toContain("\tauthkey XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX/128 \\\n\tencrkey XXXXXX/24 \\\n");
  }
});

it("names the SA in its warnings", () => {
  const { warnings } = saveEntry(reply([sa({ spi: 0x2112 })]), { dialect: illumos });
  expect(warnings[0]).toBe("esp spi 0x2112: it cannot be loaded, as there is no key");
});

it("says that the kernel's message is malformed", () => {
  const problems = [{ reason: "message-truncated", offset: 4, detail: "40 bytes, expected 80" }] as const;
  const { warnings } = saveEntry({ ...reply(whole()), problems: [...problems] }, { dialect: illumos });
  expect(warnings).toEqual(["esp spi 0x100: the kernel's message is malformed: 40 bytes, expected 80"]);
});

it("says that a command is longer than illumos reads", () => {
  const { warnings } = saveEntry(reply(whole(identity(2, "a".repeat(5000)))), { dialect: illumos });
  expect(warnings).toEqual(["esp spi 0x100: it is more than 4094 bytes, which illumos does not load"]);
});

describe("stops", () => {
  const stopped = (extensions: OutgoingExtension[], compat: boolean): unknown => {
    try {
      return saveEntry(reply(extensions), { dialect: illumos, compat });
    } catch (error) {
      return error;
    }
  };

  it.each([true, false])("at an address of another family (compat: %s)", (compat) => {
    const error = stopped(
      [sa(), address("addressSource", { family: 99, data: new Uint8Array(14) }), key],
      compat,
    );
    expect(error).toBeInstanceOf(UnsavableError);
    expect(error).toMatchObject({
      name: "UnsavableError",
      message: '"99" is no address family that can be saved, expected IPv4 or IPv6',
      what: "save_address",
      written: "# begin assoc\nadd esp  \\\n    spi 0x100 auth_alg hmac-md5 replay 0  \\\n",
    });
  });

  it("at a replay value of 0, as the original does", () => {
    const nothing: OutgoingExtension = { kind: "replayValue", replay32: 0, replay64: 0n };
    const error = stopped(whole(nothing), true) as UnsavableError;
    expect(error.what).toBe("Replay Value");
    expect(error.written).toContain("authkey abcdabcdabcdabcdabcdabcdabcdabcd/128");
    // What a log shows of it has no keys.
    expect(inspect(error)).not.toContain("abcd");
    expect(stopped(whole(nothing), false)).toEqual(saveEntry(reply(whole()), { dialect: illumos }));
  });
});
