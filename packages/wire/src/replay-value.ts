/**
 * `struct sadb_x_replay_ctr`, extension 24 of illumos (net/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Structure } from "./structure.ts";
import { putUint32, putUint64 } from "./writer.ts";

const field = { replay32: 4, replay64: 8 } as const;
const bytes = 16;

/** How far an SA has counted its packets: one of the two, the other is 0. */
export interface ReplayValueExtension extends ExtensionHeader {
  kind: "replayValue";
  replay32: number;
  /** For extended sequence numbers. */
  replay64: bigint;
}

export const replayValue: Structure<ReplayValueExtension> = {
  minimum: bytes,

  decode({ view, littleEndian }, at, { kind, type, length }) {
    return {
      kind,
      type,
      length,
      replay32: view.getUint32(at + field.replay32, littleEndian),
      replay64: view.getBigUint64(at + field.replay64, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, extension) {
    putUint32(writer, at + field.replay32, extension.replay32, "replayValue.replay32");
    putUint64(writer, at + field.replay64, extension.replay64, "replayValue.replay64");
  },
};
