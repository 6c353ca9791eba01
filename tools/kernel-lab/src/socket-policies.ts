import { CSocket } from "./c-socket.ts";

/** linux/in.h, linux/pfkeyv2.h and linux/ipsec.h. */
const AF_INET = 2;
const SOCK_DGRAM = 2;
const IPPROTO_IP = 0;
const IP_IPSEC_POLICY = 16;
const SADB_X_EXT_POLICY = 18;
const IPSEC_POLICY_NONE = 1;
const directions = { in: 1, out: 2 } as const;

/**
 * A socket with policies of its own that let its packets pass without IPsec, made in the network that is entered. They are
 * there until it is closed.
 *
 * @throws SystemCallError if this process lacks CAP_NET_ADMIN
 */
export class SocketPolicies {
  readonly #socket = new CSocket(AF_INET, SOCK_DGRAM, 0);

  constructor(...of: readonly (keyof typeof directions)[]) {
    for (const direction of of) this.#socket.set(IPPROTO_IP, IP_IPSEC_POLICY, passing(directions[direction]));
  }

  close(): void {
    this.#socket.close();
  }
}

/** A `struct sadb_x_policy`. */
function passing(direction: number): Buffer {
  const policy = Buffer.alloc(16);
  const words = policy.length / 8;
  policy.writeUInt16LE(words, 0);
  policy.writeUInt16LE(SADB_X_EXT_POLICY, 2);
  policy.writeUInt16LE(IPSEC_POLICY_NONE, 4);
  policy.writeUInt8(direction, 6);
  return policy;
}
