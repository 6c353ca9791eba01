/**
 * `struct xfrm_user_acquire` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import { type Id, id } from "./id.ts";
import { type PolicyInfo, policyInfo } from "./policy-info.ts";
import { type Selector, selector } from "./selector.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint32 } from "./writer.ts";

const field = {
  id: 0,
  source: 24,
  selector: 40,
  policy: 96,
  authenticationAlgorithms: 264,
  encryptionAlgorithms: 268,
  compressionAlgorithms: 272,
  sequence: 276,
} as const;
const bytes = 280;

/** An SA wanted by the kernel, for the traffic of a policy. */
export interface Acquire {
  id: Id;
  source: Uint8Array;
  /** The traffic; its family is that of all addresses. */
  selector: Selector;
  policy: PolicyInfo;
  /** Mask of the algorithms that will do; all ones are any. */
  authenticationAlgorithms: number;
  encryptionAlgorithms: number;
  compressionAlgorithms: number;
  /** The larval SA's; not the sequence of the message. */
  sequence: number;
}

export const acquire: FixedStructure<Acquire> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    return {
      id: id.decode(reader, at + field.id),
      source: decodeAddress(reader, at + field.source),
      selector: selector.decode(reader, at + field.selector),
      policy: policyInfo.decode(reader, at + field.policy),
      authenticationAlgorithms: view.getUint32(at + field.authenticationAlgorithms, littleEndian),
      encryptionAlgorithms: view.getUint32(at + field.encryptionAlgorithms, littleEndian),
      compressionAlgorithms: view.getUint32(at + field.compressionAlgorithms, littleEndian),
      sequence: view.getUint32(at + field.sequence, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    id.encode(writer, at + field.id, value.id);
    putAddress(writer, at + field.source, value.source, "acquire.source");
    selector.encode(writer, at + field.selector, value.selector);
    policyInfo.encode(writer, at + field.policy, value.policy);
    putUint32(
      writer,
      at + field.authenticationAlgorithms,
      value.authenticationAlgorithms,
      "acquire.authenticationAlgorithms",
    );
    putUint32(
      writer,
      at + field.encryptionAlgorithms,
      value.encryptionAlgorithms,
      "acquire.encryptionAlgorithms",
    );
    putUint32(
      writer,
      at + field.compressionAlgorithms,
      value.compressionAlgorithms,
      "acquire.compressionAlgorithms",
    );
    putUint32(writer, at + field.sequence, value.sequence, "acquire.sequence");
  },
};
