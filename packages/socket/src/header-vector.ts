/** An array of `struct mmsghdr` of `<sys/socket.h>`, each with one buffer, for sendmmsg(2) and recvmmsg(2). */
export interface HeaderVector {
  readonly size: number;
  readonly headers: Uint8Array;
  /** Points an entry at `bytes`, which the caller keeps alive until the call is over. */
  point(index: number, bytes: Uint8Array): void;
  /** Bytes of the message received; its true length if MSG_TRUNC was asked for. */
  length(index: number): number;
  /** The MSG_ flags of the message received. */
  flags(index: number): number;
  /** The address that the message received came from. */
  name(index: number): Uint8Array;
}

/** Maker of vectors of `size` entries, each with room for a sender's address of `nameSize` bytes. */
export function headerVectors(
  koffi: typeof import("koffi"),
): (size: number, nameSize: number) => HeaderVector {
  const iovec = koffi.struct({ base: "void *", length: "size_t" });
  const msghdr = koffi.struct({
    name: "void *",
    nameLength: "uint32_t",
    iovec: "void *",
    iovecLength: "size_t",
    control: "void *",
    controlLength: "size_t",
    flags: "int",
  });
  const mmsghdr = koffi.struct({ header: msghdr, length: "unsigned int" });
  const flagsOffset = koffi.offsetof(msghdr, "flags");
  const lengthOffset = koffi.offsetof(mmsghdr, "length");

  return (size, nameSize) => {
    const headers = new Uint8Array(size * mmsghdr.size);
    const iovecs = new Uint8Array(size * iovec.size);
    const names = new Uint8Array(size * nameSize);
    const place = (memory: Uint8Array, offset: number) => koffi.address(memory) + BigInt(offset);
    const word = (offset: number) => new Int32Array(headers.buffer, offset, 1)[0]!;
    for (let index = 0; index < size; index++) {
      koffi.encode(headers, index * mmsghdr.size, mmsghdr, {
        header: {
          name: nameSize > 0 ? place(names, index * nameSize) : null,
          nameLength: nameSize,
          iovec: place(iovecs, index * iovec.size),
          iovecLength: 1,
          control: null,
          controlLength: 0,
          flags: 0,
        },
        length: 0,
      });
    }
    return {
      size,
      headers,
      point(index, bytes) {
        if (index >= size) throw new RangeError(`"index" ${index} is past the vector's ${size} entries`);
        koffi.encode(iovecs, index * iovec.size, iovec, { base: koffi.address(bytes), length: bytes.length });
      },
      length: (index) => word(index * mmsghdr.size + lengthOffset),
      flags: (index) => word(index * mmsghdr.size + flagsOffset),
      name: (index) => names.subarray(index * nameSize, (index + 1) * nameSize),
    };
  };
}
