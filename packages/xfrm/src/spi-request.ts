/**
 * `struct xfrm_userspi_info` (linux/xfrm.h).
 */
import { type SaInfo, saInfo } from "./sa-info.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint32 } from "./writer.ts";

const field = { sa: 0, min: 224, max: 228 } as const;
const bytes = 232;

/** An SPI wanted for a larval SA. */
export interface SpiRequest {
  sa: SaInfo;
  /** The smallest SPI that will do. */
  min: number;
  max: number;
}

export const spiRequest: FixedStructure<SpiRequest> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    return {
      sa: saInfo.decode(reader, at + field.sa),
      min: view.getUint32(at + field.min, littleEndian),
      max: view.getUint32(at + field.max, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    saInfo.encode(writer, at + field.sa, value.sa);
    putUint32(writer, at + field.min, value.min, "spiRequest.min");
    putUint32(writer, at + field.max, value.max, "spiRequest.max");
  },
};
