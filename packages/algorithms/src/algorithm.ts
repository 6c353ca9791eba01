/** The kernels whose numbers are known here. */
export type KernelName = "linux" | "illumos" | "freebsd" | "netbsd" | "openbsd" | "macos";

/** What an algorithm is for; numbers are unique only within a kind. */
export type AlgorithmKind = "authentication" | "encryption" | "compression";

/** Sizes of a key in bits, salt or nonce included. */
export interface KeyBits {
  min: number;
  max: number;
  /** Allowed sizes are min, min + step, ...; 0 where min is max. */
  step: number;
  /** How many of the bits are a salt or nonce at the key's end. */
  salt: number;
}

/** One algorithm under all of its names and numbers. */
export interface Algorithm {
  kind: AlgorithmKind;
  /** The project's own name for it: setkey's where setkey has one. */
  name: string;
  /** Number by kernel; absent where the kernel has none. */
  numbers: Readonly<Partial<Record<KernelName, number>>>;
  /**
   * Words that setkey takes, and the one that it prints; absent where it has none and prints the number. `from` says
   * whose they are where ipsec-tools has never heard of them: FreeBSD's, or this project's own.
   */
  setkey?: { names: readonly string[]; printed: string; from?: "freebsd" | "keysock" };
  /** Words that ipseckey takes, and the one that it prints. */
  ipseckey?: { names: readonly string[]; printed: string };
  /** Key sizes by kernel; absent where the kernel cannot do the algorithm, even if its header has a number for it. */
  keyBits: Readonly<Partial<Record<KernelName, KeyBits>>>;
  /** Bits of the integrity check value by kernel, as its PF_KEY sets them. */
  icvBits?: Readonly<Partial<Record<KernelName, number>>>;
  /** Bytes of IV as the Linux kernel's REGISTER reply states them; not always the cipher's own. */
  linuxIvLength?: number;
  /** Bytes of IV as the illumos kernel's REGISTER reply states them. */
  illumosIvLength?: number;
  /** The name in Linux's crypto API, as XFRM takes it; for XFRM `icvBits.linux` goes with it. */
  linuxName?: string;
  /** Linux takes it over XFRM only. */
  xfrmOnly?: true;
  /** It enciphers and authenticates in one. */
  aead?: true;
}
