/**
 * `alg_name` of `struct xfrm_algo` and its kin (linux/xfrm.h): 64 bytes that a NUL ends.
 */
import { EncodeError } from "@keysock/wire";
import { allZero, type Reader } from "./structure.ts";
import { checkSize, type Writer } from "./writer.ts";

/** Bytes of the name with its NUL and what follows it. */
export const nameBytes = 64;

/** The name that the kernel's crypto knows an algorithm by. */
export interface AlgorithmName {
  /** For example "rfc4106(gcm(aes))"; one byte a character, without NUL. */
  name: string;
  /** What follows the NUL, where it is not zeros. */
  namePadding?: Uint8Array;
}

export function decodeName({ bytes }: Reader, at: number): AlgorithmName {
  const end = at + nameBytes;
  let nul = at;
  let name = "";
  while (nul < end && bytes[nul] !== 0) name += String.fromCharCode(bytes[nul++]!);
  return nul === end || allZero(bytes, nul + 1, end)
    ? { name }
    : { name, namePadding: bytes.slice(nul + 1, end) };
}

export function encodeName(writer: Writer, at: number, { name, namePadding }: AlgorithmName): void {
  if (name.length > nameBytes) {
    throw new EncodeError("algorithm.name", name, `at most ${nameBytes} characters`);
  }
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code === 0 || code > 0xff) throw new EncodeError("algorithm.name", name, "Latin-1 without NUL");
    writer.bytes[at + i] = code;
  }
  if (namePadding === undefined) return;
  checkSize(namePadding, Math.max(0, nameBytes - 1 - name.length), "algorithm.namePadding");
  writer.bytes.set(namePadding, at + name.length + 1);
}
