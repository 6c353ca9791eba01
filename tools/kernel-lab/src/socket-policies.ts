import koffi from "koffi";

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
 * @throws if this process lacks CAP_NET_ADMIN
 */
export class SocketPolicies {
  readonly #socket: number;

  constructor(...of: readonly (keyof typeof directions)[]) {
    const library = koffi.load("libc.so.6");
    const socket = library.func("int socket(int, int, int)");
    const setsockopt = library.func("int setsockopt(int, int, int, const void *, unsigned int)");
    this.#socket = succeeded("socket", socket(AF_INET, SOCK_DGRAM, 0));
    for (const direction of of) {
      const policy = passing(directions[direction]);
      const result = setsockopt(this.#socket, IPPROTO_IP, IP_IPSEC_POLICY, policy, policy.length);
      succeeded("setsockopt", result);
    }
  }

  close(): void {
    const close = koffi.load("libc.so.6").func("int close(int)");
    succeeded("close", close(this.#socket));
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

function succeeded(call: string, result: number): number {
  if (result < 0) throw new Error(`${call}: errno ${koffi.errno()}`);
  return result;
}
