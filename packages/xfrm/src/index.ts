/**
 * NETLINK_XFRM messages to bytes and back.
 *
 * @packageDocumentation
 */
export type { Acquire } from "./acquire.ts";
export { addressBytes } from "./address.ts";
export type { AddressFilter } from "./address-filter.ts";
export type { Aevent } from "./aevent.ts";
export type { AeadAlgorithm, Algorithm, AuthenticationAlgorithm } from "./algorithm.ts";
export type { AlgorithmName } from "./algorithm-name.ts";
export type { Attribute, AttributeOf, RawAttribute } from "./attribute.ts";
export type { AttributeKind, AttributeValues } from "./attribute-values.ts";
export { openXfrmKeySocket, type XfrmKeySocketOptions } from "./bridge/xfrm-key-socket.ts";
export type { XfrmNetlink } from "./bridge/xfrm-netlink.ts";
export type { Current } from "./current.ts";
export { splitDatagram } from "./datagram.ts";
export { type Decoded, decode, decodeStrict, MalformedMessageError } from "./decode.ts";
export type { DefaultPolicy } from "./default-policy.ts";
export type { Encapsulation } from "./encapsulation.ts";
export { encode } from "./encode.ts";
export type { Expire } from "./expire.ts";
export type { Flush } from "./flush.ts";
export type { Id } from "./id.ts";
export type { KmAddress } from "./km-address.ts";
export type { Lifetime } from "./lifetime.ts";
export type { Mapping } from "./mapping.ts";
export type { Mark } from "./mark.ts";
export { attributeValue, type MessageOf, type RawMessage, type XfrmMessage } from "./message.ts";
export type { MessageBodies, MessageType } from "./message-table.ts";
export type { Migration } from "./migration.ts";
export type { NetlinkDone } from "./netlink-done.ts";
export type { NetlinkError } from "./netlink-error.ts";
export type { NetlinkHeader } from "./netlink-header.ts";
export {
  AddressFamily,
  AeventFlag,
  DefaultAction,
  EncapsulationType,
  Mode,
  NetlinkFlag,
  netlinkXfrm,
  OffloadFlag,
  PolicyAction,
  PolicyFlag,
  SaDirection,
  SaExtraFlag,
  SaFlag,
  Share,
  StateMigrationFlag,
  XfrmGroup,
  XfrmPolicyDirection,
  XfrmPolicyType,
} from "./numbers.ts";
export type { Offload } from "./offload.ts";
export type { PolicyExpire } from "./policy-expire.ts";
export type { PolicyId } from "./policy-id.ts";
export type { PolicyInfo } from "./policy-info.ts";
export type { PolicyTypeInfo } from "./policy-type.ts";
export type { Problem, ProblemReason } from "./problem.ts";
export type { ReplayState } from "./replay-state.ts";
export type { ReplayStateEsn } from "./replay-state-esn.ts";
export type { Report } from "./report.ts";
export type { SaId } from "./sa-id.ts";
export type { SaInfo } from "./sa-info.ts";
export type { SadHash } from "./sad-hash.ts";
export type { SecurityContext } from "./security-context.ts";
export type { Selector } from "./selector.ts";
export type { SpdCounts } from "./spd-counts.ts";
export type { SpdHash } from "./spd-hash.ts";
export type { SpdThreshold } from "./spd-threshold.ts";
export type { SpiRequest } from "./spi-request.ts";
export type { StateMigration } from "./state-migration.ts";
export type { Stats } from "./stats.ts";
export type { Template } from "./template.ts";
