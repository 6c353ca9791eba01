/**
 * The native sockets of this machine: PF_KEY, netlink and Unix.
 *
 * @packageDocumentation
 */
export { ClosedError } from "./closed-error.ts";
export { type DatagramSocket, OverrunError, TruncatedError } from "./datagram.ts";
export { FrameError, type FrameReader, frameReader, maxFrameBytes } from "./frames.ts";
export type { Errno } from "./libc.ts";
export { type NetlinkOptions, type NetlinkSocket, openNetlinkSocket } from "./netlink.ts";
export { PrivilegeError, UnsupportedError } from "./open.ts";
export { PeerGoneError } from "./peer-gone-error.ts";
export { openPfKeySocket } from "./pfkey.ts";
export { SendError } from "./send-error.ts";
export { SocketError } from "./socket-error.ts";
export { PeerStalledError } from "./stream.ts";
export { openUnixSocket } from "./unix.ts";
