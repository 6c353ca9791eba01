/**
 * The SA that an ADD or UPDATE describes, with Linux's checks in Linux's order.
 */
import { find, IpsecMode, type KeyExtension, type Message, type SaExtension } from "@keysock/wire";
import type { Request } from "../core.ts";
import { newCounters } from "../lifetime.ts";
import type { SupportedNumbers } from "../personality.ts";
import { Refusal } from "../refusal.ts";
import { addressOf, addressPair, stored } from "./address.ts";
import {
  authenticationKeyFits,
  encryptionKeyFits,
  highest,
  nullAuthentication,
  nullEncryption,
} from "./algorithms.ts";
import { Errno } from "./errno.ts";
import type { Kernel } from "./kernel.ts";
import { linuxLimits } from "./limits.ts";
import { Protocol, protocolOf } from "./protocol.ts";
import { type Encapsulation, type Sa, type SaKey, type ShownSa, wipeKeys } from "./sa.ts";

const maximumReplay = 32;
/** NOECN, DECAP_DSCP and NOPMTUDISC of linux/pfkeyv2.h; others are lost. */
const keptFlags = 0xe000_0000;
/** UDP_ENCAP_ESPINUDP_NON_IKE and UDP_ENCAP_ESPINUDP of linux/udp.h. */
const encapsulationTypes: ReadonlySet<number> = new Set([1, 2]);

/** What an ADD or UPDATE asks for. */
export type AskedSa = Omit<ShownSa, "state" | "dying" | "current">;

/** @throws Refusal */
export function saOf(kernel: Kernel, { header, message }: Request): Sa {
  const asked = askedSa(message, kernel.supported);
  const now = kernel.clock.now();
  const made: Sa = {
    ...asked,
    state: "mature",
    dying: false,
    current: newCounters(now),
    sequence: header.sequence,
    madeAt: now,
    usedAt: undefined,
    limitedAt: now,
    alarm: undefined,
    place: undefined,
  };
  const errno = transformErrno(message, made);
  if (errno !== undefined) {
    wipeKeys(made);
    throw new Refusal(errno);
  }
  return made;
}

/**
 * What an ADD or UPDATE asks for, as far as PF_KEY itself looks at it, before ESP, AH or IPComp do.
 *
 * @throws Refusal
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { debianLinux } from "@keysock/engine";
 * import { addressExtension, askedSa } from "@keysock/engine/linux";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const sa = { kind: "sa", spi: 7, replay: 64, state: 1, authentication: 0, encryption: 2, flags: 0 } as const;
 * const source = addressExtension("addressSource", Uint8Array.of(192, 0, 2, 1), 0);
 * const destination = addressExtension("addressDestination", Uint8Array.of(192, 0, 2, 2), 0);
 * const message = request("add", "ipcomp", [sa, source, destination]);
 * const asked = askedSa(decode(encode(message, linux), linux).message, debianLinux);
 * assert.deepEqual([asked.protocol, asked.spi, asked.replay], [108, 7, 32]); // 32 is the most that PF_KEY keeps
 * ```
 */
export function askedSa(message: Message, supported: SupportedNumbers): AskedSa {
  const { sa, source, destination, protocol } = identityOf(message);
  checkNumbers(message, sa);
  const ipcomp = message.saType === "ipcomp";
  checkSupported(sa, ipcomp, supported);
  const { mode, reqid } = modeOf(message);
  return {
    protocol,
    spi: sa.spi,
    source,
    destination,
    inner: innerOf(message),
    mode,
    reqid,
    replay: Math.min(sa.replay, maximumReplay),
    flags: (sa.flags & keptFlags) >>> 0,
    authentication: sa.authentication,
    encryption: sa.encryption,
    authenticationKey: keyOf(sa.authentication, find(message, "keyAuthentication")),
    encryptionKey: ipcomp ? undefined : keyOf(sa.encryption, find(message, "keyEncryption")),
    encapsulation: encapsulationOf(message),
    hard: linuxLimits(message, "lifetimeHard"),
    soft: linuxLimits(message, "lifetimeSoft"),
  };
}

/** What every SA has, checked before anything else. */
function identityOf(message: Message) {
  const sa = find(message, "sa");
  if (sa === undefined) throw new Refusal(Errno.EINVAL);
  const pair = addressPair(message);
  if (message.saType === "esp" && !find(message, "keyEncryption")) throw new Refusal(Errno.EINVAL);
  if (message.saType === "ah" && !find(message, "keyAuthentication")) throw new Refusal(Errno.EINVAL);
  if (!find(message, "lifetimeHard") !== !find(message, "lifetimeSoft")) throw new Refusal(Errno.EINVAL);
  const protocol = protocolOf(message.saType);
  if (protocol === undefined) throw new Refusal(Errno.EINVAL);
  return {
    sa,
    protocol,
    source: addressOf(pair.source.sockaddr),
    destination: addressOf(pair.destination.sockaddr),
  };
}

/** Numbers beyond the header's, and keys without bits. */
function checkNumbers(message: Message, sa: SaExtension): void {
  const { authentication, encryption } = sa;
  if (authentication > highest.authentication) throw new Refusal(Errno.EINVAL);
  if (encryption > (message.saType === "ipcomp" ? highest.compression : highest.encryption)) {
    throw new Refusal(Errno.EINVAL);
  }
  if (authentication !== nullAuthentication && find(message, "keyAuthentication")?.bits === 0) {
    throw new Refusal(Errno.EINVAL);
  }
  if (encryption !== nullEncryption && find(message, "keyEncryption")?.bits === 0) {
    throw new Refusal(Errno.EINVAL);
  }
}

function checkSupported(sa: SaExtension, ipcomp: boolean, supported: SupportedNumbers): void {
  const lacks = (id: number, numbers: readonly number[]) => id !== 0 && !numbers.includes(id);
  if (lacks(sa.authentication, supported.authentication)) throw new Refusal(Errno.ENOSYS);
  const numbers = ipcomp ? supported.compression : supported.encryption;
  if (lacks(sa.encryption, numbers)) throw new Refusal(Errno.ENOSYS);
}

/**
 * The mode and reqid that a message asks for. Without SA2: transport, reqid 0.
 *
 * @throws Refusal with EINVAL for a mode that PF_KEY does not know
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { modeOf } from "@keysock/engine/linux";
 * import { decode, encode, IpsecMode, linux, request } from "@keysock/wire";
 *
 * const { message } = decode(encode(request("getspi", "esp"), linux), linux);
 * assert.deepEqual(modeOf(message), { mode: IpsecMode.transport, reqid: 0 });
 * ```
 */
export function modeOf(message: Message): { mode: number; reqid: number } {
  const sa2 = find(message, "sa2");
  if (sa2 === undefined) return { mode: IpsecMode.transport, reqid: 0 };
  if (sa2.mode > IpsecMode.beet) throw new Refusal(Errno.EINVAL);
  return { mode: sa2.mode === IpsecMode.any ? IpsecMode.transport : sa2.mode, reqid: sa2.reqid };
}

/** A key without an algorithm is dropped. */
function keyOf(algorithm: number, key: KeyExtension | undefined): SaKey | undefined {
  return algorithm === 0 || key === undefined ? undefined : { bits: key.bits, bytes: key.key.slice() };
}

/** Any source, unless ADDRESS_PROXY gives one. */
function innerOf(message: Message): Sa["inner"] {
  const proxy = find(message, "addressProxy");
  if (proxy === undefined) return { source: stored(new Uint8Array()), prefixLength: 0 };
  return { source: stored(addressOf(proxy.sockaddr)), prefixLength: proxy.prefixLength };
}

function encapsulationOf(message: Message): Encapsulation | undefined {
  const type = find(message, "natTType");
  if (type === undefined) return undefined;
  return {
    type: type.natTType,
    sourcePort: find(message, "natTSourcePort")?.port ?? 0,
    destinationPort: find(message, "natTDestinationPort")?.port ?? 0,
  };
}

/** What ESP, AH and IPComp say when they are set up with it. */
function transformErrno(message: Message, sa: Sa): number | undefined {
  const proxy = find(message, "addressProxy");
  const foreign = proxy !== undefined && addressOf(proxy.sockaddr).length !== sa.source.length;
  if (foreign && sa.mode === IpsecMode.transport) return Errno.EPROTONOSUPPORT;
  if (sa.protocol === Protocol.any) return Errno.EPROTONOSUPPORT;
  return transformTakes(sa) ? undefined : Errno.EINVAL;
}

/** Whether ESP, AH and IPComp can be set up with it. */
export function transformTakes(sa: Sa): boolean {
  switch (sa.protocol) {
    case Protocol.esp:
      return (
        sa.encryption !== 0 &&
        encryptionKeyFits(sa.encryption, sa.encryptionKey) &&
        authenticationKeyFits(sa.authentication, sa.authenticationKey) &&
        (sa.encapsulation === undefined || encapsulationTypes.has(sa.encapsulation.type))
      );
    case Protocol.ah:
      return (
        sa.authentication !== 0 &&
        authenticationKeyFits(sa.authentication, sa.authenticationKey) &&
        sa.encapsulation === undefined
      );
    default:
      return sa.encryption !== 0 && sa.encapsulation === undefined && sa.mode !== IpsecMode.beet;
  }
}
