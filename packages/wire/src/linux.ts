/**
 * Linux (linux/pfkeyv2.h, linux/socket.h).
 */
import { address } from "./address.ts";
import { type Dialect, machineByteOrder } from "./dialect.ts";
import { extensionTable } from "./extension-table.ts";
import { filter } from "./filter.ts";
import { identity } from "./identity.ts";
import { key } from "./key.ts";
import { kmAddress } from "./km-address.ts";
import { kmPrivate } from "./km-private.ts";
import { lifetime } from "./lifetime.ts";
import { linuxErrnos } from "./linux-errno.ts";
import type { MessageType, SaType } from "./message.ts";
import { natTPort, natTType } from "./nat-t.ts";
import { numberTable } from "./number-table.ts";
import { policy } from "./policy.ts";
import { proposal } from "./proposal.ts";
import { sa } from "./sa.ts";
import { sa2 } from "./sa2.ts";
import { securityContext } from "./security-context.ts";
import { sensitivity } from "./sensitivity.ts";
import { familyFirst } from "./sockaddr.ts";
import { spiRange } from "./spi-range.ts";
import { supported } from "./supported.ts";
import { xfrm } from "./xfrm.ts";

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
  [12, "pchange"],
  [13, "spdupdate"],
  [14, "spdadd"],
  [15, "spddelete"],
  [16, "spdget"],
  [17, "spdacquire"],
  [18, "spddump"],
  [19, "spdflush"],
  [20, "spdsetidx"],
  [21, "spdexpire"],
  [22, "spddelete2"],
  [23, "nat-t-new-mapping"],
  [24, "migrate"],
]);

const saTypes = numberTable<SaType>([
  [0, "unspec"],
  [2, "ah"],
  [3, "esp"],
  [5, "rsvp"],
  [6, "ospfv2"],
  [7, "ripv2"],
  [8, "mip"],
  [9, "ipcomp"],
]);

const extensions = extensionTable([
  { type: 1, kind: "sa", structure: sa },
  { type: 2, kind: "lifetimeCurrent", structure: lifetime },
  { type: 3, kind: "lifetimeHard", structure: lifetime },
  { type: 4, kind: "lifetimeSoft", structure: lifetime },
  { type: 5, kind: "addressSource", structure: address },
  { type: 6, kind: "addressDestination", structure: address },
  { type: 7, kind: "addressProxy", structure: address },
  { type: 8, kind: "keyAuthentication", structure: key },
  { type: 9, kind: "keyEncryption", structure: key },
  { type: 10, kind: "identitySource", structure: identity },
  { type: 11, kind: "identityDestination", structure: identity },
  { type: 12, kind: "sensitivity", structure: sensitivity },
  { type: 13, kind: "proposal", structure: proposal },
  { type: 14, kind: "supportedAuthentication", structure: supported },
  { type: 15, kind: "supportedEncryption", structure: supported },
  { type: 16, kind: "spiRange", structure: spiRange },
  { type: 17, kind: "kmPrivate", structure: kmPrivate },
  { type: 18, kind: "policy", structure: policy },
  { type: 19, kind: "sa2", structure: sa2 },
  { type: 20, kind: "natTType", structure: natTType },
  { type: 21, kind: "natTSourcePort", structure: natTPort },
  { type: 22, kind: "natTDestinationPort", structure: natTPort },
  { type: 23, kind: "natTOriginalAddress", structure: address },
  { type: 24, kind: "securityContext", structure: securityContext },
  { type: 25, kind: "kmAddress", structure: kmAddress },
  { type: 26, kind: "filter", structure: filter },
]);

/**
 * What Linux speaks, in the byte order of the machine.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const { message } = decode(encode(request("dump", "ah"), linux), linux);
 * assert.equal(message.saType, "ah");
 * ```
 */
export const linux: Dialect = {
  name: "linux",
  byteOrder: machineByteOrder,
  tables: {
    messageTypes,
    saTypes,
    extensions,
    sockaddr: familyFirst({ inet: 2, inet6: 10 }, 28),
    errnos: linuxErrnos,
    unknownErrno: (errno) => `Unknown error ${errno}`,
  },
};

/**
 * What a key socket speaks that has NETLINK_XFRM underneath: as {@link linux}, and what PF_KEY has no room for in an
 * extension of its own (`xfrm`), under a number that no kernel uses.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decode, encode, find, linuxXfrm, request } from "@keysock/wire";
 *
 * const add = request("add", "esp", [{ kind: "xfrm", mark: { value: 7, mask: 0xff }, ifId: 42 }]);
 * const { message } = decode(encode(add, linuxXfrm), linuxXfrm);
 * assert.equal(find(message, "xfrm")?.ifId, 42);
 * ```
 */
export const linuxXfrm: Dialect = {
  ...linux,
  tables: {
    ...linux.tables,
    extensions: extensionTable([
      ...linux.tables.extensions.byType.values(),
      { type: 0xff58, kind: "xfrm", structure: xfrm },
    ]),
  },
};
