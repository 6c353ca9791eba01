/**
 * The numbers of messages (linux/xfrm.h, linux/netlink.h) and what is in each.
 */
import { type Acquire, acquire } from "./acquire.ts";
import { type Aevent, aevent } from "./aevent.ts";
import {
  type AttributeTable,
  errorAttributes,
  sadAttributes,
  spdAttributes,
  xfrmAttributes,
} from "./attribute-tables.ts";
import { type DefaultPolicy, defaultPolicy } from "./default-policy.ts";
import { type Expire, expire } from "./expire.ts";
import { type Flush, flush } from "./flush.ts";
import { type Mapping, mapping } from "./mapping.ts";
import { type NetlinkDone, netlinkDone } from "./netlink-done.ts";
import { type NetlinkError, netlinkError } from "./netlink-error.ts";
import { NetlinkFlag } from "./numbers.ts";
import { type PolicyExpire, policyExpire } from "./policy-expire.ts";
import { type PolicyId, policyId } from "./policy-id.ts";
import { type PolicyInfo, policyInfo } from "./policy-info.ts";
import { type Report, report } from "./report.ts";
import { type SaId, saId } from "./sa-id.ts";
import { type SaInfo, saInfo } from "./sa-info.ts";
import { uint32 } from "./scalar.ts";
import { type SpiRequest, spiRequest } from "./spi-request.ts";
import { type StateMigration, stateMigration } from "./state-migration.ts";
import type { Structure } from "./structure.ts";

/** What the body of each type of message is; the types are the names of linux/xfrm.h and linux/netlink.h. */
export interface MessageBodies {
  noop: undefined;
  error: NetlinkError;
  done: NetlinkDone;
  overrun: undefined;
  newSa: SaInfo;
  /** As a notification it has the attribute `sa`. */
  delSa: SaId;
  /** A dump has no body. */
  getSa: SaId | undefined;
  newPolicy: PolicyInfo;
  /** As a notification it has the attribute `policy`. */
  delPolicy: PolicyId;
  /** A dump has no body. */
  getPolicy: PolicyId | undefined;
  allocSpi: SpiRequest;
  acquire: Acquire;
  expire: Expire;
  updPolicy: PolicyInfo;
  updSa: SaInfo;
  polExpire: PolicyExpire;
  flushSa: Flush;
  flushPolicy: undefined;
  newAe: Aevent;
  getAe: Aevent;
  report: Report;
  migrate: PolicyId;
  /** Flags. */
  newSadInfo: number;
  getSadInfo: number;
  newSpdInfo: number;
  getSpdInfo: number;
  mapping: Mapping;
  setDefault: DefaultPolicy;
  getDefault: DefaultPolicy;
  migrateState: StateMigration;
}

/** The name of a type of message. */
export type MessageType = keyof MessageBodies;

/** One type of message: its number, its name, the structure of its body and the numbers of its attributes. */
export type MessageRow = {
  [T in MessageType]: {
    readonly number: number;
    readonly type: T;
    readonly body: undefined extends MessageBodies[T]
      ? Structure<NonNullable<MessageBodies[T]>> | undefined
      : Structure<NonNullable<MessageBodies[T]>>;
    readonly attributes: AttributeTable;
  };
}[MessageType];

const rows: readonly MessageRow[] = [
  { number: 1, type: "noop", body: undefined, attributes: errorAttributes },
  { number: 2, type: "error", body: netlinkError, attributes: errorAttributes },
  { number: 3, type: "done", body: netlinkDone, attributes: errorAttributes },
  { number: 4, type: "overrun", body: undefined, attributes: errorAttributes },
  { number: 0x10, type: "newSa", body: saInfo, attributes: xfrmAttributes },
  { number: 0x11, type: "delSa", body: saId, attributes: xfrmAttributes },
  { number: 0x12, type: "getSa", body: saId, attributes: xfrmAttributes },
  { number: 0x13, type: "newPolicy", body: policyInfo, attributes: xfrmAttributes },
  { number: 0x14, type: "delPolicy", body: policyId, attributes: xfrmAttributes },
  { number: 0x15, type: "getPolicy", body: policyId, attributes: xfrmAttributes },
  { number: 0x16, type: "allocSpi", body: spiRequest, attributes: xfrmAttributes },
  { number: 0x17, type: "acquire", body: acquire, attributes: xfrmAttributes },
  { number: 0x18, type: "expire", body: expire, attributes: xfrmAttributes },
  { number: 0x19, type: "updPolicy", body: policyInfo, attributes: xfrmAttributes },
  { number: 0x1a, type: "updSa", body: saInfo, attributes: xfrmAttributes },
  { number: 0x1b, type: "polExpire", body: policyExpire, attributes: xfrmAttributes },
  { number: 0x1c, type: "flushSa", body: flush, attributes: xfrmAttributes },
  { number: 0x1d, type: "flushPolicy", body: undefined, attributes: xfrmAttributes },
  { number: 0x1e, type: "newAe", body: aevent, attributes: xfrmAttributes },
  { number: 0x1f, type: "getAe", body: aevent, attributes: xfrmAttributes },
  { number: 0x20, type: "report", body: report, attributes: xfrmAttributes },
  { number: 0x21, type: "migrate", body: policyId, attributes: xfrmAttributes },
  { number: 0x22, type: "newSadInfo", body: uint32, attributes: sadAttributes },
  { number: 0x23, type: "getSadInfo", body: uint32, attributes: sadAttributes },
  { number: 0x24, type: "newSpdInfo", body: uint32, attributes: spdAttributes },
  { number: 0x25, type: "getSpdInfo", body: uint32, attributes: spdAttributes },
  { number: 0x26, type: "mapping", body: mapping, attributes: xfrmAttributes },
  { number: 0x27, type: "setDefault", body: defaultPolicy, attributes: xfrmAttributes },
  { number: 0x28, type: "getDefault", body: defaultPolicy, attributes: xfrmAttributes },
  { number: 0x29, type: "migrateState", body: stateMigration, attributes: xfrmAttributes },
];

export const rowOfNumber: ReadonlyMap<number, MessageRow> = new Map(rows.map((row) => [row.number, row]));
export const rowOfType: ReadonlyMap<MessageType, MessageRow> = new Map(rows.map((row) => [row.type, row]));

/** The structure of the body; none in a request for a dump, whose attributes follow the header. */
export function bodyStructure(row: MessageRow, flags: number): Structure<unknown> | undefined {
  const isDump = (row.type === "getSa" || row.type === "getPolicy") && (flags & NetlinkFlag.dump) !== 0;
  return isDump ? undefined : row.body;
}
