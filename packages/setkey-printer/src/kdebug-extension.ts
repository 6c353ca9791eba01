import type {
  AddressExtension,
  Dialect,
  Extension,
  FilterExtension,
  IdentityExtension,
  IpsecRequest,
  KeyExtension,
  KmAddressExtension,
  LifetimeExtension,
  PolicyExtension,
  ProposalExtension,
  RawExtension,
  Sa2Extension,
  SaExtension,
  SecurityContextExtension,
  Sockaddr,
  SupportedExtension,
} from "@keysock/wire";
import { hexByte, hexGroups, hexWord } from "./hex.ts";
import { printable } from "./printable.ts";
import { noNames, xfrmTexts } from "./xfrm-text.ts";

/** Lines of an extension below its `sadb_ext` line; none for the kinds that the original leaves out. */
export function extensionText(
  extension: Exclude<Extension, RawExtension>,
  bytes: Uint8Array,
  dialect: Dialect,
): string {
  switch (extension.kind) {
    case "sa":
      return saText(extension);
    case "lifetimeCurrent":
    case "lifetimeHard":
    case "lifetimeSoft":
      return lifetimeText(extension);
    case "addressSource":
    case "addressDestination":
    case "addressProxy":
    case "natTOriginalAddress":
      return addressText(extension, bytes, dialect);
    case "keyAuthentication":
    case "keyEncryption":
      return keyText(extension);
    case "identitySource":
      return identityText("src", extension);
    case "identityDestination":
      return identityText("dst", extension);
    case "proposal":
      return proposalText(extension);
    case "supportedAuthentication":
    case "supportedEncryption":
      return supportedText(extension);
    case "policy":
      return policyText(extension, dialect);
    case "sa2":
      return sa2Text(extension);
    case "natTType":
      return `sadb_x_nat_t_type{ type=${extension.natTType} }\n`;
    case "natTSourcePort":
    case "natTDestinationPort":
      return `sadb_x_nat_t_port{ port=${extension.port} }\n`;
    case "securityContext":
      return securityContextText(extension);
    case "kmAddress":
      return kmAddressText(extension, bytes, dialect);
    case "filter":
      return filterText(extension);
    case "xfrm":
      return `sadb_x_xfrm{ ${xfrmTexts(extension, noNames).join("\n  ")} }\n`;
    default:
      return "";
  }
}

function saText({ spi, replay, state, authentication, encryption, flags }: SaExtension): string {
  return (
    `sadb_sa{ spi=${spi} replay=${replay} state=${state}\n` +
    `  auth=${authentication} encrypt=${encryption} flags=0x${hexWord(flags)} }\n`
  );
}

function lifetimeText({ allocations, bytes, addTime, useTime }: LifetimeExtension): string {
  return (
    `sadb_lifetime{ alloc=${allocations}, bytes=${lowWord(bytes)}\n` +
    `  addtime=${lowWord(addTime)}, usetime=${lowWord(useTime)} }\n`
  );
}

/** The original prints 64-bit fields of lifetimes as 32-bit ones. */
const lowWord = (value: bigint): bigint => BigInt.asUintN(32, value);

/** Where the reserved bytes of `struct sadb_address` and `struct sadb_x_kmaddress` are; they are shown as they lie. */
const addressReserved = { from: 6, to: 8 };
const kmAddressReserved = { from: 4, to: 8 };

const reservedText = (bytes: Uint8Array, { from, to }: { from: number; to: number }): string =>
  Array.from(bytes.subarray(from, to), hexByte).join("");

function addressText(
  { protocol, prefixLength, sockaddr }: AddressExtension,
  bytes: Uint8Array,
  dialect: Dialect,
): string {
  const reserved = reservedText(bytes, addressReserved);
  return (
    `sadb_address{ proto=${protocol} prefixlen=${prefixLength} reserved=0x${reserved} }\n` +
    sockaddrText(sockaddr, dialect)
  );
}

/** AF_INET6 and `sizeof (struct sockaddr_in6)`; IPv4 is the same everywhere. */
const inet6: Readonly<Record<Dialect["name"], { family: number; length: number }>> = {
  linux: { family: 10, length: 28 },
  illumos: { family: 26, length: 32 },
};

function sockaddrText(sockaddr: Sockaddr, dialect: Dialect): string {
  switch (sockaddr.family) {
    case "inet":
      return `sockaddr{ len=16 family=2 port=${sockaddr.port}\n${hexGroups(sockaddr.address)}  }\n`;
    case "inet6": {
      const { family, length } = inet6[dialect.name];
      return (
        `sockaddr{ len=${length} family=${family} port=${sockaddr.port}\n` +
        `  flowinfo=0x${hexWord(sockaddr.flowInfo)}, scope_id=0x${hexWord(sockaddr.scopeId)}\n` +
        `${hexGroups(sockaddr.address)}  }\n`
      );
    }
    default:
      return `sockaddr{ len=${2 + sockaddr.data.length} family=${sockaddr.family} port=0\n  }\n`;
  }
}

function keyText({ bits, reserved, key }: KeyExtension): string {
  return `sadb_key{ bits=${bits} reserved=${reserved}\n  key=${hexGroups(key)} }\n`;
}

function identityText(end: "src" | "dst", { identityType, id, data }: IdentityExtension): string {
  const text = data.length === 0 ? "" : `\n  str="${printable(data)}"`;
  return `sadb_ident_${end}{ type=${identityType} id=${id}${text} }\n`;
}

function proposalText({ replay, combinations }: ProposalExtension): string {
  let text = `sadb_prop{ replay=${replay}\n`;
  for (const c of combinations) {
    const flags = c.flags.toString(16).padStart(4, "0");
    text +=
      `sadb_comb{ auth=${c.authentication} encrypt=${c.encryption} flags=0x${flags} reserved=0x${hexWord(c.reserved)}\n` +
      `  auth_minbits=${c.authenticationMinBits} auth_maxbits=${c.authenticationMaxBits} ` +
      `encrypt_minbits=${c.encryptionMinBits} encrypt_maxbits=${c.encryptionMaxBits}\n` +
      `  soft_alloc=${c.softAllocations} hard_alloc=${c.hardAllocations} ` +
      `soft_bytes=${c.softBytes} hard_bytes=${c.hardBytes}\n` +
      // The original's labels, though these are the times.
      `  soft_alloc=${c.softAddTime} hard_alloc=${c.hardAddTime} ` +
      `soft_bytes=${c.softUseTime} hard_bytes=${c.hardUseTime} }\n`;
  }
  return `${text}}\n`;
}

function supportedText({ algorithms }: SupportedExtension): string {
  let text = "sadb_sup{\n";
  for (const { id, ivLength, minBits, maxBits } of algorithms) {
    text += `  { id=${id} ivlen=${ivLength} min=${minBits} max=${maxBits} }\n`;
  }
  return `${text}}\n`;
}

function policyText(policy: PolicyExtension, dialect: Dialect): string {
  const { policyType, direction, id, priority } = policy;
  let text = `sadb_x_policy{ type=${policyType} dir=${direction} id=${id.toString(16)} priority=${priority} }\n`;
  for (const request of policy.requests) text += requestText(request, dialect);
  return text;
}

function requestText(request: IpsecRequest, dialect: Dialect): string {
  const { length, protocol, mode, level, reqid, source, destination } = request;
  let text = ` { len=${length} proto=${protocol} mode=${mode} level=${level} reqid=${reqid}\n`;
  for (const sockaddr of [source, destination]) {
    if (sockaddr !== undefined) text += sockaddrText(sockaddr, dialect);
  }
  return `${text} }\n`;
}

function sa2Text({ mode, reqid, reserved1, reserved2, sequence }: Sa2Extension): string {
  return (
    `sadb_x_sa2{ mode=${mode} reqid=${reqid}\n` +
    `  reserved1=${reserved1} reserved2=${reserved2} sequence=${sequence} }\n`
  );
}

function kmAddressText({ local, remote }: KmAddressExtension, bytes: Uint8Array, dialect: Dialect): string {
  const reserved = reservedText(bytes, kmAddressReserved);
  return (
    `sadb_x_kmaddress{ reserved=0x${reserved} }\n` +
    sockaddrText(local, dialect) +
    sockaddrText(remote, dialect)
  );
}

/** The original stops here; these lines are ours. */
function securityContextText({ algorithm, doi, context }: SecurityContextExtension): string {
  return (
    `sadb_x_sec_ctx{ alg=${algorithm} doi=${doi} len=${context.length}\n` +
    `  str="${printable(context)}" }\n`
  );
}

/** The original stops here; these lines are ours. */
function filterText(extension: FilterExtension): string {
  const { source, destination, family, sourcePrefixLength, destinationPrefixLength } = extension;
  return (
    `sadb_x_filter{ family=${family} splen=${sourcePrefixLength} dplen=${destinationPrefixLength}\n` +
    `  saddr=${hexGroups(source)}\n` +
    `  daddr=${hexGroups(destination)} }\n`
  );
}
