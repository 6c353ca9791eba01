/**
 * PF_KEY v2 messages to bytes and back, one dialect per kernel.
 *
 * @packageDocumentation
 */
export type { AddressExtension } from "./address.ts";
export { type Decoded, decode, decodeStrict, MalformedMessageError } from "./decode.ts";
export {
  type ByteOrder,
  type Dialect,
  type DialectTables,
  type ErrnoText,
  type ExtensionRow,
  type ExtensionTable,
  hasExtension,
  inByteOrder,
} from "./dialect.ts";
export { encode, MessageTooLongError } from "./encode.ts";
export { EncodeError } from "./encode-error.ts";
export { errnoOf } from "./errno.ts";
export type { ExtendedDumpExtension } from "./extended-dump.ts";
export {
  AlgorithmType,
  type ExtendedCombination,
  type ExtendedProposalExtension,
  type ProposedAlgorithm,
} from "./extended-proposal.ts";
export type { ExtendedRegisterExtension } from "./extended-register.ts";
export type { Extension, ExtensionHeader, Outgoing, OutgoingExtension } from "./extension.ts";
export type { FilterExtension } from "./filter.ts";
export { find, type OfKind } from "./find.ts";
export { type IdentityExtension, IllumosIdentityType } from "./identity.ts";
export { illumos } from "./illumos.ts";
export type { KeyExtension } from "./key.ts";
export type { Command, KeySocket } from "./key-socket.ts";
export { keyBytes, withoutKeys } from "./keys.ts";
export type { KmAddressExtension } from "./km-address.ts";
export { type KmCookieExtension, KmProtocol } from "./km-cookie.ts";
export type { KmPrivateExtension } from "./km-private.ts";
export type { LifetimeExtension } from "./lifetime.ts";
export { linux, linuxXfrm } from "./linux.ts";
export {
  type Message,
  type MessageType,
  maximumMessageBytes,
  type OutgoingMessage,
  type SaType,
} from "./message.ts";
export type { NatTPortExtension, NatTTypeExtension } from "./nat-t.ts";
export type { NumberTable } from "./number-table.ts";
export { messageTypeName, messageTypeNumber, saTypeName, saTypeNumber } from "./numbers.ts";
export type { PairExtension } from "./pair.ts";
export {
  IpsecLevel,
  IpsecMode,
  type IpsecRequest,
  PolicyDirection,
  type PolicyExtension,
  PolicyType,
} from "./policy.ts";
export type { Problem, ProblemReason } from "./problem.ts";
export type { Combination, ProposalExtension } from "./proposal.ts";
export type { RawExtension } from "./raw.ts";
export type { ReplayValueExtension } from "./replay-value.ts";
export { request } from "./request.ts";
export { IllumosSaFlag, type SaExtension, SaState } from "./sa.ts";
export type { Sa2Extension } from "./sa2.ts";
export type { SecurityContextExtension } from "./security-context.ts";
export { IllumosSensitivityFlag, type SensitivityExtension } from "./sensitivity.ts";
export type { Inet6Sockaddr, InetSockaddr, Sockaddr, SockaddrFormat, UnknownSockaddr } from "./sockaddr.ts";
export type { SpiRangeExtension } from "./spi-range.ts";
export type { Head, Reader, Structure } from "./structure.ts";
export type { SupportedAlgorithm, SupportedExtension } from "./supported.ts";
export type { Writer } from "./writer.ts";
export {
  type XfrmAttribute,
  type XfrmExtension,
  XfrmExtraFlag,
  XfrmMode,
  XfrmOffloadFlag,
  XfrmPolicyFlag,
  XfrmStateFlag,
} from "./xfrm.ts";
export type { XfrmSelector, XfrmTemplate } from "./xfrm-attributes.ts";
