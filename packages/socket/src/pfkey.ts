import { type KeySocket, linux } from "@keysock/wire";
import { raiseBuffers } from "./buffer-size.ts";
import { datagramSocket } from "./datagram.ts";
import { loadLibc } from "./libc.ts";
import { AF_KEY, PF_KEY_V2, SOCK_RAW } from "./linux.ts";
import { openSocket } from "./open.ts";

/** The length field of `struct sadb_msg` counts to 65,535 words of 8 bytes. */
const longestMessage = 65_535 * 8;

/**
 * Opens a PF_KEY socket of this machine's Linux kernel.
 *
 * @throws {@link PrivilegeError} without CAP_NET_ADMIN
 * @throws {@link UnsupportedError} where the kernel has no PF_KEY
 * @throws {@link SocketError} for another failure of socket(2)
 *
 * @example
 * ```ts
 * import { openPfKeySocket, PrivilegeError, UnsupportedError } from "@keysock/socket";
 * import { encode, linux, request } from "@keysock/wire";
 *
 * try {
 *   const socket = openPfKeySocket();
 *   socket.send([encode(request("register", "esp"), linux)]);
 *   console.log(`${socket.receive(1000)?.length} bytes of algorithms`);
 *   socket.close();
 * } catch (error) {
 *   if (!(error instanceof PrivilegeError || error instanceof UnsupportedError)) throw error;
 *   console.log(error.message);
 * }
 * ```
 */
export function openPfKeySocket(): KeySocket {
  const libc = loadLibc();
  const wanted = { kind: "PF_KEY", ifUnsupported: "load the module af_key, or go by XFRM (--via=xfrm)" };
  const fd = openSocket(libc, [AF_KEY, SOCK_RAW, PF_KEY_V2], wanted, (fd) => raiseBuffers(libc, fd));
  const socket = datagramSocket(libc, fd, {
    what: "the PF_KEY socket",
    longestMessage,
    nameSize: 0,
    accepts: () => true,
    sendAdvice: "look at the base header's version, type, length and reserved fields",
  });
  return { dialect: linux, ...socket };
}
