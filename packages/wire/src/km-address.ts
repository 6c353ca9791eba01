/**
 * `struct sadb_x_kmaddress`, extension 25 (linux/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import { decodeSockaddrPair, type Sockaddr } from "./sockaddr.ts";
import { endOf, report, type Structure } from "./structure.ts";
import { putUint32 } from "./writer.ts";

const field = { reserved: 4, sockaddrs: 8 } as const;

/** The addresses that key management uses after a MIGRATE. */
export interface KmAddressExtension extends ExtensionHeader {
  kind: "kmAddress";
  reserved: number;
  local: Sockaddr;
  remote: Sockaddr;
}

export const kmAddress: Structure<KmAddressExtension> = {
  minimum: field.sockaddrs,

  decode(reader, at, { kind, type, length }) {
    const pair = decodeSockaddrPair(reader, at + field.sockaddrs, endOf(at, length));
    if (pair === undefined) {
      return report(
        reader,
        "sockaddr-truncated",
        at + field.sockaddrs,
        `${length * 8 - field.sockaddrs} bytes do not hold two socket addresses`,
      );
    }
    const [local, remote] = pair;
    return {
      kind,
      type,
      length,
      reserved: reader.view.getUint32(at + field.reserved, reader.littleEndian),
      local,
      remote,
    };
  },

  size: ({ local, remote }, sockaddr) => field.sockaddrs + sockaddr.size(local) + sockaddr.size(remote),

  encode(writer, at, { reserved, local, remote }) {
    putUint32(writer, at + field.reserved, reserved, "kmAddress.reserved");
    writer.sockaddr.encode(writer, at + field.sockaddrs, local);
    writer.sockaddr.encode(writer, at + field.sockaddrs + writer.sockaddr.size(local), remote);
  },
};
