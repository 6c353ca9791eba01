/**
 * Messages and their parts as fast-check arbitraries. What they give decodes to the same again once it is encoded.
 */
import fc from "fast-check";
import type { Attribute } from "../attribute.ts";
import {
  type AttributeTable,
  errorAttributes,
  sadAttributes,
  spdAttributes,
  xfrmAttributes,
} from "../attribute-tables.ts";
import type { AttributeKind, AttributeValues } from "../attribute-values.ts";
import type { XfrmMessage } from "../message.ts";
import type { MessageBodies, MessageType } from "../message-table.ts";
import { messageBytes } from "./bytes.ts";
import { type FieldKind, type Layout, layouts } from "./layouts.ts";

const uint = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });
const notZeros = (size: number) => bytes(size).filter((value) => value.some((byte) => byte !== 0));

const ofKind = {
  u8: uint(8),
  u16: uint(16),
  u32: uint(32),
  u64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  i32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  net16: uint(16),
  net32: uint(32),
  address: bytes(16),
} as const;
const bytesOf = { u8: 1, u16: 2, u32: 4, u64: 8, i32: 4, net16: 2, net32: 4, address: 16 } as const;

const arbitraryOf = (kind: FieldKind): fc.Arbitrary<unknown> =>
  typeof kind === "string" ? ofKind[kind] : structure(kind);

/** A structure of one size, now and then with something where no field is. */
// biome-ignore lint/suspicious/noExplicitAny: any structure
function structure({ size, fields }: Layout): fc.Arbitrary<any> {
  const used = fields.reduce(
    (sum, [, kind]) => sum + (typeof kind === "string" ? bytesOf[kind] : kind.size),
    0,
  );
  const record = fc.record(Object.fromEntries(fields.map(([, kind, name]) => [name, arbitraryOf(kind)])));
  if (used === size) return record;
  return fc.oneof(
    record,
    fc.tuple(record, notZeros(size - used)).map(([record, padding]) => ({ ...record, padding })),
  );
}

const letter = fc.integer({ min: 1, max: 0xff }).map((code) => String.fromCharCode(code));
const letters = fc.string({ unit: letter });

const name = fc.oneof(
  fc.record({ name: fc.string({ unit: letter, maxLength: 64 }) }),
  letters.chain((name) => fc.record({ name: fc.constant(name), namePadding: notZeros(63 - name.length) })),
);

const keyed = fc
  .tuple(name, fc.uint8Array({ maxLength: 64 }), uint(3))
  .map(([name, key, spareBits]) => ({ ...name, bits: Math.max(0, key.length * 8 - spareBits), key }));

const esn = fc.record({
  outgoing: uint(32),
  incoming: uint(32),
  outgoingHigh: uint(32),
  incomingHigh: uint(32),
  replayWindow: uint(32),
  bitmap: fc.array(uint(32), { maxLength: 130 }),
});

const securityContext = fc.record({
  algorithm: uint(8),
  doi: uint(8),
  context: fc.uint8Array({ maxLength: 300 }),
});

/** The value of each kind of attribute. */
const values: { [K in AttributeKind]: fc.Arbitrary<AttributeValues[K]> } = {
  algAuth: keyed,
  algCrypt: keyed,
  algComp: keyed,
  encap: structure(layouts.encapsulation),
  tmpl: fc.array(structure(layouts.template), { maxLength: 7 }),
  sa: structure(layouts.saInfo),
  policy: structure(layouts.policyInfo),
  secCtx: fc.oneof(
    securityContext,
    fc
      .tuple(securityContext, uint(16), uint(16))
      .filter(([{ context }, length, extensionType]) => length !== 8 + context.length && extensionType !== 8)
      .map(([context, length, extensionType]) => ({ ...context, length, extensionType })),
  ),
  ltimeVal: structure(layouts.current),
  replayVal: structure(layouts.replayState),
  replayThresh: uint(32),
  etimerThresh: uint(32),
  srcAddr: bytes(16),
  coAddr: bytes(16),
  lastUsed: ofKind.u64,
  policyType: structure(layouts.policyType),
  migrate: fc.array(structure(layouts.migration), { maxLength: 7 }),
  algAead: fc.tuple(keyed, uint(32)).map(([keyed, icvBits]) => ({ ...keyed, icvBits })),
  kmAddress: structure(layouts.kmAddress),
  algAuthTrunc: fc.tuple(keyed, uint(32)).map(([keyed, truncationBits]) => ({ ...keyed, truncationBits })),
  mark: structure(layouts.mark),
  tfcPad: uint(32),
  replayEsnVal: esn,
  saExtraFlags: uint(32),
  proto: uint(8),
  addressFilter: structure(layouts.addressFilter),
  pad: fc.uint8Array({ maxLength: 9 }),
  offloadDev: structure(layouts.offload),
  setMark: uint(32),
  setMarkMask: uint(32),
  ifId: uint(32),
  mtimerThresh: uint(32),
  saDir: uint(8),
  natKeepaliveInterval: uint(32),
  saPcpu: uint(32),
  iptfsDropTime: uint(32),
  iptfsReorderWindow: uint(16),
  iptfsDontFrag: fc.constant(true),
  iptfsInitDelay: uint(32),
  iptfsMaxQsize: uint(32),
  iptfsPktSize: uint(32),
  sadCnt: uint(32),
  sadHinfo: structure(layouts.sadHash),
  spdInfo: structure(layouts.spdCounts),
  spdHinfo: structure(layouts.spdHash),
  spdIpv4Hthresh: structure(layouts.spdThreshold),
  spdIpv6Hthresh: structure(layouts.spdThreshold),
  errMsg: letters,
  errOffs: uint(32),
  errCookie: fc.uint8Array({ maxLength: 20 }),
  errMissType: uint(32),
  errMissNest: uint(32),
};

const withEnd = <A extends object>(attribute: fc.Arbitrary<A>, canHaveRest: boolean): fc.Arbitrary<A> =>
  canHaveRest
    ? fc
        .tuple(attribute, fc.uint8Array({ minLength: 1, maxLength: 3 }), fc.nat(3))
        .map(([attribute, rest, chance]) => (chance === 0 ? { ...attribute, rest } : attribute))
    : attribute;

/** What takes all of its bytes has nothing left over. */
const takesAll: ReadonlySet<AttributeKind> = new Set(["pad", "errCookie"]);

const attributeOfKind = (kind: AttributeKind) =>
  withEnd(
    values[kind].map((value) => ({ kind, value }) as Attribute),
    !takesAll.has(kind),
  );

const rawAttribute = (table: AttributeTable): fc.Arbitrary<Attribute> =>
  fc
    .record({ kind: fc.constant("raw" as const), type: uint(16), value: fc.uint8Array({ maxLength: 40 }) })
    .filter(({ type }) => !table.byType.has(type));

const attributesOf = (table: AttributeTable): fc.Arbitrary<Attribute[]> =>
  fc
    .uniqueArray(fc.oneof(rawAttribute(table), ...[...table.byKind.keys()].map(attributeOfKind)), {
      selector: (attribute) => (attribute.kind === "raw" ? attribute.type : attribute.kind),
      maxLength: 8,
    })
    .chain((attributes) => fc.tuple(fc.constant(attributes), fc.nat(3), notZeros(3)))
    .map(([attributes, chance, padding]) =>
      attributes.map((one) => (chance === 0 ? padded(one, padding) : one)),
    );

/** With something else than zeros after it, where it can have that. */
function padded(attribute: Attribute, padding: Uint8Array): Attribute {
  const { kind, rest } = attribute;
  return (kind === "proto" || kind === "saDir") && rest === undefined ? { ...attribute, padding } : attribute;
}

/** The attributes of each kind, for a message that may have them. */
export const attributeOf: Readonly<Record<string, fc.Arbitrary<Attribute>>> = {
  ...Object.fromEntries(
    (Object.keys(values) as AttributeKind[]).map((kind) => [kind, attributeOfKind(kind)] as const),
  ),
  raw: rawAttribute(xfrmAttributes),
};

const requestHeader = fc.tuple(uint(16), bytes(12)).map(([type, rest]) => {
  const header = new Uint8Array(16);
  header.set(rest, 4);
  new DataView(header.buffer).setUint16(4, type);
  return header;
});

type Bodies = {
  [T in MessageType]: fc.Arbitrary<NonNullable<MessageBodies[T]>> | undefined;
};

/** The body of each type of message. */
const bodies: Bodies = {
  noop: undefined,
  error: requestHeader.map((request) => ({ errno: 0, request })),
  done: fc.record({ errno: ofKind.i32.map((errno) => 0 - errno) }),
  overrun: undefined,
  newSa: structure(layouts.saInfo),
  delSa: structure(layouts.saId),
  getSa: structure(layouts.saId),
  newPolicy: structure(layouts.policyInfo),
  delPolicy: structure(layouts.policyId),
  getPolicy: structure(layouts.policyId),
  allocSpi: structure(layouts.spiRequest),
  acquire: structure(layouts.acquire),
  expire: structure(layouts.expire),
  updPolicy: structure(layouts.policyInfo),
  updSa: structure(layouts.saInfo),
  polExpire: structure(layouts.policyExpire),
  flushSa: structure(layouts.flush),
  flushPolicy: undefined,
  newAe: structure(layouts.aevent),
  getAe: structure(layouts.aevent),
  report: structure(layouts.report),
  migrate: structure(layouts.policyId),
  newSadInfo: uint(32),
  getSadInfo: uint(32),
  newSpdInfo: uint(32),
  getSpdInfo: uint(32),
  mapping: structure(layouts.mapping),
  setDefault: structure(layouts.defaultPolicy),
  getDefault: structure(layouts.defaultPolicy),
  migrateState: structure(layouts.stateMigration),
};

const control: ReadonlySet<string> = new Set(["noop", "error", "done", "overrun"]);

const tableOf = (type: MessageType): AttributeTable =>
  control.has(type)
    ? errorAttributes
    : type.endsWith("SadInfo")
      ? sadAttributes
      : type.endsWith("SpdInfo")
        ? spdAttributes
        : xfrmAttributes;

function messageOfType(type: MessageType): fc.Arbitrary<XfrmMessage> {
  const body = bodies[type];
  const canDump = type === "getSa" || type === "getPolicy";
  const parts = {
    type: fc.constant(type),
    flags: canDump ? uint(16).map((flags) => flags & ~0x300) : uint(16),
    sequence: uint(32),
    portId: uint(32),
    attributes: attributesOf(tableOf(type)),
  };
  const whole = (
    body === undefined ? fc.record(parts) : fc.record({ ...parts, body })
  ) as fc.Arbitrary<XfrmMessage>;
  if (!canDump) return whole;
  const dump = fc.record({
    ...parts,
    flags: fc.constantFrom(0x301, 0x101, 0x201),
  }) as fc.Arbitrary<XfrmMessage>;
  return fc.oneof(whole, dump);
}

/** A message of each type. */
export const messageOf: Readonly<Record<MessageType, fc.Arbitrary<XfrmMessage>>> = Object.fromEntries(
  (Object.keys(bodies) as MessageType[]).map((type) => [type, messageOfType(type)]),
) as Record<MessageType, fc.Arbitrary<XfrmMessage>>;

/** Bytes of which many mean something in some place: families, small lengths and counts, zeros. */
const tellingByte = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 0, 0, 1, 2, 4, 5, 8, 10, 17, 0xff) },
  { weight: 1, arbitrary: uint(8) },
);

/** Where the body of each number of message ends. */
const bodyBytes = [0, 4, 20, 24, 48, 60, 64, 132, 168, 176, 224, 232, 280] as const;

/** An attribute whose length is right; inside of it is anything. */
const framedAttribute = (byteOrder: "little" | "big") =>
  fc
    .tuple(fc.integer({ min: 0, max: 45 }), fc.array(tellingByte, { maxLength: 90 }))
    .map(([type, inside]) => {
      const length = 4 + inside.length;
      const head = byteOrder === "little" ? [length, 0, type, 0] : [0, length, 0, type];
      return [...head, ...inside, ...Array.from({ length: (4 - (length % 4)) % 4 }, () => 0)];
    });

/** A message whose own length is right, of a type with or without a name, with or without a body of its size. */
export const framedBytes = (byteOrder: "little" | "big"): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.oneof(fc.integer({ min: 0x10, max: 0x2a }), fc.integer({ min: 1, max: 4 })),
      fc.constantFrom(0, 1, 5, 0x100, 0x300),
      fc
        .constantFrom(...bodyBytes)
        .chain((size) => fc.array(tellingByte, { minLength: size, maxLength: size })),
      fc.array(framedAttribute(byteOrder), { maxLength: 6 }),
      fc.array(tellingByte, { maxLength: 7 }),
    )
    .map(([type, flags, body, attributes, rest]) => {
      const inside = [...body, ...attributes.flat(), ...rest];
      return messageBytes(type, Uint8Array.from(inside), byteOrder, flags);
    });

/** Bytes that some of `originals` may have become on the way: bits turned, pieces lost, doubled or foreign. */
export const mutatedBytes = (originals: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.constantFrom(...originals),
      fc.array(fc.tuple(fc.nat(), fc.nat(24), fc.nat(3), fc.array(tellingByte, { maxLength: 8 })), {
        minLength: 1,
        maxLength: 6,
      }),
    )
    .map(([original, mutations]) =>
      mutations.reduce(
        (bytes, [position, size, mutation, foreign]) => {
          const at = position % (bytes.length + 1);
          const piece = bytes.slice(at, at + size);
          const [before, after] = [bytes.slice(0, at), bytes.slice(at + size)];
          switch (mutation) {
            case 0:
              return [...before, ...foreign, ...bytes.slice(at + foreign.length)];
            case 1:
              return [...before, ...after];
            case 2:
              return [...before, ...piece, ...piece, ...after];
            default:
              return [...before, ...foreign, ...bytes.slice(at)];
          }
        },
        [...original],
      ),
    )
    .map((bytes) => Uint8Array.from(bytes));
