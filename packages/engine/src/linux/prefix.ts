/** Whether two addresses agree in so many bits. What is beyond an address's end counts as zero. */
export function prefixMatches(address: Uint8Array, prefix: Uint8Array, bits: number): boolean {
  for (let at = 0; at * 8 < bits; at++) {
    const rest = bits - at * 8;
    const mask = rest >= 8 ? 0xff : (0xff00 >> rest) & 0xff;
    if ((((address[at] ?? 0) ^ (prefix[at] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}
