/**
 * The SA that an ADD describes, or an UPDATE of a larval one, with illumos's checks in illumos's order.
 */
import {
  find,
  IllumosSaFlag,
  type KeyExtension,
  type Message,
  type OutgoingExtension,
  type SaExtension,
  SaState,
} from "@keysock/wire";
import { Refusal } from "../refusal.ts";
import {
  type Address,
  type Addresses,
  addressesOf,
  addressKinds,
  checkSelectors,
  isUnspecified,
} from "./addresses.ts";
import { checkAuthentication, checkEncryption, nullEncryption } from "./algorithms.ts";
import { Diagnostic } from "./diagnostic.ts";
import { Errno } from "./errno.ts";
import type { Kernel } from "./kernel.ts";
import { type Lifetimes, lifetimesIn } from "./lifetimes.ts";
import { protocolOf } from "./protocol.ts";
import { refuse } from "./refuse.ts";
import { createSa, type Protocol, type Sa, type SaKey } from "./sa.ts";

/** What a message about a whole SA says of it. Its keys are still the message's. */
export interface Described {
  readonly message: Message;
  readonly protocol: Protocol;
  readonly sa: SaExtension;
  readonly addresses: Addresses;
  readonly source: Address;
  readonly destination: Address;
}

/** What must be there, in ADD and UPDATE. @throws Refusal with EINVAL and 4, 5, 8 to 13, 18 to 20, 38, 39 or 55 to 72 */
export function describedIn(message: Message): Described {
  const protocol = protocolOf(message);
  const addresses = addressesOf(message);
  checkSelectors(addresses);
  if (find(message, "proposal")) refuse(Diagnostic.proposalPresent);
  if (find(message, "supportedAuthentication") || find(message, "supportedEncryption")) {
    refuse(Diagnostic.supportedPresent);
  }
  const { addressSource: source, addressDestination: destination } = addresses;
  if (source === undefined) refuse(Diagnostic.missingSource);
  if (destination === undefined) refuse(Diagnostic.missingDestination);
  const { addressProxy: innerSource, addressInnerDestination: innerDestination } = addresses;
  if (!innerSource && innerDestination) refuse(Diagnostic.missingInnerSource);
  if (innerSource && !innerDestination) refuse(Diagnostic.missingInnerDestination);
  const sa = find(message, "sa");
  if (sa === undefined) refuse(Diagnostic.missingSa);
  return { message, protocol, sa, addresses, source, destination };
}

/** Lifetimes of an SA whose algorithms and keys are in order, and the bits of salt in its encryption key. */
interface Checked extends Lifetimes {
  readonly saltBits: number;
}

/**
 * Checks a new SA. It is made, with copies of the keys, when what is returned is called.
 *
 * @throws Refusal with EINVAL and 14 to 17, 21, 22, 37, 40 to 48, 51, 52 or 81, or with EOPNOTSUPP
 */
export function checkNew(kernel: Kernel, described: Described): () => Sa {
  const checked = described.protocol === "ah" ? checkAh(kernel, described) : checkEsp(kernel, described);
  const replayValue = replayValueIn(described.message);
  return () => saOf(described, checked, replayValue, kernel.clock.now());
}

function checkAh(kernel: Kernel, { message, sa }: Described): Checked {
  const key = find(message, "keyAuthentication");
  if (key === undefined) refuse(Diagnostic.missingAuthenticationKey);
  if (sa.state !== SaState.mature) refuse(Diagnostic.badSaState);
  if (sa.encryption !== 0) refuse(Diagnostic.encryptionNotSupported);
  checkFlags("ah", sa);
  const lifetimes = checkedLifetimes(message);
  if (find(message, "keyEncryption")) refuse(Diagnostic.encryptionKeyPresent);
  checkAuthentication(kernel, sa.authentication, key);
  return { ...lifetimes, saltBits: 0 };
}

function checkEsp(kernel: Kernel, described: Described): Checked {
  const { message, sa, addresses } = described;
  const encryptionKey = find(message, "keyEncryption");
  const isNull = sa.encryption === nullEncryption;
  if (encryptionKey === undefined && !isNull) refuse(Diagnostic.missingEncryptionKey);
  if (sa.state !== SaState.mature) refuse(Diagnostic.badSaState);
  if (sa.encryption === 0) refuse(Diagnostic.badEncryption);
  if (isNull && sa.authentication === 0) refuse(Diagnostic.badAuthentication);
  checkFlags("esp", sa);
  if (sa.flags & flag.natTLocal && !addresses.addressNatTLocal) refuse(Diagnostic.missingNatTLocal);
  if (sa.flags & flag.natTRemote && !addresses.addressNatTRemote) refuse(Diagnostic.missingNatTRemote);
  const lifetimes = checkedLifetimes(message);
  const authenticationKey = find(message, "keyAuthentication");
  if (authenticationKey !== undefined) checkAuthentication(kernel, sa.authentication, authenticationKey);
  else if (sa.authentication !== 0) refuse(Diagnostic.missingAuthenticationKey);
  return { ...lifetimes, saltBits: checkEncryption(kernel, sa.encryption, encryptionKey) };
}

const flag = IllumosSaFlag;
const keyManagement = flag.keyManagement1 | flag.keyManagement2 | flag.keyManagement3 | flag.keyManagement4;
const ofBoth =
  flag.pfs | flag.noReplay | flag.inbound | flag.outbound | flag.paired | flag.tunnel | keyManagement;

/** What a user may set; the others are the kernel's own. */
const settableFlags: Readonly<Record<Protocol, number>> = {
  ah: ofBoth,
  esp: ofBoth | flag.natTLocal | flag.natTRemote | flag.natted,
};

/** @throws Refusal with EINVAL and 42 */
export function checkFlags(protocol: Protocol, { flags }: SaExtension): void {
  if ((flags & ~settableFlags[protocol]) !== 0) refuse(Diagnostic.badSaFlags);
}

/** @throws Refusal with EOPNOTSUPP for counters, which are the kernel's, or with EINVAL and 14 to 17 */
export function checkedLifetimes(message: Message): Lifetimes {
  if (find(message, "lifetimeCurrent")) throw new Refusal(Errno.EOPNOTSUPP);
  return lifetimesIn(message);
}

/** 0 without one. @throws Refusal with EINVAL and 81 for one of 64 bits */
export function replayValueIn(message: Message): number {
  const { replay32, replay64 } = find(message, "replayValue") ?? { replay32: 0, replay64: 0n };
  if (replay64 !== 0n) refuse(Diagnostic.invalidReplay);
  return replay32;
}

/** Nobody can tell the packets of many sources apart by their numbers. */
export const replayOf = (sa: SaExtension, source: Address | undefined): number =>
  source === undefined || isUnspecified(source.sockaddr.address) ? 0 : sa.replay;

function saOf(
  { message, protocol, sa, addresses, source, destination }: Described,
  { saltBits, ...lifetimes }: Checked,
  replayValue: number,
  now: number,
): Sa {
  return createSa(
    {
      protocol,
      spi: sa.spi,
      source: source.sockaddr.address,
      destination: destination.sockaddr.address,
      addresses: addressKinds.flatMap((kind) => addresses[kind] ?? []),
      state: sa.state,
      flags: (sa.flags & ~flag.paired) >>> 0,
      replay: replayOf(sa, source),
      authentication: sa.authentication,
      encryption: sa.encryption,
      authenticationKey: keyOf(find(message, "keyAuthentication"), 0),
      encryptionKey: keyOf(find(message, "keyEncryption"), saltBits),
      cookie: asGiven(message, "kmCookie"),
      identities: [...asGiven(message, "identitySource"), ...asGiven(message, "identityDestination")],
      labels: [...asGiven(message, "sensitivity"), ...asGiven(message, "outerSensitivity")],
      replayValue,
      ...lifetimes,
    },
    now,
  );
}

function keyOf(key: KeyExtension | undefined, saltBits: number): SaKey | undefined {
  return key === undefined ? undefined : { bits: key.bits, saltBits, bytes: key.key.slice() };
}

function asGiven(
  message: Message,
  kind: "kmCookie" | "identitySource" | "identityDestination" | "sensitivity" | "outerSensitivity",
): OutgoingExtension[] {
  return message.extensions.filter((extension) => extension.kind === kind);
}
