import { linux, linuxXfrm, type OutgoingExtension, type XfrmExtension } from "@keysock/wire";
import { address, bytesOf, destination, inet, key, sa, source, whole } from "./testing/sample.ts";
import { begun, checkRows, type Row, usual } from "./testing/saved-rows.ts";

const natTPort = (kind: "natTSourcePort" | "natTDestinationPort", port: number): OutgoingExtension => ({
  kind,
  port,
  reserved: 0,
});
const sa2 = (mode: number, reqid = 0): OutgoingExtension => ({
  kind: "sa2",
  mode,
  reserved1: 0,
  reserved2: 0,
  sequence: 0,
  reqid,
});
const encapsulated = [
  { kind: "natTType", natTType: 2, reserved: 0 },
  natTPort("natTSourcePort", 4500),
  natTPort("natTDestinationPort", 1024),
] as const;

const weak = [
  "    spi 0x100 encr_alg des-cbc auth_alg hmac-md5 replay 0 ",
  ...usual,
  "\tencrkey 0101010101010101/64",
];

const ofLinux: Row[] = [
  {
    name: "the least, with whole prefixes and any protocol",
    extensions: [
      sa(),
      address("addressSource", inet(1), { prefixLength: 32, protocol: 255 }),
      address("addressDestination", inet(2), { prefixLength: 32, protocol: 255 }),
      key,
      sa2(1),
    ],
    lines: [...begun, ...usual],
  },
  {
    name: "UDP",
    extensions: whole(...encapsulated),
    lines: [
      "add esp ",
      "    spi 0x100 auth_alg hmac-md5 replay 0 encap udp",
      ...usual,
      "    nat_loc  192.0.2.1 nat_lport 4500",
      "    nat_rem  192.0.2.2 nat_rport 1024",
    ],
  },
  {
    name: "UDP of the kind that RFC 3948 left behind, and an original address",
    extensions: whole(
      { kind: "natTType", natTType: 1, reserved: 0 },
      natTPort("natTSourcePort", 4500),
      address("natTOriginalAddress", inet(9)),
    ),
    lines: [...begun, ...usual],
    losses: ["NAT-T encapsulation of type 1 is not saved", "the original address of NAT-T is not saved"],
  },
  {
    name: "a tunnel with a proxy",
    extensions: whole(address("addressProxy", inet(3), { prefixLength: 24 }), sa2(2)),
    lines: [...begun, ...usual, "    isrc 192.0.2.3/24"],
  },
  {
    name: "a tunnel for IPv6 in IPv4",
    extensions: whole(
      address(
        "addressProxy",
        { family: "inet", port: 0, address: Uint8Array.of(0x20, 1, 0xd, 0xb8) },
        { prefixLength: 48 },
      ),
      sa2(2),
    ),
    lines: ["# add esp ", begun[1]!, ...usual, "    isrc 32.1.13.184/48"],
    compat: [...begun, ...usual, "    isrc 32.1.13.184/48"],
    losses: ["it cannot be loaded, as /48 is no prefix of the inner source"],
  },
  {
    name: "a tunnel without one: it is the source",
    extensions: whole(sa2(2)),
    lines: [...begun, ...usual, "    isrc 192.0.2.1"],
  },
  {
    name: "a tunnel without one and from anywhere",
    extensions: [
      sa(),
      address("addressSource", { family: "inet", port: 0, address: new Uint8Array(4) }),
      destination,
      key,
      sa2(2),
    ],
    lines: [...begun, "    src 0.0.0.0", ...usual.slice(1), "    iproto 0"],
  },
  {
    name: "the selector of an SA that is no tunnel",
    extensions: whole(address("addressProxy", inet(0), { protocol: 255 }), sa2(1)),
    lines: [...begun, ...usual],
  },
  {
    name: "a selector of its own",
    extensions: whole(address("addressProxy", inet(3), { prefixLength: 24 }), sa2(1)),
    lines: [...begun, ...usual],
    losses: ["the selector is not saved"],
  },
  {
    name: "mode and request id",
    extensions: whole(sa2(3, 7)),
    lines: [...begun, ...usual],
    losses: ["mode 3 and request id 7 are not saved"],
  },
  {
    name: "flags, a security context and the empty key of the NULL cipher",
    extensions: [
      sa({ encryption: 11, flags: 0x8000_0000 }),
      source,
      destination,
      key,
      { kind: "keyEncryption", bits: 0, reserved: 0, key: new Uint8Array() },
      { kind: "securityContext", algorithm: 1, doi: 1, context: bytesOf("c\0") },
    ],
    lines: ["add esp ", "    spi 0x100 encr_alg null auth_alg hmac-md5 replay 0 ", ...usual],
    compat: ["add esp ", "    spi 0x100 encr_alg null auth_alg hmac-md5 replay 0 ", ...usual, "\tencrkey /0"],
    losses: ["flags 0x80000000 are not saved", "the security context is not saved"],
  },
  {
    name: "compression, which has no key",
    extensions: [sa({ authentication: 0, encryption: 2 }), source, destination],
    header: { saType: "ipcomp" },
    lines: ["# add 9 ", "    spi 0x100 encr_alg 2 replay 0 ", "    src 192.0.2.1", "    dst 192.0.2.2"],
    compat: ["add 9 ", "    spi 0x100 encr_alg 2 replay 0 ", "    src 192.0.2.1", "    dst 192.0.2.2"],
    losses: ["it cannot be loaded, as there is no key"],
  },
  {
    name: "an HMAC key of a size that Linux alone takes",
    extensions: [
      sa(),
      source,
      destination,
      { kind: "keyAuthentication", bits: 16, reserved: 0, key: Uint8Array.of(0xab, 0xcd) },
    ],
    lines: ["# add esp ", begun[1]!, ...usual.slice(0, 2), "\tauthkey abcd/16"],
    compat: [...begun, ...usual.slice(0, 2), "\tauthkey abcd/16"],
    losses: ["it cannot be loaded, as its key for hmac-md5 has 16 bits: 128 bits are taken"],
  },
  {
    name: "a weak key",
    extensions: [
      sa({ encryption: 2 }),
      source,
      destination,
      key,
      { kind: "keyEncryption", bits: 64, reserved: 0, key: new Uint8Array(8).fill(1) },
    ],
    lines: ["# add esp ", ...weak],
    compat: ["add esp ", ...weak],
    losses: ["it cannot be loaded, as its key for des-cbc is weak"],
  },
];

checkRows(ofLinux.map((row) => ({ ...row, dialect: linux })));

const beyond = (parts: Partial<XfrmExtension>): OutgoingExtension[] => [{ kind: "xfrm", ...parts }];
const ip = (...bytes: number[]) => Uint8Array.from(bytes);
const nameless = (word: string) => `it cannot be loaded, as ipseckey has no word for ${word}`;
const commented = ["# add esp ", begun[1]!, ...usual];

const ofXfrm: Row[] = [
  { name: "nothing beyond PF_KEY", extensions: whole(...beyond({})), lines: [...begun, ...usual] },
  {
    name: "a mark",
    extensions: whole(...beyond({ mark: { value: 1, mask: 1 } })),
    lines: [...begun, ...usual],
    losses: ["the mark is not saved"],
  },
  {
    name: "numbers and words",
    extensions: whole(
      ...beyond({
        mode: 5,
        outputMark: { value: 1, mask: 1 },
        ifId: 7,
        flags: 0xc0,
        extraFlags: 2,
        replayWindow: 64,
        direction: "in",
      }),
    ),
    lines: [...begun, ...usual],
    losses: [
      "mode iptfs, the output mark, interface id 7, flag align4+esn, flag oseqMayWrap, a replay window of 64 packets and direction in are not saved",
    ],
  },
  {
    name: "the rest",
    extensions: whole(
      ...beyond({
        mode: 9,
        flags: 0x100,
        offload: { interfaceIndex: 1, flags: 0 },
        tfcPad: 100,
        natKeepalive: 20,
        cpu: 3,
        encapOriginal: ip(192, 0, 2, 9),
        other: [
          { type: 15, bytes: ip(1) },
          { type: 60, bytes: ip() },
        ],
      }),
    ),
    lines: [...begun, ...usual],
    losses: [
      "mode 9, flag 0x100, the hardware offload, padding to 100 bytes, a NAT keepalive of 20 seconds, CPU 3, the original address of NAT-T, XFRM attribute 15 and XFRM attribute 60 are not saved",
    ],
  },
  {
    name: "a selector, which PF_KEY shows a part of",
    extensions: whole(
      address("addressProxy", inet(3), { prefixLength: 24 }),
      sa2(1),
      ...beyond({
        selector: {
          source: ip(192, 0, 2, 3),
          destination: ip(192, 0, 2, 4),
          sourcePrefixLength: 24,
          destinationPrefixLength: 32,
          sourcePort: 0,
          sourcePortMask: 0,
          destinationPort: 0,
          destinationPortMask: 0,
          protocol: 0,
          interfaceIndex: 0,
          user: 0,
        },
      }),
    ),
    lines: [...begun, ...usual],
    losses: ["the selector is not saved"],
  },
  {
    name: "another ICV than the number says",
    extensions: whole(...beyond({ authentication: { name: "hmac(md5)", truncationBits: 128 } })),
    lines: [...begun, ...usual],
    losses: ["hmac(md5) with an ICV of 128 bits is not saved"],
  },
  {
    name: "a cipher without a number",
    extensions: whole(...beyond({ encryption: { name: "cbc(aria)" } })),
    lines: commented,
    compat: [...begun, ...usual],
    losses: [nameless("cbc(aria)"), "the cipher cbc(aria) is not saved"],
  },
  {
    name: "a name that would end its comment",
    extensions: whole(...beyond({ aead: { name: "x\nadd esp", icvBits: 64 } })),
    lines: commented,
    compat: [...begun, ...usual],
    losses: [nameless("x?add?esp"), "x?add?esp with an ICV of 64 bits is not saved"],
  },
  {
    name: "a digest without a number",
    extensions: [
      sa({ authentication: 0 }),
      source,
      destination,
      key,
      ...beyond({ authentication: { name: "cmac(aes)", truncationBits: 96 } }),
    ],
    lines: ["# add esp ", "    spi 0x100 replay 0 ", ...usual],
    compat: ["add esp ", "    spi 0x100 replay 0 ", ...usual],
    losses: [nameless("cmac(aes)"), "cmac(aes) with an ICV of 96 bits is not saved"],
  },
];

checkRows(ofXfrm.map((row) => ({ ...row, dialect: linuxXfrm })));
