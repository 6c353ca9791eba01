import { type Algorithm, algorithmByLinuxName, algorithmByNumber, keyBitsAllowed } from "@keysock/algorithms";
import {
  type Dialect,
  find,
  hasExtension,
  IpsecLevel,
  IpsecMode,
  type IpsecRequest,
  linux,
  type MessageType,
  type OutgoingMessage,
  PolicyDirection,
  PolicyType,
  XfrmStateFlag,
} from "@keysock/wire";
import { keySizes } from "./key-sizes.ts";

/** Linux's numbers (asm-generic/errno.h). */
const EPERM = 1;
const ENOENT = 2;
const ESRCH = 3;
const EEXIST = 17;
const EINVAL = 22;
const ENOSYS = 38;
const ELOOP = 40;
const EPROTONOSUPPORT = 93;
const ENOBUFS = 105;

/** One way in which a kernel comes to refuse a request. */
interface Cause {
  errno: number;
  /** Types of request; any unless given. */
  of?: readonly MessageType[];
  /** Whether it can be this; always unless given. */
  when?(request: OutgoingMessage): boolean;
  /** Only over that; over both unless given. */
  over?: "pfkey" | "xfrm";
  because: string | ((request: OutgoingMessage) => string);
}

const sa: readonly MessageType[] = ["add", "update"];
const found: readonly MessageType[] = ["get", "delete"];
const policy: readonly MessageType[] = ["spdadd", "spdupdate"];

/** What Linux means by its errno, the surest cause first. Measured on Linux 6.1. */
// biome-ignore format: one row a line
const causes: readonly Cause[] = [
  { errno: EPERM, because: "IPsec takes root or CAP_NET_ADMIN" },

  { errno: ENOENT, of: ["getspi"], because: "that SPI, or each of the range, is taken" },
  { errno: ENOENT, of: sa, because: "the kernel lacks a module for it: that of the algorithm, or a random number source (drbg) for its IV" },
  { errno: ENOENT, of: ["spddelete", "spdget"], over: "pfkey", because: "no policy has this selector and direction" },
  { errno: ENOENT, of: ["spddelete"], over: "xfrm", because: "no policy has this selector, direction, mark and interface id" },

  { errno: ESRCH, of: found, when: isUnspecified, because: "the kernel looks for no SA without a protocol: say esp, ah or ipcomp" },
  { errno: ESRCH, of: found, over: "pfkey", because: "no SA has this destination, SPI and protocol" },
  { errno: ESRCH, of: found, over: "xfrm", because: "no SA has this destination, SPI, protocol and mark" },
  { errno: ESRCH, of: ["update"], because: "there is no such SA to update: add it" },

  { errno: EEXIST, of: sa, because: "there is an SA with this destination, SPI and protocol; the source makes no difference" },
  { errno: EEXIST, of: policy, over: "pfkey", because: "there is a policy with this selector and direction: spdupdate replaces it" },
  { errno: EEXIST, of: policy, over: "xfrm", because: "there is a policy with this selector, direction, mark and interface id: spdupdate replaces it" },

  { errno: EINVAL, of: sa, when: hasOneLifetime, over: "pfkey", because: "Linux takes a hard and a soft lifetime together or neither" },
  { errno: EINVAL, of: sa, when: isAhWithoutKey, because: "AH takes an authentication algorithm with a key (-A)" },
  { errno: EINVAL, of: sa, when: isEspWithoutEncryption, because: "ESP takes an encryption algorithm (-E), if only null" },
  { errno: EINVAL, of: sa, when: isIpcompWithoutAlgorithm, because: "IPComp takes a compression algorithm (-C)" },
  { errno: EINVAL, of: sa, when: isBeetSa, over: "pfkey", because: "mode BEET cannot be set over PF_KEY, only over XFRM" },
  { errno: EINVAL, of: sa, when: isAeadWithAuthentication, because: (request) => `${encryptionOf(request)!.name} authenticates what it enciphers: leave -A out` },
  { errno: EINVAL, of: sa, when: isEsnWithoutSequence, because: "extended sequence numbers are for ESP and AH" },
  { errno: EINVAL, of: sa, when: mayHaveWrongKey, because: (request) => `${encryptionOf(request)!.name} takes a key of ${keySizesOf(request)}` },
  { errno: EINVAL, of: ["getspi"], when: isUnspecified, because: "an SPI is one of a protocol: say esp, ah or ipcomp" },
  { errno: EINVAL, of: policy, when: hasNoAddresses, because: "a policy takes a source and a destination" },
  { errno: EINVAL, of: policy, when: isOfSocket, because: "entrust and bypass are for a socket's own policies" },
  { errno: EINVAL, of: policy, when: someRequest(({ mode }) => mode === IpsecMode.any), because: "mode any is for no policy: say transport or tunnel" },
  { errno: EINVAL, of: policy, when: someRequest(({ mode }) => mode === IpsecMode.beet), over: "pfkey", because: "mode BEET cannot be set over PF_KEY, only over XFRM" },
  { errno: EINVAL, of: policy, when: isOptionalTunnelOut, because: "level use is not for a tunnel in direction out" },
  { errno: EINVAL, of: policy, when: hasWrongPrefix, because: "a prefix length is out of its range, 0 to 32 or 0 to 128" },

  { errno: ENOSYS, of: sa, when: isCombined, over: "pfkey", because: (request) => `Linux takes ${encryptionOf(request)!.name} over XFRM only, PF_KEY has no combined-mode algorithm` },
  { errno: ENOSYS, of: sa, because: (request) => `this kernel lacks ${algorithmNames(request)}` },

  { errno: ELOOP, of: policy, when: (request) => requestsOf(request).length > mostRequests, because: "a policy takes six requests at most" },

  { errno: EPROTONOSUPPORT, of: sa, when: isUnspecified, because: "an SA is one of a protocol: say esp, ah or ipcomp" },
  { errno: EPROTONOSUPPORT, of: [...sa, ...policy], because: "the kernel lacks the module of that protocol or mode (esp4, ah4, ipcomp, xfrm4_tunnel, ...)" },

  { errno: ENOBUFS, because: "the kernel has no room for it now" },
];

/** XFRM_MAX_DEPTH (net/xfrm.h). */
const mostRequests = 6;
/** SADB_X_AALG_NULL (linux/pfkeyv2.h). */
const nullAuthentication = 251;

/**
 * Why a Linux kernel refused a request, in a few words; undefined where that is not known. A request that has been
 * stripped of its keys is explained too, only less surely.
 *
 * @param dialect - of the socket that it was sent to: whether PF_KEY or XFRM is underneath. PF_KEY unless given.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { explainRefusal } from "@keysock/setkey-compiler";
 * import { request } from "@keysock/wire";
 *
 * const EPROTONOSUPPORT = 93;
 * assert.equal(
 *   explainRefusal(request("add", "unspec"), EPROTONOSUPPORT),
 *   "an SA is one of a protocol: say esp, ah or ipcomp",
 * );
 * ```
 */
export function explainRefusal(
  request: OutgoingMessage,
  errno: number,
  dialect: Dialect = linux,
): string | undefined {
  const way = hasExtension(dialect, "xfrm") ? "xfrm" : "pfkey";
  const cause = causes.find(
    ({ errno: its, of, over, when }) =>
      its === errno &&
      (over === undefined || over === way) &&
      (of === undefined || of.some((type) => type === request.type)) &&
      (when === undefined || when(request)),
  );
  return typeof cause?.because === "function" ? cause.because(request) : cause?.because;
}

function isUnspecified({ saType }: OutgoingMessage): boolean {
  return saType === "unspec";
}

function hasOneLifetime(request: OutgoingMessage): boolean {
  return (find(request, "lifetimeHard") === undefined) !== (find(request, "lifetimeSoft") === undefined);
}

function isAhWithoutKey(request: OutgoingMessage): boolean {
  const { authentication = 0 } = find(request, "sa") ?? {};
  const isNamed = find(request, "xfrm")?.authentication !== undefined;
  return request.saType === "ah" && !isNamed && [0, nullAuthentication].includes(authentication);
}

function isEspWithoutEncryption(request: OutgoingMessage): boolean {
  const isNamed = find(request, "xfrm")?.aead !== undefined;
  return request.saType === "esp" && !isNamed && find(request, "sa")?.encryption === 0;
}

function isAeadWithAuthentication(request: OutgoingMessage): boolean {
  const named = find(request, "xfrm")?.authentication !== undefined;
  const authenticated = named || (find(request, "sa")?.authentication ?? 0) !== 0;
  return encryptionOf(request)?.aead === true && authenticated;
}

function isEsnWithoutSequence(request: OutgoingMessage): boolean {
  const { flags = 0 } = find(request, "xfrm") ?? {};
  return (flags & XfrmStateFlag.esn) !== 0 && request.saType === "ipcomp";
}

function isIpcompWithoutAlgorithm(request: OutgoingMessage): boolean {
  return request.saType === "ipcomp" && find(request, "sa")?.encryption === 0;
}

function isBeetSa(request: OutgoingMessage): boolean {
  return find(request, "sa2")?.mode === IpsecMode.beet;
}

function encryptionOf(request: OutgoingMessage): Algorithm | undefined {
  const aead = find(request, "xfrm")?.aead;
  if (aead !== undefined) return algorithmByLinuxName("encryption", aead.name, aead.icvBits);
  const number = find(request, "sa")?.encryption;
  return number && request.saType === "esp" ? algorithmByNumber("encryption", number, "linux") : undefined;
}

/** Without the key only the ciphers come into question that take not every size between their smallest and biggest. */
function mayHaveWrongKey(request: OutgoingMessage): boolean {
  const cipher = encryptionOf(request);
  const range = cipher?.keyBits.linux;
  if (cipher === undefined || range === undefined) return false;
  const key = find(request, "keyEncryption");
  return key === undefined ? range.step > 8 : !keyBitsAllowed(cipher, key.bits, "linux");
}

function keySizesOf(request: OutgoingMessage): string {
  const bits = encryptionOf(request)?.keyBits.linux;
  return keySizes(bits?.min ?? 0, bits?.max ?? 0, bits);
}

function isCombined(request: OutgoingMessage): boolean {
  return encryptionOf(request)?.xfrmOnly === true;
}

function algorithmNames({ saType, ...request }: OutgoingMessage): string {
  const { encryption = 0, authentication = 0 } = find(request, "sa") ?? {};
  const named = find(request, "xfrm");
  const kind = saType === "ipcomp" ? "compression" : "encryption";
  const names = [
    named?.aead?.name ?? algorithmByNumber(kind, encryption, "linux")?.name ?? `${kind} ${encryption}`,
    named?.authentication?.name ??
      algorithmByNumber("authentication", authentication, "linux")?.name ??
      `authentication ${authentication}`,
  ].filter((name) => name !== "none");
  return names.join(" or ");
}

function requestsOf(request: OutgoingMessage): readonly IpsecRequest[] {
  return find(request, "policy")?.requests ?? [];
}

function someRequest(test: (request: IpsecRequest) => boolean): (request: OutgoingMessage) => boolean {
  return (request) => requestsOf(request).some(test);
}

function hasNoAddresses(request: OutgoingMessage): boolean {
  return find(request, "addressSource") === undefined || find(request, "addressDestination") === undefined;
}

function isOfSocket(request: OutgoingMessage): boolean {
  return (find(request, "policy")?.policyType ?? 0) > PolicyType.ipsec;
}

function isOptionalTunnelOut(request: OutgoingMessage): boolean {
  const isOut = find(request, "policy")?.direction === PolicyDirection.out;
  return (
    isOut &&
    requestsOf(request).some(({ level, mode }) => level === IpsecLevel.use && mode === IpsecMode.tunnel)
  );
}

function hasWrongPrefix(request: OutgoingMessage): boolean {
  return (["addressSource", "addressDestination"] as const).some((kind) => {
    const address = find(request, kind);
    return address !== undefined && address.prefixLength > (address.sockaddr.family === "inet" ? 32 : 128);
  });
}
