/**
 * `struct xfrm_lifetime_cfg` (linux/xfrm.h).
 */
import type { FixedStructure } from "./structure.ts";
import { putUint64 } from "./writer.ts";

const field = {
  softBytes: 0,
  hardBytes: 8,
  softPackets: 16,
  hardPackets: 24,
  softAddTime: 32,
  hardAddTime: 40,
  softUseTime: 48,
  hardUseTime: 56,
} as const;
const bytes = 64;

/** Limits of an SA or a policy. Of bytes and packets 2^64 - 1 is none, of seconds 0 is none. */
export interface Lifetime {
  softBytes: bigint;
  hardBytes: bigint;
  softPackets: bigint;
  hardPackets: bigint;
  /** Seconds since creation. */
  softAddTime: bigint;
  hardAddTime: bigint;
  /** Seconds since first use. */
  softUseTime: bigint;
  hardUseTime: bigint;
}

export const lifetime: FixedStructure<Lifetime> = {
  minimum: bytes,

  decode({ view, littleEndian }, at) {
    return {
      softBytes: view.getBigUint64(at + field.softBytes, littleEndian),
      hardBytes: view.getBigUint64(at + field.hardBytes, littleEndian),
      softPackets: view.getBigUint64(at + field.softPackets, littleEndian),
      hardPackets: view.getBigUint64(at + field.hardPackets, littleEndian),
      softAddTime: view.getBigUint64(at + field.softAddTime, littleEndian),
      hardAddTime: view.getBigUint64(at + field.hardAddTime, littleEndian),
      softUseTime: view.getBigUint64(at + field.softUseTime, littleEndian),
      hardUseTime: view.getBigUint64(at + field.hardUseTime, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint64(writer, at + field.softBytes, value.softBytes, "lifetime.softBytes");
    putUint64(writer, at + field.hardBytes, value.hardBytes, "lifetime.hardBytes");
    putUint64(writer, at + field.softPackets, value.softPackets, "lifetime.softPackets");
    putUint64(writer, at + field.hardPackets, value.hardPackets, "lifetime.hardPackets");
    putUint64(writer, at + field.softAddTime, value.softAddTime, "lifetime.softAddTime");
    putUint64(writer, at + field.hardAddTime, value.hardAddTime, "lifetime.hardAddTime");
    putUint64(writer, at + field.softUseTime, value.softUseTime, "lifetime.softUseTime");
    putUint64(writer, at + field.hardUseTime, value.hardUseTime, "lifetime.hardUseTime");
  },
};
