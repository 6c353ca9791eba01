import { linux, type OutgoingExtension } from "@keysock/wire";
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
    name: "a tunnel without one",
    extensions: whole(sa2(2)),
    lines: [...begun, ...usual, "    iproto 0"],
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
];

checkRows(ofLinux.map((row) => ({ ...row, dialect: linux })));
