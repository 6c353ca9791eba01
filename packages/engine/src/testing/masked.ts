const lifetimeCurrent = 2;
const words = (bytes: Uint8Array, at: number) => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

/** Where the creation time of a little-endian message's LIFETIME_CURRENT lies. */
function addTimeAt(bytes: Uint8Array): number | undefined {
  for (let at = 16; at + 4 <= bytes.length; at += words(bytes, at) * 8 || bytes.length) {
    if (words(bytes, at + 2) === lifetimeCurrent) return at + 16;
  }
  return undefined;
}

/** Seconds since 1970 at which what a message shows was made. */
export function addTime(bytes: Uint8Array): number | undefined {
  const at = addTimeAt(bytes);
  return at === undefined
    ? undefined
    : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(at, true));
}

/** In hexadecimal, without what varies from run to run: pid and creation time. */
export function masked(bytes: Uint8Array): string {
  const copy = Uint8Array.from(bytes);
  copy.fill(0, 12, 16);
  const at = addTimeAt(copy);
  if (at !== undefined) copy.fill(0, at, at + 8);
  return Buffer.from(copy).toString("hex");
}
