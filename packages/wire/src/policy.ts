/**
 * `struct sadb_x_policy` with its `struct sadb_x_ipsecrequest`s, extension 18 (linux/pfkeyv2.h, linux/ipsec.h).
 */
import { EncodeError } from "./encode-error.ts";
import type { ExtensionHeader } from "./extension.ts";
import { decodeSockaddrPair, type Sockaddr, type SockaddrFormat } from "./sockaddr.ts";
import { align8, endOf, type Reader, report, type Structure, unusualPadding } from "./structure.ts";
import { byteLength, checkedUint, putUint8, putUint16, putUint32, type Writer } from "./writer.ts";

const field = { policyType: 4, direction: 6, reserved: 7, id: 8, priority: 12, requests: 16 } as const;
const requestField = {
  length: 0,
  protocol: 2,
  mode: 4,
  level: 5,
  reserved1: 6,
  reqid: 8,
  reserved2: 12,
  addresses: 16,
} as const;

/** A security policy. */
export interface PolicyExtension extends ExtensionHeader {
  kind: "policy";
  /** One of {@link PolicyType}. */
  policyType: number;
  /** One of {@link PolicyDirection}. */
  direction: number;
  reserved: number;
  id: number;
  /** Smaller goes first. */
  priority: number;
  /** Innermost first. */
  requests: readonly IpsecRequest[];
}

/** One transform of a policy. */
export interface IpsecRequest {
  /** Bytes, addresses included; the encoder's unless given. */
  length?: number;
  /** 50 ESP, 51 AH, 108 IPComp. */
  protocol: number;
  /** One of {@link IpsecMode}. */
  mode: number;
  /** One of {@link IpsecLevel}. */
  level: number;
  reserved1: number;
  reqid: number;
  reserved2: number;
  /** The tunnel's end points, both or neither. */
  source?: Sockaddr;
  destination?: Sockaddr;
  /** What follows the addresses, where there is something. */
  padding?: Uint8Array;
}

/** IPSEC_POLICY_*: what becomes of a packet. */
export const PolicyType = { discard: 0, none: 1, ipsec: 2, entrust: 3, bypass: 4 } as const;

/** IPSEC_DIR_*; the last two are what a dump shows of a socket's own policies. */
export const PolicyDirection = { any: 0, in: 1, out: 2, fwd: 3, socketIn: 4, socketOut: 5 } as const;

/** IPSEC_MODE_*. */
export const IpsecMode = { any: 0, transport: 1, tunnel: 2, beet: 3 } as const;

/** IPSEC_LEVEL_*. */
export const IpsecLevel = { default: 0, use: 1, require: 2, unique: 3 } as const;

export const policy: Structure<PolicyExtension> = {
  minimum: field.requests,

  decode(reader, at, { kind, type, length }) {
    const { view, littleEndian } = reader;
    return {
      kind,
      type,
      length,
      policyType: view.getUint16(at + field.policyType, littleEndian),
      direction: view.getUint8(at + field.direction),
      reserved: view.getUint8(at + field.reserved),
      id: view.getUint32(at + field.id, littleEndian),
      priority: view.getUint32(at + field.priority, littleEndian),
      requests: decodeRequests(reader, at + field.requests, endOf(at, length)),
    };
  },

  size(extension, sockaddr) {
    let size: number = field.requests;
    for (const request of extension.requests) size += requestSize(request, sockaddr);
    return size;
  },

  encode(writer, at, extension) {
    putUint16(writer, at + field.policyType, extension.policyType, "policy.policyType");
    putUint8(writer, at + field.direction, extension.direction, "policy.direction");
    putUint8(writer, at + field.reserved, extension.reserved, "policy.reserved");
    putUint32(writer, at + field.id, extension.id, "policy.id");
    putUint32(writer, at + field.priority, extension.priority, "policy.priority");
    let next = at + field.requests;
    for (const request of extension.requests) {
      encodeRequest(writer, next, request);
      next += requestSize(request, writer.sockaddr);
    }
  },
};

/** Stops at a request whose length cannot be; what follows is then the policy's padding. */
function decodeRequests(reader: Reader, at: number, end: number): IpsecRequest[] {
  const requests: IpsecRequest[] = [];
  let next = at;
  while (end - next >= requestField.addresses) {
    const length = reader.view.getUint16(next + requestField.length, reader.littleEndian);
    if (length < requestField.addresses || length > end - next) {
      report(
        reader,
        "ipsecrequest-length",
        next,
        `${length} bytes, expected ${requestField.addresses} to ${end - next}`,
      );
      break;
    }
    requests.push(decodeRequest(reader, next, length));
    next += length;
  }
  return requests;
}

function decodeRequest(reader: Reader, at: number, length: number): IpsecRequest {
  const { view, littleEndian } = reader;
  const request: IpsecRequest = {
    length,
    protocol: view.getUint16(at + requestField.protocol, littleEndian),
    mode: view.getUint8(at + requestField.mode),
    level: view.getUint8(at + requestField.level),
    reserved1: view.getUint16(at + requestField.reserved1, littleEndian),
    reqid: view.getUint32(at + requestField.reqid, littleEndian),
    reserved2: view.getUint32(at + requestField.reserved2, littleEndian),
  };
  const addresses = at + requestField.addresses;
  const end = at + length;
  if (addresses === end) return request;
  const pair = decodeSockaddrPair(reader, addresses, end);
  if (pair === undefined) {
    report(
      reader,
      "ipsecrequest-addresses",
      addresses,
      `${end - addresses} bytes do not hold two socket addresses`,
    );
  } else [request.source, request.destination] = pair;
  const padding = unusualPadding(reader.bytes, at, at + contentSize(request, reader.sockaddr), end);
  if (padding !== undefined) request.padding = padding;
  return request;
}

/** Bytes without padding. */
function contentSize({ source, destination }: IpsecRequest, sockaddr: SockaddrFormat): number {
  if (source === undefined && destination === undefined) return requestField.addresses;
  if (source === undefined || destination === undefined) {
    throw new EncodeError("ipsecRequest", "one address", "two or none");
  }
  return requestField.addresses + sockaddr.size(source) + sockaddr.size(destination);
}

function requestSize(request: IpsecRequest, sockaddr: SockaddrFormat): number {
  const padding = request.padding === undefined ? 0 : byteLength(request.padding, "ipsecRequest.padding");
  const needed = contentSize(request, sockaddr) + padding;
  if (request.length === undefined) return align8(needed);
  if (checkedUint(request.length, 0xffff, "ipsecRequest.length") < needed) {
    throw new EncodeError("ipsecRequest.length", request.length, `at least ${needed}`);
  }
  return request.length;
}

function encodeRequest(writer: Writer, at: number, request: IpsecRequest): void {
  const { source, destination, padding } = request;
  const length = requestSize(request, writer.sockaddr);
  putUint16(writer, at + requestField.length, length, "ipsecRequest.length");
  putUint16(writer, at + requestField.protocol, request.protocol, "ipsecRequest.protocol");
  putUint8(writer, at + requestField.mode, request.mode, "ipsecRequest.mode");
  putUint8(writer, at + requestField.level, request.level, "ipsecRequest.level");
  putUint16(writer, at + requestField.reserved1, request.reserved1, "ipsecRequest.reserved1");
  putUint32(writer, at + requestField.reqid, request.reqid, "ipsecRequest.reqid");
  putUint32(writer, at + requestField.reserved2, request.reserved2, "ipsecRequest.reserved2");
  let next = at + requestField.addresses;
  for (const sockaddr of [source, destination]) {
    if (sockaddr === undefined) continue;
    writer.sockaddr.encode(writer, next, sockaddr);
    next += writer.sockaddr.size(sockaddr);
  }
  if (padding !== undefined) writer.bytes.set(padding, next);
}
