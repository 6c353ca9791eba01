import type { AddressExtension } from "./address.ts";
import type { FilterExtension } from "./filter.ts";
import type { IdentityExtension } from "./identity.ts";
import type { KeyExtension } from "./key.ts";
import type { KmAddressExtension } from "./km-address.ts";
import type { KmPrivateExtension } from "./km-private.ts";
import type { LifetimeExtension } from "./lifetime.ts";
import type { NatTPortExtension, NatTTypeExtension } from "./nat-t.ts";
import type { PolicyExtension } from "./policy.ts";
import type { ProposalExtension } from "./proposal.ts";
import type { RawExtension } from "./raw.ts";
import type { SaExtension } from "./sa.ts";
import type { Sa2Extension } from "./sa2.ts";
import type { SecurityContextExtension } from "./security-context.ts";
import type { SensitivityExtension } from "./sensitivity.ts";
import type { SpiRangeExtension } from "./spi-range.ts";
import type { SupportedExtension } from "./supported.ts";

/** What every extension has on the wire: `struct sadb_ext` (RFC 2367 section 2.3). */
export interface ExtensionHeader {
  /** The extension's number in the dialect that it was decoded with. */
  type: number;
  /** In units of 8 bytes, this header included. */
  length: number;
}

/** Any extension; `kind` tells which. */
export type Extension =
  | SaExtension
  | LifetimeExtension
  | AddressExtension
  | KeyExtension
  | IdentityExtension
  | SensitivityExtension
  | ProposalExtension
  | SupportedExtension
  | SpiRangeExtension
  | KmPrivateExtension
  | PolicyExtension
  | Sa2Extension
  | NatTTypeExtension
  | NatTPortExtension
  | SecurityContextExtension
  | KmAddressExtension
  | FilterExtension
  | RawExtension;

/** An extension to be sent: number and length are the dialect's unless given. A raw one must state its number. */
export type OutgoingExtension = Outgoing<Extension>;

type Outgoing<E> = E extends RawExtension
  ? Omit<E, "length"> & Partial<Pick<E, "length">>
  : E extends ExtensionHeader
    ? Omit<E, keyof ExtensionHeader> & Partial<ExtensionHeader>
    : never;
