import {
  IpsecMode,
  type IpsecRequest,
  type OutgoingExtension,
  type OutgoingMessage,
  request,
} from "@keysock/wire";
import fc from "fast-check";
import { bytesOf, sockaddrOf } from "../requests.ts";
import { forgotten, lifetime } from "./extensions.ts";
import { anyPair, type Pool, type SelectorFields } from "./pool.ts";
import { often, rarely, reserved, together, uint8, uint16, uint32, usually } from "./values.ts";

/** Source and destination of a policy; now and then they do not agree in their protocol. */
function ends({ pairs, selector }: Pool): fc.Arbitrary<OutgoingExtension[]> {
  return fc
    .tuple(pairs, selector, rarely(20, fc.constantFrom([50], [0])))
    .map(([hosts, fields, [protocol]]) => [
      side("addressSource", hosts[0]!, 0, protocol === undefined ? fields : { ...fields, protocol }),
      side("addressDestination", hosts[1]!, 1, fields),
    ]);
}

function side(
  kind: "addressSource" | "addressDestination",
  host: string,
  which: 0 | 1,
  { protocol, prefixes, ports }: SelectorFields,
): OutgoingExtension {
  const prefixLength = Math.floor(bytesOf(host).length * 8 * prefixes[which]);
  return { kind, protocol, prefixLength, reserved: 0, sockaddr: sockaddrOf(host, ports[which]) };
}

const ipsecRequest = ({ pairs }: Pool): fc.Arbitrary<IpsecRequest> =>
  fc
    .record({
      protocol: often(20, fc.constantFrom(50, 51, 108), fc.constantFrom(0, 4, 41, 43, 60, 255, 0xffff)),
      mode: often(20, fc.constantFrom(1, 2), fc.constantFrom(0, 3, 4, 5, 255)),
      level: often(20, fc.constantFrom(0, 1, 2, 3), fc.constantFrom(4, 255)),
      reqid: fc.constantFrom(0, 0, 1, 9, 0x3fff, 0x4000, 0xffff_ffff),
      reserved1: reserved(uint16),
      reserved2: reserved(uint32),
      ends: often(20, often(1, pairs, anyPair), fc.constant(undefined)),
      ports: often(5, fc.constant(0), fc.constant(4500)),
      padding: rarely(25, fc.constantFrom([8], [16])),
    })
    .map(({ ends, ports, padding: [padding], ...rest }) => ({
      ...rest,
      ...(rest.mode === IpsecMode.tunnel && ends !== undefined
        ? { source: sockaddrOf(ends[0]!, ports), destination: sockaddrOf(ends[1]!, ports) }
        : {}),
      ...(padding === undefined ? {} : { padding: new Uint8Array(padding) }),
    }));

/**
 * Tunnels last: where another request follows a tunnel of the other family, Linux states a wrong length or writes beyond
 * its buffer.
 */
const inOrder = (requests: readonly IpsecRequest[]): IpsecRequest[] =>
  requests.toSorted((a, b) => Number(a.mode === IpsecMode.tunnel) - Number(b.mode === IpsecMode.tunnel));

export const policy = (pool: Pool): fc.Arbitrary<OutgoingExtension> =>
  fc.record({
    kind: fc.constant("policy" as const),
    policyType: often(15, fc.constantFrom(0, 1, 2, 2, 2), fc.constantFrom(3, 4, 5, 255)),
    direction: pool.direction,
    reserved: reserved(uint8),
    id: fc.constantFrom(0, 1, 8, 26, 0xffff_ffff),
    priority: fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
    requests: often(
      20,
      fc.array(ipsecRequest(pool), { maxLength: 3 }),
      fc.array(ipsecRequest(pool), { minLength: 6, maxLength: 7 }),
    ).map(inOrder),
  });

const lifetimes = fc
  .subarray(["lifetimeHard", "lifetimeSoft"] as const)
  .chain((kinds) => fc.tuple(...kinds.map(lifetime)));

/** By selector. */
export const bySelector = (pool: Pool): fc.Arbitrary<OutgoingMessage> =>
  fc
    .tuple(
      fc.constantFrom(
        "spdadd" as const,
        "spdadd" as const,
        "spdupdate" as const,
        "spdsetidx" as const,
        "spddelete" as const,
      ),
      reserved(uint8),
      together(
        ends(pool),
        usually(25, policy(pool)),
        rarely<OutgoingExtension>(3, lifetimes),
        rarely(10, fc.array(forgotten, { maxLength: 2 })),
      ),
    )
    .map(([type, saType, extensions]) => request(type, saType, extensions));

/** Two requests: what moves, and where to. Now and then the second one is about something else. */
const move = ({ pairs }: Pool): fc.Arbitrary<IpsecRequest[]> =>
  fc
    .record({
      protocol: often(40, fc.constantFrom(50, 50, 51, 108), uint16),
      mode: often(40, fc.constantFrom(1, 2, 2), uint8),
      reqid: fc.constantFrom(0, 0, 0, 1, 55),
      from: often(40, pairs, fc.constant(undefined)),
      to: often(40, often(2, pairs, anyPair), fc.constant(undefined)),
      other: rarely<Partial<IpsecRequest>>(
        40,
        fc.constantFrom([{ protocol: 51 }], [{ mode: 1 }], [{ reqid: 9 }]),
      ),
    })
    .map(({ from, to, other, ...rest }) => {
      const both = { ...rest, level: 0, reserved1: 0, reserved2: 0 };
      return [endsOf(from), { ...endsOf(to), ...other[0] }].map((one) => ({ ...both, ...one }));
    });

const endsOf = (ends: readonly string[] | undefined): Partial<IpsecRequest> =>
  ends === undefined ? {} : { source: sockaddrOf(ends[0]!), destination: sockaddrOf(ends[1]!) };

const kmAddress = ({ pairs }: Pool): fc.Arbitrary<OutgoingExtension> =>
  fc.tuple(pairs, uint32).map(([[local, remote], spare]) => ({
    kind: "kmAddress",
    reserved: spare,
    local: sockaddrOf(local!, 500),
    remote: sockaddrOf(remote!),
  }));

export const migrate = (pool: Pool): fc.Arbitrary<OutgoingMessage> =>
  fc
    .tuple(
      ends(pool),
      fc.tuple(
        policy(pool),
        fc.array(move(pool), { minLength: 1, maxLength: 3 }),
        rarely(20, fc.tuple(ipsecRequest(pool))),
      ),
      rarely(4, fc.tuple(kmAddress(pool))),
    )
    .map(([both, [given, moves, more], km]) =>
      request("migrate", "unspec", [
        ...both,
        { ...given, requests: [...moves.flat(), ...more] } as OutgoingExtension,
        ...km,
      ]),
    );

/** By id; which one is found out when it is sent. */
export const byId = (pool: Pool): fc.Arbitrary<OutgoingMessage> =>
  fc
    .tuple(
      fc.constantFrom("spdget" as const, "spdget" as const, "spddelete2" as const),
      together(rarely(2, ends(pool)), usually(25, policy(pool))),
    )
    .map(([type, extensions]) => request(type, "unspec", extensions));

export const spddump: fc.Arbitrary<OutgoingMessage> = reserved(uint8).map((saType) =>
  request("spddump", saType),
);
export const spdflush: fc.Arbitrary<OutgoingMessage> = reserved(uint8).map((saType) =>
  request("spdflush", saType),
);
