/**
 * What the kernel looks at before it takes a message: what fails here makes `send` fail (RFC 2367 section 2.3.1, measured
 * on Linux 6.1).
 */
import type { Dialect } from "@keysock/wire";
import { type Header, headerBytes, readHeader } from "../header.ts";
import { SendRefusedError } from "../send-refused-error.ts";
import { Errno } from "./errno.ts";

/** Linux's default send buffer (net.core.wmem_default) without the 32 bytes that PF_KEY keeps for itself. */
const maximumSendBytes = 212_992 - 32;

const version = 2;
const highestType = 24;

/**
 * The header of a message that the kernel takes.
 *
 * @throws SendRefusedError
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { accept, SendRefusedError } from "@keysock/engine/linux";
 * import { encode, linux, request } from "@keysock/wire";
 *
 * const bytes = encode({ ...request("dump", "esp"), sequence: 7 }, linux);
 * assert.equal(accept(bytes, linux).sequence, 7);
 * assert.throws(() => accept(bytes.subarray(0, 8), linux), SendRefusedError);
 * ```
 */
export function accept(bytes: Uint8Array, dialect: Dialect): Header {
  if (bytes.length > maximumSendBytes) {
    throw tooLong(`${bytes.length} bytes`, `a message has at most ${maximumSendBytes}`);
  }
  if (bytes.length < headerBytes) {
    throw tooLong(`${bytes.length} bytes`, `a message has at least ${headerBytes}`);
  }
  const header = readHeader(bytes, dialect);
  if (header.version !== version) throw invalid(`version ${header.version}`, `expected ${version}`);
  if (header.reserved !== 0) throw invalid(`reserved ${header.reserved}`, "expected 0");
  if (header.type === 0 || header.type > highestType) {
    throw invalid(`type ${header.type}`, `expected 1 to ${highestType}`);
  }
  // Up to 7 stray bytes pass; the extension walker refuses them.
  const words = Math.floor(bytes.length / 8);
  if (header.length !== words) throw tooLong(`length ${header.length}`, `expected ${words}`);
  return header;
}

const invalid = (found: string, expected: string) =>
  new SendRefusedError("EINVAL", Errno.EINVAL, found, expected);

const tooLong = (found: string, expected: string) =>
  new SendRefusedError("EMSGSIZE", Errno.EMSGSIZE, found, expected);
