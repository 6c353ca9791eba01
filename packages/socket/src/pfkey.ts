import { type KeySocket, linux } from "@keysock/wire";
import { raiseBuffers } from "./buffer-size.ts";
import { datagramSocket } from "./datagram.ts";
import { loadLibc } from "./libc.ts";
import { AF_KEY, EINVAL, EMSGSIZE, PF_KEY_V2, SO_SNDBUF, SOCK_RAW, SOL_SOCKET } from "./linux.ts";
import { openSocket } from "./open.ts";

/** The length field of `struct sadb_msg` counts to 65,535 words of 8 bytes. */
const longestMessage = 65_535 * 8;

/** What af_key.c (pfkey_sendmsg) keeps back of the send buffer. */
const sendReserve = 32;

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
    losesSilently: true,
    sendAdvice({ length }, failure) {
      if (failure !== -EINVAL && failure !== -EMSGSIZE) return undefined;
      const longest = libc.getsockopt(fd, SOL_SOCKET, SO_SNDBUF) - sendReserve;
      if (length > longest) return `it has ${length} bytes, and the longest has ${longest}`;
      return "look at the base header's version, type, length and reserved fields";
    },
  });
  return { dialect: linux, ...socket };
}
