import { isBroadcast, isMulticast, isUnspecified } from "@keysock/address";
import { algorithmByNumber, hasWeakKey, keyBitsAllowed } from "@keysock/algorithms";
import {
  type AddressExtension,
  find,
  type KeyExtension,
  type LifetimeExtension,
  type MessageType,
  type OutgoingMessage,
  SaState,
} from "@keysock/wire";
import { nullCipher } from "./parameters.ts";

/** One of illumos's diagnostics (SADB_X_DIAGNOSTIC_*, net/pfkeyv2.h) and the requests that it refuses with it. */
interface Rule {
  code: number;
  /** Types of request; all that are about an SA unless given. */
  of?: readonly MessageType[];
  /** Type of SA; any unless given. */
  saType?: "ah" | "esp";
  when(request: OutgoingMessage): boolean;
}

const change: readonly MessageType[] = ["add", "update"];

/** In the order in which illumos's kernel looks. */
// biome-ignore format: one row a line
const rules: readonly Rule[] = [
  { code: 33, of: change,               when: hasMalformed("keyEncryption") },
  { code: 34, of: change,               when: hasMalformed("keyAuthentication") },
  { code: 5,                            when: ({ saType }) => saType === "unspec" },
  { code: 4,                            when: ({ saType }) => saType !== "ah" && saType !== "esp" },
  { code: 18,                           when: lacks("addressSource") },
  { code: 19,                           when: lacks("addressDestination") },
  { code: 20,                           when: lacks("sa") },
  { code: 8,                            when: (request) => bytesOf(request, "addressSource") === undefined },
  { code: 9,                            when: (request) => bytesOf(request, "addressDestination") === undefined },
  { code: 12, of: change,               when: addressIs("addressSource", (bytes) => isMulticast(bytes) || isBroadcast(bytes)) },
  { code: 13,                           when: addressIs("addressDestination", isUnspecified) },
  { code: 11,                           when: (request) => bytesOf(request, "addressSource")?.length !== bytesOf(request, "addressDestination")?.length },
  { code: 10, of: change,               when: (request) => find(request, "addressProxy") !== undefined && bytesOf(request, "addressProxy") === undefined },
  { code: 64, of: change,               when: hasLongProxyPrefix },
  { code: 22, of: change, saType: "ah", when: lacks("keyAuthentication") },
  { code: 21, of: change, saType: "esp", when: (request) => encryptionOf(request) !== nullCipher && lacks("keyEncryption")(request) },
  { code: 43, of: change,               when: (request) => find(request, "sa")?.state !== SaState.mature },
  { code: 46, of: change, saType: "ah", when: (request) => encryptionOf(request) !== 0 },
  { code: 41, of: change, saType: "esp", when: (request) => encryptionOf(request) === 0 },
  { code: 40, of: change, saType: "esp", when: (request) => encryptionOf(request) === nullCipher && authenticationOf(request) === 0 },
  { code: 82, of: change,               when: (request) => lacks("lifetimeHard")(request) !== lacks("lifetimeSoft")(request) },
  { code: 14, of: change,               when: softer("allocations") },
  { code: 15, of: change,               when: softer("bytes") },
  { code: 16, of: change,               when: softer("addTime") },
  { code: 17, of: change,               when: softer("useTime") },
  { code: 37, of: change, saType: "ah", when: (request) => !lacks("keyEncryption")(request) },
  { code: 40, of: change,               when: (request) => !isKnown("authentication", authenticationOf(request), !lacks("keyAuthentication")(request)) },
  { code: 44, of: change,               when: hasWrongSize("keyAuthentication") },
  { code: 41, of: change, saType: "esp", when: (request) => !isKnown("encryption", encryptionOf(request), true) },
  { code: 45, of: change, saType: "esp", when: hasWrongSize("keyEncryption") },
  { code: 47, of: change, saType: "esp", when: encryptsByWeakKey },
];

/**
 * The diagnostic that illumos would give with EINVAL for a request to Linux, whose EINVAL comes without one; 0 where it would give
 * none. Ask before the request is sent: a session overwrites its keys.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { diagnose } from "@keysock/ipseckey-compiler";
 * import { request } from "@keysock/wire";
 *
 * // Missing source address
 * assert.equal(diagnose(request("get", "esp")), 18);
 * ```
 */
export function diagnose(request: OutgoingMessage): number {
  const rule = rules.find(
    ({ of = ["add", "update", "delete", "get"], saType = request.saType, when }) =>
      of.some((type) => type === request.type) && saType === request.saType && when(request),
  );
  return rule?.code ?? 0;
}

type Kind = OutgoingMessage["extensions"][number]["kind"];
type AddressKind = "addressSource" | "addressDestination" | "addressProxy";
type KeyKind = "keyAuthentication" | "keyEncryption";

function lacks(kind: Kind): Rule["when"] {
  return (request) => find(request, kind) === undefined;
}

const authenticationOf = (request: OutgoingMessage): number => find(request, "sa")?.authentication ?? 0;
const encryptionOf = (request: OutgoingMessage): number => find(request, "sa")?.encryption ?? 0;

/** The bytes of an address; undefined where it is none of IPv4 or IPv6. */
function bytesOf(request: OutgoingMessage, kind: AddressKind): Uint8Array | undefined {
  const sockaddr: AddressExtension["sockaddr"] | undefined = find(request, kind)?.sockaddr;
  return sockaddr !== undefined && "address" in sockaddr ? sockaddr.address : undefined;
}

function addressIs(kind: AddressKind, is: (address: Uint8Array) => boolean): Rule["when"] {
  return (request) => {
    const bytes = bytesOf(request, kind);
    return bytes !== undefined && is(bytes);
  };
}

function hasLongProxyPrefix(request: OutgoingMessage): boolean {
  const bytes = bytesOf(request, "addressProxy");
  return bytes !== undefined && find(request, "addressProxy")!.prefixLength > bytes.length * 8;
}

/** No bits, or none that is set; the empty key that Linux wants for the NULL cipher is none. */
function hasMalformed(kind: KeyKind): Rule["when"] {
  return (request) => {
    const key = find(request, kind);
    if (key === undefined) return false;
    if (kind === "keyEncryption" && encryptionOf(request) === nullCipher && key.bits === 0) return false;
    return key.key.every((byte) => byte === 0);
  };
}

function softer(limit: "allocations" | "bytes" | "addTime" | "useTime"): Rule["when"] {
  return (request) => {
    const hard: LifetimeExtension | undefined = find(request, "lifetimeHard") as
      | LifetimeExtension
      | undefined;
    const soft: LifetimeExtension | undefined = find(request, "lifetimeSoft") as
      | LifetimeExtension
      | undefined;
    if (hard === undefined || soft === undefined) return false;
    return BigInt(hard[limit]) !== 0n && BigInt(soft[limit]) > BigInt(hard[limit]);
  };
}

/** Whether Linux has the algorithm over PF_KEY; none is one, unless there is a key for it. */
function isKnown(kind: "authentication" | "encryption", number: number, needed: boolean): boolean {
  const algorithm = algorithmByNumber(kind, number, "linux");
  if (number === 0) return !needed;
  return algorithm?.keyBits.linux !== undefined && !algorithm.xfrmOnly;
}

function hasWrongSize(kind: KeyKind): Rule["when"] {
  return (request) => {
    const key: Pick<KeyExtension, "bits"> | undefined = find(request, kind);
    const number = kind === "keyEncryption" ? encryptionOf(request) : authenticationOf(request);
    const algorithm = algorithmByNumber(
      kind === "keyEncryption" ? "encryption" : "authentication",
      number,
      "linux",
    );
    return key !== undefined && algorithm !== undefined && !keyBitsAllowed(algorithm, key.bits, "linux");
  };
}

function encryptsByWeakKey(request: OutgoingMessage): boolean {
  const key = find(request, "keyEncryption")?.key;
  const name = algorithmByNumber("encryption", encryptionOf(request), "linux")?.name;
  return key !== undefined && name !== undefined && hasWeakKey(name, key);
}
