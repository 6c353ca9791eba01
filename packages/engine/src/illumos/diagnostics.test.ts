/**
 * Every diagnostic that can be provoked, by a message that provokes it. Those missing have no cause here: 0 goes with an errno
 * that says it all; 6, 79 and 80 tell of parts of a kernel that an engine always has; 48 would be a weak authentication key,
 * of which no algorithm has one; 49, 57, 83 and 84 belong to extensions that there are not.
 */
import {
  encode,
  IllumosSaFlag,
  illumos,
  type OutgoingExtension,
  type OutgoingMessage,
  request,
  SaState,
} from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, inShort, waiting } from "../testing/exchange.ts";
import {
  about,
  addAh,
  addEsp,
  address,
  aesKey,
  anyIpv6,
  ends,
  illumosBench,
  key,
  limits,
  md5Key,
  pair,
  sa,
  without,
} from "../testing/illumos-requests.ts";
import { Diagnostic } from "./diagnostic.ts";

const little = illumos.byteOrder === "little";

/** The message's bytes with a 16-bit number at an offset changed. */
function changed(message: OutgoingMessage, at: number, value: number): Uint8Array {
  const bytes = encode(message, illumos);
  new DataView(bytes.buffer).setUint16(at, value, little);
  return bytes;
}

/** The message with an extension of that number and length in words at its end, all zero but for these bytes. */
function withRaw(
  message: OutgoingMessage,
  type: number,
  words: number,
  content: number[] = [],
): OutgoingMessage {
  const data = new Uint8Array(words * 8 - 4);
  data.set(content);
  return { ...message, extensions: [...message.extensions, { kind: "raw", type, data }] };
}

const range = (min: number, max: number): OutgoingExtension => ({ kind: "spiRange", min, max, reserved: 0 });
const cookie: OutgoingExtension = { kind: "kmCookie", protocol: 1, cookie: 5n };
const getspi = request("getspi", "esp", [...ends(), range(1, 9)]);
const combination = { kind: "proposal", replay: 0, reserved: 0, combinations: [] } as const;
const supported = { kind: "supportedEncryption", reserved: 0, algorithms: [] } as const;
const nullEsp = (authentication: number, ...more: OutgoingExtension[]) =>
  request("add", "esp", [sa(9, { encryption: 11, authentication }), ...ends(), ...more]);
const source = (text: string, parts = {}) =>
  without(addEsp(9), "addressSource", address("addressSource", text, parts));
const destination = (text: string, parts = {}) =>
  without(addEsp(9), "addressDestination", address("addressDestination", text, parts));
const family = (
  kind:
    | "addressSource"
    | "addressDestination"
    | "addressProxy"
    | "addressInnerDestination"
    | "addressNatTLocal"
    | "addressNatTRemote",
) =>
  without(addEsp(9), kind, {
    kind,
    protocol: 0,
    prefixLength: 0,
    reserved: 0,
    sockaddr: { family: 99, data: new Uint8Array(14) },
  });
const inner = (from: string, to: string, fromParts = {}, toParts = {}) =>
  addEsp(9, [address("addressProxy", from, fromParts), address("addressInnerDestination", to, toParts)]);
const natT = (kind: "addressNatTLocal" | "addressNatTRemote", text: string) =>
  addEsp(9, [address(kind, text)]);
const hard = (hardLimits: object, softLimits: object) => [
  limits("lifetimeHard", hardLimits),
  limits("lifetimeSoft", softLimits),
];
const back = (type: "add" | "update", spi: number, more: OutgoingExtension[], inSa = {}) =>
  request(type, "esp", [
    sa(spi, inSa),
    ...(type === "add" ? [aesKey] : []),
    ...ends("192.0.2.2", "192.0.2.1"),
    ...more,
  ]);
const des = (hex: string) =>
  request("add", "esp", [sa(9, { encryption: 2 }), key("keyEncryption", hex), ...ends()]);
const des3 = (hex: string) =>
  request("add", "esp", [sa(9, { encryption: 3 }), key("keyEncryption", hex), ...ends()]);
const { inbound, outbound, natTLocal, natTRemote, used, unique } = IllumosSaFlag;

/** Before each: ESP 1 from 192.0.2.1 to .2, ESP 2 the other way, ESP 3 and 4 of the same ways and paired, larval ESP 5. */
function state() {
  const { socket } = illumosBench();
  const setup = [
    addEsp(1),
    back("add", 2, []),
    addEsp(3),
    back("add", 4, [pair(3)]),
    request("getspi", "esp", [...ends("192.0.2.2", "192.0.2.1"), range(5, 5)]),
    back("add", 6, [], { flags: inbound }),
    addEsp(7, [], { flags: inbound }),
  ];
  for (const message of setup) expect(ask(socket, message).map(inShort)).toEqual([message.type]);
  return socket;
}

// biome-ignore format: one row a line
const rows: readonly (readonly [diagnostic: number, what: string, sent: OutgoingMessage | Uint8Array, errno?: number])[] = [
  [0,  "no byte",                                         new Uint8Array(), 97],
  [0,  "15 bytes",                                        encode(about("get", 1), illumos).slice(0, 15), 97],
  [0,  "longer than it says",                             new Uint8Array([...encode(about("get", 1), illumos), 0]), 97],
  [0,  "shorter than it says",                            encode(about("get", 1), illumos).slice(0, -8), 97],
  [0,  "not of whole words",                              encode(about("get", 1), illumos).slice(0, -1), 97],
  [1,  "type 0",                                          request(0, "esp")],
  [1,  "type 16",                                         request(16, "esp")],
  [1,  "version 1",                                       { ...about("get", 1), version: 1 }],
  [2,  "an extension of number 0",                        withRaw(about("get", 1), 0, 1)],
  [2,  "an extension of number 29",                       withRaw(about("get", 1), 29, 1)],
  [3,  "an extension of length 0",                        changed(about("get", 1), 16, 0)],
  [3,  "an extension that is longer than the message",    changed(about("get", 1), 16, 99)],
  [3,  "a lifetime that is too short",                    withRaw(about("update", 1), 3, 3)],
  [3,  "a lifetime that is too long",                     withRaw(about("update", 1), 26, 5)],
  [3,  "an identity that is too short",                   withRaw(addEsp(9), 10, 1)],
  [3,  "a label whose bitmaps are longer than it",        withRaw(addEsp(9), 12, 2, [0, 0, 0, 0, 0, 1])],
  [3,  "a label with an end of its own",                  withRaw(addEsp(9), 27, 3)],
  [3,  "a pair that is too long",                         withRaw(addEsp(9), 23, 2)],
  [4,  "an SA type without SAs",                          request("add", "mip")],
  [4,  "an SA type that there is not",                    request("get", 77)],
  [4,  "FLUSH of an SA type without SAs",                 request("flush", "rsvp")],
  [4,  "DUMP of an SA type that there is not",            request("dump", 1)],
  [4,  "REGISTER for an SA type without SAs",             request("register", "tcpsig")],
  [4,  "X_EREG with an SA type without SAs",              request("register", "unspec", [{ kind: "extendedRegister", saTypes: [3, 8] }])],
  [4,  "PROMISC with neither 0 nor 1",                    request("promisc", "esp")],
  [5,  "ADD without SA type",                             request("add", "unspec")],
  [5,  "UPDATE without SA type",                          request("update", "unspec")],
  [5,  "UPDATEPAIR without SA type",                      request("updatepair", "unspec")],
  [5,  "DELETE without SA type",                          request("delete", "unspec")],
  [5,  "DELPAIR without SA type",                         request("delpair", "unspec")],
  [5,  "GET without SA type",                             request("get", "unspec")],
  [5,  "GETSPI without SA type",                          request("getspi", "unspec")],
  [5,  "REGISTER with neither SA type nor X_EREG",        request("register", "unspec")],
  [7,  "FLUSH with an extension",                         request("flush", "esp", [sa(1)])],
  [7,  "PROMISC with an extension",                       request("promisc", 1, [sa(1)])],
  [8,  "source of a family that there is not",            family("addressSource")],
  [9,  "destination of a family that there is not",       family("addressDestination")],
  [10, "inner source of a family that there is not",      family("addressProxy")],
  [11, "IPv6 to IPv4",                                    source("2001:db8:0:0:0:0:0:1")],
  [11, "IPv4 to IPv6",                                    destination("2001:db8:0:0:0:0:0:1")],
  [11, "0.0.0.0 to IPv6",                                 request("add", "esp", [sa(9), aesKey, ...ends("0.0.0.0", "2001:db8:0:0:0:0:0:1")])],
  [12, "from an IPv4 multicast address",                  source("224.0.0.1")],
  [12, "from a broadcast address",                        source("255.255.255.255")],
  [12, "from an IPv6 multicast address",                  request("add", "esp", [sa(9), aesKey, ...ends("ff02:0:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:1")])],
  [13, "to 0.0.0.0",                                      destination("0.0.0.0")],
  [13, "to ::",                                           destination(anyIpv6)],
  [13, "GET to ::",                                       request("get", "esp", [sa(1), address("addressDestination", anyIpv6)])],
  [14, "soft allocations above hard",                     addEsp(9, hard({ allocations: 1 }, { allocations: 2 }))],
  [15, "soft bytes above hard",                           addEsp(9, hard({ bytes: 1 }, { bytes: 2 }))],
  [16, "soft add time above hard",                        addEsp(9, hard({ add: 1 }, { add: 2 }))],
  [17, "soft use time above hard",                        addAh(9, hard({ use: 1 }, { use: 2 }))],
  [17, "soft use time above hard in an UPDATE",           about("update", 1, hard({ use: 1 }, { use: 2 }))],
  [18, "ADD without source",                              without(addEsp(9), "addressSource")],
  [18, "AH without anything",                             request("add", "ah")],
  [18, "UPDATE without source",                           without(about("update", 1), "addressSource")],
  [18, "GETSPI without source",                           without(getspi, "addressSource")],
  [19, "ADD without destination",                         without(addEsp(9), "addressDestination")],
  [19, "GET without destination",                         without(about("get", 1), "addressDestination")],
  [19, "DELETE without destination",                      without(about("delete", 1), "addressDestination")],
  [19, "DELPAIR without destination",                     without(about("delpair", 3), "addressDestination")],
  [19, "GETSPI without destination",                      without(getspi, "addressDestination")],
  [20, "ADD without SA",                                  without(addEsp(9), "sa")],
  [20, "UPDATE without SA",                               without(about("update", 1), "sa")],
  [20, "GET without SA",                                  without(about("get", 1), "sa")],
  [20, "DELPAIR without SA",                              without(about("delpair", 3), "sa")],
  [20, "DELETE with nothing at all",                      request("delete", "esp")],
  [21, "ESP without encryption key",                      without(addEsp(9), "keyEncryption")],
  [21, "ESP without encryption at all",                   without(addEsp(9, [], { encryption: 0 }), "keyEncryption")],
  [22, "AH without key",                                  without(addAh(9), "keyAuthentication")],
  [22, "ESP with authentication and no key for it",       addEsp(9, [], { authentication: 2 })],
  [23, "GETSPI without range",                            without(getspi, "spiRange")],
  [24, "two sources",                                     addEsp(9, [address("addressSource", "192.0.2.9")])],
  [25, "two destinations",                                addEsp(9, [address("addressDestination", "192.0.2.9")])],
  [26, "two SAs",                                         addEsp(9, [sa(9)])],
  [27, "two encryption keys",                             addEsp(9, [aesKey])],
  [28, "two authentication keys",                         addAh(9, [md5Key])],
  [29, "two ranges",                                      { ...getspi, extensions: [...getspi.extensions, range(1, 2)] }],
  [0,  "two hard lifetimes",                              addEsp(9, [limits("lifetimeHard"), limits("lifetimeHard")])],
  [30, "a source that is too short",                      withRaw(without(addEsp(9), "addressSource"), 5, 2, [0, 0, 0, 0, 2, 0])],
  [30, "an IPv6 source that is as short as one of IPv4",  withRaw(without(addEsp(9), "addressSource"), 5, 3, little ? [0, 0, 0, 0, 26, 0] : [0, 0, 0, 0, 0, 26])],
  [31, "a destination that is too short",                 withRaw(without(addEsp(9), "addressDestination"), 6, 1)],
  [32, "an SA that is too short",                         withRaw(without(addEsp(9), "sa"), 1, 1)],
  [32, "an SA that is too long",                          withRaw(without(addEsp(9), "sa"), 1, 3)],
  [33, "an encryption key of no bits",                    withRaw(without(addEsp(9), "keyEncryption"), 9, 1)],
  [33, "an encryption key of zeros",                      without(addEsp(9), "keyEncryption", key("keyEncryption", "00".repeat(16)))],
  [33, "an encryption key with room to spare",            withRaw(without(addEsp(9), "keyEncryption"), 9, 4, little ? [128, 0, 0, 0, 1] : [0, 128, 0, 0, 1])],
  [33, "a DES key of zeros, which is weak as well",       des("0000000000000000")],
  [34, "an authentication key of no bits",                withRaw(without(addAh(9), "keyAuthentication"), 8, 2)],
  [34, "an authentication key that ends too early",       withRaw(without(addAh(9), "keyAuthentication"), 8, 2, little ? [128, 0, 0, 0, 1] : [0, 128, 0, 0, 1])],
  [34, "an authentication key of zeros",                  without(addAh(9), "keyAuthentication", key("keyAuthentication", "00".repeat(16)))],
  [35, "a range that is too short",                       withRaw(without(getspi, "spiRange"), 16, 1)],
  [35, "a range that ends before it begins",              without(getspi, "spiRange", range(9, 8))],
  [35, "a range of 0 alone",                              without(getspi, "spiRange", range(0, 0))],
  [36, "an authentication key for an SA that has its keys", about("update", 1, [md5Key])],
  [37, "an encryption key for an SA that has its keys",   about("update", 1, [aesKey])],
  [37, "an encryption key for AH",                        addAh(9, [aesKey])],
  [38, "a proposal in an ADD",                            addEsp(9, [combination])],
  [39, "supported algorithms in an UPDATE",               about("update", 1, [supported])],
  [40, "AH with an algorithm that there is not",          addAh(9, [], { authentication: 8 })],
  [40, "AH with no algorithm",                            addAh(9, [], { authentication: 0 })],
  [40, "ESP with an authentication key and no algorithm", addEsp(9, [md5Key])],
  [40, "ESP that does nothing",                           nullEsp(0)],
  [41, "ESP with an algorithm that there is not",         addEsp(9, [], { encryption: 6 })],
  [41, "ESP with no algorithm but a key",                 addEsp(9, [], { encryption: 0 })],
  [42, "a flag that is the kernel's own",                 addEsp(9, [], { flags: used })],
  [42, "a flag of AH that is the kernel's own",           addAh(9, [], { flags: unique })],
  [42, "NAT-T of AH",                                     addAh(9, [address("addressNatTLocal", "192.0.2.1")], { flags: natTLocal })],
  [42, "a flag in an UPDATE that is the kernel's own",    about("update", 1, [], { flags: used })],
  [43, "AH that is larval",                               addAh(9, [], { state: SaState.larval })],
  [43, "ESP that is dying",                               addEsp(9, [], { state: SaState.dying })],
  [43, "an UPDATE to dead",                               about("update", 1, [], { state: SaState.dead })],
  [44, "HMAC-MD5 with 160 bits",                          without(addAh(9), "keyAuthentication", key("keyAuthentication", 20))],
  [44, "HMAC-SHA1 with 128 bits",                         addEsp(9, [md5Key], { authentication: 3 })],
  [44, "HMAC-MD5 with 127 bits",                          without(addAh(9), "keyAuthentication", key("keyAuthentication", 16, { bits: 127 }))],
  [45, "AES with 136 bits",                               without(addEsp(9), "keyEncryption", key("keyEncryption", 17))],
  [45, "NULL with a key",                                 nullEsp(2, md5Key, aesKey)],
  [45, "GCM without a salt",                              addEsp(9, [], { encryption: 20 })],
  [45, "GCM with a salt of 24 bits",                      request("add", "esp", [sa(9, { encryption: 20 }), key("keyEncryption", 20, { reserved: 24 }), ...ends()])],
  [45, "AES with a salt",                                 without(addEsp(9), "keyEncryption", key("keyEncryption", 16, { reserved: 32 }))],
  [46, "AH with encryption",                              addAh(9, [], { encryption: 12 })],
  [47, "a weak DES key",                                  des("0101010101010101")],
  [47, "a weak DES key with other parity bits",           des("e1e1e1e1f0f0f0f0")],
  [47, "a semi-weak DES key",                             des("01fe01fe01fe01fe")],
  [47, "a 3DES key with a weak one in it",                des3("be02938e7def28390123456789abcdeffefefefefefefefe")],
  [47, "a 3DES key that is DES",                          des3("be02938e7def2839be02938e7def28390123456789abcdef")],
  [50, "two cookies",                                     addEsp(9, [cookie, cookie])],
  [51, "NAT-T without local address",                     addEsp(9, [], { flags: natTLocal })],
  [52, "NAT-T without remote address",                    addEsp(9, [], { flags: natTRemote })],
  [53, "two NAT-T local addresses",                       addEsp(9, [address("addressNatTLocal", "192.0.2.1"), address("addressNatTLocal", "192.0.2.1")])],
  [54, "two NAT-T remote addresses",                      addEsp(9, [address("addressNatTRemote", "192.0.2.1"), address("addressNatTRemote", "192.0.2.1")])],
  [55, "NAT-T local address 0.0.0.0",                     natT("addressNatTLocal", "0.0.0.0")],
  [55, "a NAT-T local address that is too short",         withRaw(addEsp(9), 20, 2)],
  [56, "NAT-T remote address of many",                    natT("addressNatTRemote", "239.1.2.3")],
  [56, "a NAT-T remote address that is too short",        withRaw(addEsp(9), 21, 2)],
  [58, "inner destination alone",                         addEsp(9, [address("addressInnerDestination", "10.0.0.1", { prefixLength: 128 })])],
  [59, "inner source alone",                              addEsp(9, [address("addressProxy", "10.0.0.1", { prefixLength: 128 })])],
  [60, "two inner sources",                               addEsp(9, [address("addressProxy", anyIpv6), address("addressProxy", anyIpv6)])],
  [61, "two inner destinations",                          addEsp(9, [address("addressInnerDestination", anyIpv6), address("addressInnerDestination", anyIpv6)])],
  [62, "an inner source that is too short",               withRaw(addEsp(9), 7, 2)],
  [63, "an inner destination that is too short",          withRaw(addEsp(9), 22, 2)],
  [64, "inner source 10.0.0.1/33",                        inner("10.0.0.1", "10.0.0.2", { prefixLength: 129 }, { prefixLength: 128 })],
  [64, "inner source 10.0.0.1 with 40 of 128 bits",       inner("10.0.0.1", "10.0.0.2", { prefixLength: 40 }, { prefixLength: 128 })],
  [64, "inner source of IPv6 with 129 bits",              inner("2001:db8:0:0:0:0:0:1", anyIpv6, { prefixLength: 129 })],
  [65, "inner destination 10.0.0.2/33",                   inner("10.0.0.1", "10.0.0.2", { prefixLength: 128 }, { prefixLength: 129 })],
  [66, "inner destination of a family that there is not", family("addressInnerDestination")],
  [67, "inside IPv6 to IPv4",                             inner("2001:db8:0:0:0:0:0:1", "10.0.0.2", {}, { prefixLength: 128 })],
  [68, "NAT-T remote address of a family that there is not", family("addressNatTRemote")],
  [68, "NAT-T remote address of IPv6",                    natT("addressNatTRemote", "2001:db8:0:0:0:0:0:1")],
  [69, "NAT-T local address of IPv6",                     natT("addressNatTLocal", "2001:db8:0:0:0:0:0:1")],
  [70, "TCP at one end",                                  source("192.0.2.1", { protocol: 6 })],
  [71, "TCP at one inner end",                            inner("10.0.0.1", "10.0.0.2", { prefixLength: 128, protocol: 6 }, { prefixLength: 128 })],
  [72, "a port outside and one inside",                   without(source("192.0.2.1", { port: 80 }), "addressProxy", address("addressProxy", "10.0.0.1", { prefixLength: 128, port: 80 }), address("addressInnerDestination", "10.0.0.2", { prefixLength: 128 }))],
  [73, "to be paired with a larval SA",                   addEsp(9, [pair(5)])],
  [73, "to be paired with itself",                        request("update", "esp", [sa(8), ...ends("192.0.2.7", "192.0.2.7"), pair(8)])],
  [74, "to be paired from any source",                    without(addEsp(9, [pair(2)]), "addressSource", address("addressSource", anyIpv6))],
  [74, "to be paired with one to another host",           request("add", "esp", [sa(9), aesKey, ...ends("192.0.2.1", "192.0.2.3"), pair(2)])],
  [75, "to be paired with one that is paired",            addEsp(9, [pair(4)])],
  [75, "to be paired again",                              about("update", 3, [pair(2)])],
  [75, "UPDATEPAIR that would pair",                      about("updatepair", 3, [limits("lifetimeHard", { add: 9 }), pair(2)])],
  [76, "to be paired with what is not there",             addEsp(9, [pair(77)]), 3],
  [76, "UPDATEPAIR of one that is not paired",            about("updatepair", 1, [limits("lifetimeHard", { add: 9 })]), 3],
  [76, "DELPAIR of one that is not paired",               about("delpair", 1), 3],
  [77, "to be paired with one of the same direction",     about("update", 7, [pair(6)], { flags: inbound })],
  [78, "UPDATE of what is not there",                     about("update", 99), 3],
  [78, "UPDATEPAIR of what is not there",                 about("updatepair", 99), 3],
  [78, "DELETE of what is not there",                     about("delete", 99), 3],
  [78, "DELPAIR of what is not there",                    about("delpair", 99), 3],
  [78, "GET of what is not there",                        about("get", 99), 3],
  [78, "GET of what is there as ESP",                     { ...about("get", 1), saType: "ah" }, 3],
  [78, "GET from another source",                         request("get", "esp", [sa(1), ...ends("192.0.2.9")]), 3],
  [78, "GET of the other direction",                      about("get", 7, [], { flags: outbound }), 3],
  [81, "a replay value of 64 bits",                       addEsp(9, [{ kind: "replayValue", replay32: 0, replay64: 5n }])],
  [81, "a replay value of 64 bits in an UPDATE",          about("update", 1, [{ kind: "replayValue", replay32: 0, replay64: 5n }])],
  [82, "UPDATEPAIR of nothing",                           about("updatepair", 3)],
  [85, "two string keys",                                 withRaw(withRaw(addEsp(9), 28, 2, little ? [8, 0, 0, 0, 1] : [0, 8, 0, 0, 1]), 28, 2, [8, 0])],
  [86, "a string key of no bits",                         withRaw(addEsp(9), 28, 2)],
  [0,  "ADD of what is there",                            addEsp(1), 17],
  [0,  "ADD of a larval SA",                              request("add", "esp", [sa(5), aesKey, ...ends("192.0.2.2", "192.0.2.1")]), 17],
  [0,  "GETSPI of a range that is taken",                 request("getspi", "esp", [...ends(), range(1, 1)]), 17],
  [0,  "counters in an ADD",                              addEsp(9, [limits("lifetimeCurrent")]), 122],
  [0,  "counters in an UPDATE",                           about("update", 1, [limits("lifetimeCurrent")]), 122],
  [0,  "EXPIRE",                                          about("expire", 1), 122],
  [0,  "INVERSE_ACQUIRE",                                 about("inverse-acquire", 1), 122],
  [0,  "DELPAIR_STATE",                                   about("delpair-state", 1), 122],
  [0,  "ACQUIRE that nobody has registered for",          about("acquire", 1), 120],
];

describe("a message that is refused", () => {
  const named = rows.map(([diagnostic, what, sent, errno = 22]) => ({ diagnostic, what, sent, errno }));
  it.each(named)("$diagnostic: $what", ({ diagnostic, sent, errno }) => {
    const socket = state();
    if (diagnostic === 73)
      ask(socket, request("add", "esp", [sa(8), aesKey, ...ends("192.0.2.7", "192.0.2.7")]));
    const before = ask(socket, { ...request("dump", "unspec"), sequence: 1 });
    const bytes =
      sent instanceof Uint8Array ? sent : encode({ ...sent, sequence: 7, pid: 8, reserved: 9 }, illumos);
    const header = new Uint8Array(16);
    header.set(bytes.subarray(0, 16));
    socket.send([bytes]);
    const answer = header.slice();
    const view = new DataView(answer.buffer);
    view.setUint8(2, errno);
    view.setUint16(4, 2, little);
    view.setUint16(6, diagnostic, little);
    expect(waiting(socket)).toEqual([answer]);
    expect(ask(socket, { ...request("dump", "unspec"), sequence: 1 })).toEqual(before);
  });

  it("all diagnostics have a row", () => {
    const provoked = new Set(rows.map(([diagnostic]) => diagnostic));
    expect(Object.entries(Diagnostic).filter(([, number]) => !provoked.has(number))).toEqual([]);
    expect([...provoked].filter((number) => !Object.values<number>(Diagnostic).includes(number))).toEqual([]);
  });
});
