/**
 * The extension that carries over PF_KEY what NETLINK_XFRM says and PF_KEY has no room for. It is keysock's own: no
 * kernel knows it. After the header of an extension come attributes as in netlink: the length (16 bits, these 4 bytes
 * included), the type (16 bits), the value, and zeros to the next multiple of 4. Those that have a name here come
 * first, once each and by their types; the others after them. A length of 0 ends them.
 */
import { EncodeError } from "./encode-error.ts";
import type { ExtensionHeader } from "./extension.ts";
import { endOf, type Reader, report, type Structure } from "./structure.ts";
import { byteLength, putUint16, type Writer } from "./writer.ts";
import {
  type Attribute,
  address,
  named,
  selector,
  templates,
  text,
  uint32,
  uint32s,
  type XfrmSelector,
  type XfrmTemplate,
} from "./xfrm-attributes.ts";

const attributeField = { length: 0, type: 2, value: 4 } as const;
const headerBytes = 4;

/** What NETLINK_XFRM says of an SA or a policy and PF_KEY has no room for (linux/xfrm.h). */
export interface XfrmExtension extends ExtensionHeader {
  kind: "xfrm";
  /**
   * By the kernel's name, where PF_KEY has no number for the algorithm or its ICV has another length than the number
   * says; it overrides the number. The key is in keyAuthentication.
   */
  authentication?: { name: string; truncationBits: number };
  /** By the kernel's name, where PF_KEY has no number for the cipher. The key is in keyEncryption. */
  encryption?: { name: string };
  /** By the kernel's name, where PF_KEY has no number with that ICV. The key, its salt included, is in keyEncryption. */
  aead?: { name: string; icvBits: number };
  /** By the kernel's name, where PF_KEY has no number for it. */
  compression?: { name: string };
  /** One of {@link XfrmMode}, where PF_KEY lacks it. */
  mode?: number;
  mark?: { value: number; mask: number };
  /** What packets are marked with after the transform. */
  outputMark?: { value: number; mask: number };
  /** Of the virtual interface that the SA or the policy belongs to. */
  ifId?: number;
  /** Those of {@link XfrmStateFlag} that PF_KEY lacks. */
  flags?: number;
  /** {@link XfrmExtraFlag}. */
  extraFlags?: number;
  /** Packets, where `sa.replay` does not say it. */
  replayWindow?: number;
  direction?: "in" | "out";
  /** Hardware offload; the flags are {@link XfrmOffloadFlag}. */
  offload?: { interfaceIndex: number; flags: number };
  /** The selector of an SA; of a policy, where its addresses do not say all of it. */
  selector?: XfrmSelector;
  /** Bytes that each packet is padded to. */
  tfcPad?: number;
  /** Seconds between two keepalive packets of NAT traversal. */
  natKeepalive?: number;
  /** The CPU that the SA is for. */
  cpu?: number;
  /** The original address of NAT traversal: 4 or 16 bytes in network order. */
  encapOriginal?: Uint8Array;
  /** XFRM_POLICY_TYPE_*: 1 is a sub-policy. */
  policyType?: number;
  /** {@link XfrmPolicyFlag}. */
  policyFlags?: number;
  /** XFRM_SHARE_* of a policy: 0 any, 1 session, 2 user, 3 unique. */
  share?: number;
  /** One for each request of the policy, where one of them has something that PF_KEY's lacks. */
  templates?: readonly XfrmTemplate[];
  /** Of a refusal: the kernel's own words about it, in UTF-8 a byte a character, without NUL. */
  errorText?: string;
  /** XFRMA_* attributes without a name here, as the kernel gave them. */
  other?: readonly XfrmAttribute[];
}

/** One XFRMA_* attribute. */
export interface XfrmAttribute {
  /** Below 0x100 it is an XFRMA_* number. */
  type: number;
  bytes: Uint8Array;
}

/** XFRM_MODE_*. */
export const XfrmMode = {
  transport: 0,
  tunnel: 1,
  routeOptimization: 2,
  inTrigger: 3,
  beet: 4,
  iptfs: 5,
} as const;

/** XFRM_STATE_* that no flag of PF_KEY's stands for. */
export const XfrmStateFlag = { wildRecv: 8, icmp: 0x10, afUnspec: 0x20, align4: 0x40, esn: 0x80 } as const;

/** XFRM_SA_XFLAG_*. */
export const XfrmExtraFlag = { dontEncapDscp: 1, oseqMayWrap: 2 } as const;

/** XFRM_OFFLOAD_*. */
export const XfrmOffloadFlag = { ipv6: 1, inbound: 2, packet: 4 } as const;

/** XFRM_POLICY_*. */
export const XfrmPolicyFlag = { localOk: 1, icmp: 2, cpuAcquire: 4 } as const;

type Name = Exclude<keyof XfrmExtension, keyof ExtensionHeader | "kind" | "other">;
type Value = NonNullable<XfrmExtension[Name]>;

const direction: Attribute<"in" | "out"> = {
  decode(reader, at, size) {
    const number = uint32.decode(reader, at, size);
    return number === 1 ? "in" : number === 2 ? "out" : undefined;
  },
  size: () => 4,
  encode(writer, at, value, field) {
    if (value !== "in" && value !== "out") throw new EncodeError(field, value, `"in" or "out"`);
    uint32.encode(writer, at, value === "in" ? 1 : 2, field);
  },
};

const attributes: {
  readonly [K in Name]-?: readonly [type: number, Attribute<NonNullable<XfrmExtension[K]>>];
} = {
  authentication: [0x100, named("truncationBits")],
  encryption: [0x101, named()],
  aead: [0x102, named("icvBits")],
  compression: [0x103, named()],
  mode: [0x104, uint32],
  mark: [0x105, uint32s("value", "mask")],
  outputMark: [0x106, uint32s("value", "mask")],
  ifId: [0x107, uint32],
  flags: [0x108, uint32],
  extraFlags: [0x109, uint32],
  replayWindow: [0x10a, uint32],
  direction: [0x10b, direction],
  offload: [0x10c, uint32s("interfaceIndex", "flags")],
  selector: [0x10d, selector],
  tfcPad: [0x10e, uint32],
  natKeepalive: [0x10f, uint32],
  cpu: [0x110, uint32],
  encapOriginal: [0x111, address],
  policyType: [0x112, uint32],
  policyFlags: [0x113, uint32],
  share: [0x114, uint32],
  templates: [0x115, templates],
  errorText: [0x116, text],
};

const rows = Object.entries(attributes).map(([name, [type, attribute]]) => ({
  name: name as Name,
  type,
  attribute: attribute as Attribute<Value>,
}));
const rowOfType = new Map(rows.map((row) => [row.type, row]));

export const xfrm: Structure<XfrmExtension> = {
  minimum: headerBytes,

  decode(reader, at, { kind, type, length }) {
    const extension: XfrmExtension & Partial<Record<Name, unknown>> = { kind, type, length };
    const other: XfrmAttribute[] = [];
    const end = endOf(at, length);
    let last = 0;
    let next = at + headerBytes;
    while (next < end && reader.view.getUint16(next, reader.littleEndian) !== 0) {
      const size = reader.view.getUint16(next + attributeField.length, reader.littleEndian);
      const attributeType = reader.view.getUint16(next + attributeField.type, reader.littleEndian);
      const value = next + attributeField.value;
      const following = next + align4(size);
      if (size < attributeField.value || following > end) {
        return odd(reader, next, `attribute ${attributeType} has ${size} bytes, expected 4 to ${end - next}`);
      }
      if (reader.bytes.subarray(next + size, following).some((byte) => byte !== 0)) {
        return odd(reader, next + size, `attribute ${attributeType} is not padded with zeros`);
      }
      const row = rowOfType.get(attributeType);
      if (row === undefined) {
        other.push({ type: attributeType, bytes: reader.bytes.slice(value, next + size) });
      } else {
        if (attributeType <= last || other.length > 0) {
          return odd(reader, next, `${row.name} comes twice or too late`);
        }
        last = attributeType;
        const decoded = row.attribute.decode(reader, value, size - attributeField.value);
        if (decoded === undefined) {
          return odd(reader, next, `${size - attributeField.value} bytes are no ${row.name}`);
        }
        extension[row.name] = decoded as never;
      }
      next = following;
    }
    if (other.length > 0) extension.other = other;
    return extension;
  },

  size(extension) {
    let size = headerBytes;
    for (const { name, attribute } of rows) {
      const value = extension[name];
      if (value !== undefined) size += attributeField.value + align4(attribute.size(value, `xfrm.${name}`));
    }
    for (const { bytes } of extension.other ?? []) {
      size += attributeField.value + align4(byteLength(bytes, "xfrm.other.bytes"));
    }
    return size;
  },

  encode(writer, at, extension) {
    let next = at + headerBytes;
    for (const { name, type, attribute } of rows) {
      const value = extension[name];
      if (value === undefined) continue;
      const size = attribute.size(value, `xfrm.${name}`);
      encodeHead(writer, next, type, size, `xfrm.${name}`);
      attribute.encode(writer, next + attributeField.value, value, `xfrm.${name}`);
      next += attributeField.value + align4(size);
    }
    for (const { type, bytes } of extension.other ?? []) {
      if (rowOfType.has(type)) throw new EncodeError("xfrm.other.type", type, "a type without a name");
      encodeHead(writer, next, type, bytes.length, "xfrm.other");
      writer.bytes.set(bytes, next + attributeField.value);
      next += attributeField.value + align4(bytes.length);
    }
  },
};

const align4 = (size: number): number => (size + 3) & ~3;

const odd = (reader: Reader, offset: number, detail: string): undefined =>
  report(reader, "xfrm-attribute", offset, detail);

function encodeHead(writer: Writer, at: number, type: number, size: number, field: string): void {
  putUint16(writer, at + attributeField.length, attributeField.value + size, `${field} bytes`);
  putUint16(writer, at + attributeField.type, type, `${field}.type`);
}
