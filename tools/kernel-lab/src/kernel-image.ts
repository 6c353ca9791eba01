/** Offsets in a bzImage; source: Documentation/arch/x86/boot.rst, "The Real-Mode Kernel Header". */
const setupSectors = 0x1f1;
const payloadOffset = 0x248;
const payloadLength = 0x24c;
const sectorSize = 512;
const xzMagic = "fd377a585a00";

/** The file is no bzImage with an xz payload. */
export class KernelImageError extends Error {
  override readonly name = "KernelImageError";
}

/**
 * The compressed vmlinux inside a bzImage. Booted without its unpacker, by PVH, a kernel is ready seconds earlier under
 * emulation.
 */
export function xzPayload(image: Buffer): Buffer {
  const begin = ((image[setupSectors] || 4) + 1) * sectorSize + image.readUInt32LE(payloadOffset);
  // The build appends the unpacked size, four bytes.
  const payload = image.subarray(begin, begin + image.readUInt32LE(payloadLength) - 4);
  const magic = payload.subarray(0, 6).toString("hex");
  if (magic !== xzMagic) {
    throw new KernelImageError(`the kernel's payload begins with ${magic}: expected xz, ${xzMagic}`);
  }
  return payload;
}
