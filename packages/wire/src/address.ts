/**
 * `struct sadb_address` and its socket address, extensions 5, 6 and 7 (RFC 2367 section 2.3.3); on Linux also 23, NAT_T_OA,
 * on illumos also 20, 21 and 22, NATT_LOC, NATT_REM and INNER_DST (net/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Sockaddr } from "./sockaddr.ts";
import { endOf, report, type Structure } from "./structure.ts";
import { putUint8, putUint16 } from "./writer.ts";

const field = { protocol: 4, prefixLength: 5, reserved: 6, sockaddr: 8 } as const;

/** An address of an SA or a selector of a policy. */
export interface AddressExtension extends ExtensionHeader {
  /** `addressProxy` is number 7 everywhere: illumos calls the same extension INNER_SRC, the source inside of a tunnel. */
  kind:
    | "addressSource"
    | "addressDestination"
    | "addressProxy"
    | "natTOriginalAddress"
    | "addressNatTLocal"
    | "addressNatTRemote"
    | "addressInnerDestination";
  /** IP protocol number; 0 or 255 is any. */
  protocol: number;
  /** Bits. */
  prefixLength: number;
  reserved: number;
  sockaddr: Sockaddr;
}

export const address: Structure<AddressExtension> = {
  minimum: field.sockaddr,

  decode(reader, at, { kind, type, length }) {
    const { view, littleEndian } = reader;
    const sockaddr = reader.sockaddr.decode(reader, at + field.sockaddr, endOf(at, length));
    if (sockaddr === undefined) {
      return report(
        reader,
        "sockaddr-truncated",
        at + field.sockaddr,
        `${kind} has ${length * 8 - field.sockaddr} bytes for a socket address, fewer than its family needs`,
      );
    }
    return {
      kind,
      type,
      length,
      protocol: view.getUint8(at + field.protocol),
      prefixLength: view.getUint8(at + field.prefixLength),
      reserved: view.getUint16(at + field.reserved, littleEndian),
      sockaddr,
    };
  },

  size: (extension, sockaddr) => field.sockaddr + sockaddr.size(extension.sockaddr),

  encode(writer, at, extension) {
    putUint8(writer, at + field.protocol, extension.protocol, "address.protocol");
    putUint8(writer, at + field.prefixLength, extension.prefixLength, "address.prefixLength");
    putUint16(writer, at + field.reserved, extension.reserved, "address.reserved");
    writer.sockaddr.encode(writer, at + field.sockaddr, extension.sockaddr);
  },
};
