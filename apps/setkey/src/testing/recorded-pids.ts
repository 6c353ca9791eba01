import type { RecordedCase } from "@keysock/goldens";

const pidOffset = 12;

const pidOf = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(pidOffset, true);

/** The process ids of a recording: of the program under test, and of the other one that it overheard. */
export function recordedPids({ sent, received }: RecordedCase): { own: number; peer: number } {
  const own = sent[0] === undefined ? 4242 : pidOf(sent[0]);
  const others = received.flatMap((bytes) => (bytes === undefined ? [] : [pidOf(bytes)]));
  return { own, peer: others.find((pid) => pid !== own && pid !== 0) ?? 4243 };
}
