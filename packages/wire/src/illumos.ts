/**
 * illumos, and Solaris before it (net/pfkeyv2.h, sys/socket.h).
 */
import { address } from "./address.ts";
import { type Dialect, machineByteOrder } from "./dialect.ts";
import { extendedDump } from "./extended-dump.ts";
import { extendedProposal } from "./extended-proposal.ts";
import { extendedRegister } from "./extended-register.ts";
import { extensionTable } from "./extension-table.ts";
import { identity } from "./identity.ts";
import { illumosErrnos } from "./illumos-errno.ts";
import { key, saltedKey } from "./key.ts";
import { kmCookie } from "./km-cookie.ts";
import { lifetime } from "./lifetime.ts";
import type { MessageType, SaType } from "./message.ts";
import { numberTable } from "./number-table.ts";
import { pair } from "./pair.ts";
import { illumosProposal } from "./proposal.ts";
import { replayValue } from "./replay-value.ts";
import { sa } from "./sa.ts";
import { sensitivity } from "./sensitivity.ts";
import { familyFirst } from "./sockaddr.ts";
import { spiRange } from "./spi-range.ts";
import { illumosSupported } from "./supported.ts";

const messageTypes = numberTable<MessageType>([
  [1, "getspi"],
  [2, "update"],
  [3, "add"],
  [4, "delete"],
  [5, "get"],
  [6, "acquire"],
  [7, "register"],
  [8, "expire"],
  [9, "flush"],
  [10, "dump"],
  [11, "promisc"],
  [12, "inverse-acquire"],
  [13, "updatepair"],
  [14, "delpair"],
  [15, "delpair-state"],
]);

const saTypes = numberTable<SaType>([
  [0, "unspec"],
  [2, "ah"],
  [3, "esp"],
  [4, "tcpsig"],
  [5, "rsvp"],
  [6, "ospfv2"],
  [7, "ripv2"],
  [8, "mip"],
]);

const extensions = extensionTable([
  { type: 1, kind: "sa", structure: sa },
  { type: 2, kind: "lifetimeCurrent", structure: lifetime },
  { type: 3, kind: "lifetimeHard", structure: lifetime },
  { type: 4, kind: "lifetimeSoft", structure: lifetime },
  { type: 5, kind: "addressSource", structure: address },
  { type: 6, kind: "addressDestination", structure: address },
  { type: 7, kind: "addressProxy", structure: address },
  { type: 8, kind: "keyAuthentication", structure: saltedKey },
  { type: 9, kind: "keyEncryption", structure: saltedKey },
  { type: 10, kind: "identitySource", structure: identity },
  { type: 11, kind: "identityDestination", structure: identity },
  { type: 12, kind: "sensitivity", structure: sensitivity },
  { type: 13, kind: "proposal", structure: illumosProposal },
  { type: 14, kind: "supportedAuthentication", structure: illumosSupported },
  { type: 15, kind: "supportedEncryption", structure: illumosSupported },
  { type: 16, kind: "spiRange", structure: spiRange },
  { type: 17, kind: "extendedRegister", structure: extendedRegister },
  { type: 18, kind: "extendedProposal", structure: extendedProposal },
  { type: 19, kind: "kmCookie", structure: kmCookie },
  { type: 20, kind: "addressNatTLocal", structure: address },
  { type: 21, kind: "addressNatTRemote", structure: address },
  { type: 22, kind: "addressInnerDestination", structure: address },
  { type: 23, kind: "pair", structure: pair },
  { type: 24, kind: "replayValue", structure: replayValue },
  { type: 25, kind: "extendedDump", structure: extendedDump },
  { type: 26, kind: "lifetimeIdle", structure: lifetime },
  { type: 27, kind: "outerSensitivity", structure: sensitivity },
  { type: 28, kind: "stringAuthentication", structure: key },
]);

/**
 * What illumos speaks, in the byte order of the machine. A message's `reserved` is the diagnostic that goes with its
 * errno.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decode, encode, errnoOf, illumos, request } from "@keysock/wire";
 *
 * const refused = { ...request("delete", "esp"), errno: 3, reserved: 78 };
 * const { message } = decode(encode(refused, illumos), illumos);
 * assert.equal(message.reserved, 78);
 * assert.equal(errnoOf(message.errno, illumos).text, "No such process");
 * ```
 */
export const illumos: Dialect = {
  name: "illumos",
  byteOrder: machineByteOrder,
  tables: {
    messageTypes,
    saTypes,
    extensions,
    sockaddr: familyFirst({ inet: 2, inet6: 26 }, 32),
    errnos: illumosErrnos,
    unknownErrno: () => "Unknown error",
  },
};
