import { type Algorithm, algorithmByNumber, keyBitsAllowed } from "@keysock/algorithms";
import {
  find,
  IpsecLevel,
  IpsecMode,
  type IpsecRequest,
  type MessageType,
  type OutgoingMessage,
  PolicyDirection,
  PolicyType,
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
  { errno: ENOENT, of: ["spddelete", "spdget"], because: "no policy has this selector and direction" },

  { errno: ESRCH, of: found, when: isUnspecified, because: "the kernel looks for no SA without a protocol: say esp, ah or ipcomp" },
  { errno: ESRCH, of: found, because: "no SA has this destination, SPI and protocol" },
  { errno: ESRCH, of: ["update"], because: "there is no such SA to update: add it" },

  { errno: EEXIST, of: sa, because: "there is an SA with this destination, SPI and protocol; the source makes no difference" },
  { errno: EEXIST, of: policy, because: "there is a policy with this selector, direction and priority: spdupdate replaces it" },

  { errno: EINVAL, of: sa, when: hasOneLifetime, because: "Linux takes a hard and a soft lifetime together or neither" },
  { errno: EINVAL, of: sa, when: isAhWithoutKey, because: "AH takes an authentication algorithm with a key (-A)" },
  { errno: EINVAL, of: sa, when: isEspWithoutEncryption, because: "ESP takes an encryption algorithm (-E), if only null" },
  { errno: EINVAL, of: sa, when: isIpcompWithoutAlgorithm, because: "IPComp takes a compression algorithm (-C)" },
  { errno: EINVAL, of: sa, when: isBeetSa, because: "mode BEET cannot be set over PF_KEY, only over XFRM" },
  { errno: EINVAL, of: sa, when: mayHaveWrongKey, because: (request) => `${encryptionOf(request)!.name} takes a key of ${keySizesOf(request)}` },
  { errno: EINVAL, of: ["getspi"], when: isUnspecified, because: "an SPI is one of a protocol: say esp, ah or ipcomp" },
  { errno: EINVAL, of: policy, when: hasNoAddresses, because: "a policy takes a source and a destination" },
  { errno: EINVAL, of: policy, when: isOfSocket, because: "entrust and bypass are for a socket's own policies" },
  { errno: EINVAL, of: policy, when: someRequest(({ mode }) => mode === IpsecMode.any), because: "mode any is for no policy: say transport or tunnel" },
  { errno: EINVAL, of: policy, when: someRequest(({ mode }) => mode === IpsecMode.beet), because: "mode BEET cannot be set over PF_KEY, only over XFRM" },
  { errno: EINVAL, of: policy, when: isOptionalTunnelOut, because: "level use is not for a tunnel in direction out" },
  { errno: EINVAL, of: policy, when: hasWrongPrefix, because: "a prefix length is out of its range, 0 to 32 or 0 to 128" },

  { errno: ENOSYS, of: sa, when: isCombined, because: (request) => `Linux takes ${encryptionOf(request)!.name} over XFRM only, PF_KEY has no combined-mode algorithm` },
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
export function explainRefusal(request: OutgoingMessage, errno: number): string | undefined {
  const cause = causes.find(
    ({ errno: its, of, when }) =>
      its === errno &&
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
  return request.saType === "ah" && [0, nullAuthentication].includes(authentication);
}

function isEspWithoutEncryption(request: OutgoingMessage): boolean {
  return request.saType === "esp" && find(request, "sa")?.encryption === 0;
}

function isIpcompWithoutAlgorithm(request: OutgoingMessage): boolean {
  return request.saType === "ipcomp" && find(request, "sa")?.encryption === 0;
}

function isBeetSa(request: OutgoingMessage): boolean {
  return find(request, "sa2")?.mode === IpsecMode.beet;
}

function encryptionOf(request: OutgoingMessage): Algorithm | undefined {
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
  const { min = 0, max = 0, step = 0 } = encryptionOf(request)?.keyBits.linux ?? {};
  return keySizes(min, max, step);
}

function isCombined(request: OutgoingMessage): boolean {
  return encryptionOf(request)?.xfrmOnly === true;
}

function algorithmNames({ saType, ...request }: OutgoingMessage): string {
  const { encryption = 0, authentication = 0 } = find(request, "sa") ?? {};
  const kind = saType === "ipcomp" ? "compression" : "encryption";
  const names = [
    algorithmByNumber(kind, encryption, "linux")?.name ?? `${kind} ${encryption}`,
    algorithmByNumber("authentication", authentication, "linux")?.name ?? `authentication ${authentication}`,
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
