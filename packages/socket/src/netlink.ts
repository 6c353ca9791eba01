import { raiseBuffers } from "./buffer-size.ts";
import { ClosedError } from "./closed-error.ts";
import { type DatagramSocket, datagramSocket } from "./datagram.ts";
import { loadLibc } from "./libc.ts";
import {
  AF_NETLINK,
  NETLINK_ADD_MEMBERSHIP,
  NETLINK_CAP_ACK,
  NETLINK_DROP_MEMBERSHIP,
  NETLINK_EXT_ACK,
  SOCK_RAW,
  SOL_NETLINK,
} from "./linux.ts";
import { openSocket, PrivilegeError, saysNoPrivilege } from "./open.ts";
import { SocketError } from "./socket-error.ts";

/** Which netlink socket to open. */
export interface NetlinkOptions {
  /** Protocol number of `<linux/netlink.h>`; 6 is NETLINK_XFRM. */
  protocol: number;
  /** Numbers of the multicast groups to join, for example 1 to 9 for `XFRMNLGRP_ACQUIRE` and so on. */
  groups?: readonly number[];
  /** Ask for the kernel's own words in an error (`NETLINK_EXT_ACK`). */
  extendedAck?: boolean;
  /** Ask the kernel not to repeat the request in an error (`NETLINK_CAP_ACK`). */
  capAck?: boolean;
}

/** A netlink socket. It carries datagrams as they are; each may hold several netlink messages. */
export interface NetlinkSocket extends DatagramSocket {
  /** The address that the kernel gave the socket: `nlmsg_pid` in what it sends. */
  readonly portId: number;
  /**
   * Hears from now on what the kernel tells that multicast group.
   *
   * @throws {@link PrivilegeError} for a group that needs CAP_NET_ADMIN, {@link ClosedError}
   */
  join(group: number): void;
  /** Hears no longer what the kernel tells that group. @throws {@link ClosedError} */
  leave(group: number): void;
}

/** `struct sockaddr_nl` of `<linux/netlink.h>`: family 0, pid 4, groups 8. */
const addressSize = 12;
const pidWord = 1;

/** A kernel's datagram is at most 32 KiB in a dump; one message of another is far below. */
const longestMessage = 64 * 1024;

/**
 * Opens a netlink socket that talks to this machine's Linux kernel. What another process sends to it is dropped.
 *
 * @throws {@link PrivilegeError} for a group that needs CAP_NET_ADMIN
 * @throws {@link UnsupportedError} where the kernel has no such protocol
 * @throws {@link SocketError} for another failure of a call
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openNetlinkSocket } from "@keysock/socket";
 *
 * const NETLINK_ROUTE = 0;
 * const socket = openNetlinkSocket({ protocol: NETLINK_ROUTE });
 * assert.equal(socket.receive(0), undefined);
 * socket.close();
 * ```
 */
export function openNetlinkSocket(options: NetlinkOptions): NetlinkSocket {
  const { protocol, groups = [], extendedAck = false, capAck = false } = options;
  const kind = `netlink (protocol ${protocol})`;
  const libc = loadLibc();
  const wanted = { kind, ifUnsupported: "load the module that speaks it (xfrm_user for 6)" };
  const address = new Uint32Array(addressSize / 4);
  const fd = openSocket(libc, [AF_NETLINK, SOCK_RAW, protocol], wanted, (fd, must) => {
    const bytes = new Uint8Array(address.buffer);
    new Uint16Array(address.buffer)[0] = AF_NETLINK;
    must(libc.bind(fd, bytes));
    must(libc.getsockname(fd, bytes));
    for (const group of groups) must(libc.setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group));
    if (extendedAck) must(libc.setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1));
    if (capAck) must(libc.setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, 1));
    raiseBuffers(libc, fd);
  });
  const what = `the ${kind} socket`;
  let open = true;
  const socket = datagramSocket(libc, fd, {
    what,
    longestMessage,
    nameSize: addressSize,
    accepts: (name) => name.subarray(pidWord * 4, pidWord * 4 + 4).every((byte) => byte === 0),
  });
  return {
    portId: address[pidWord]!,
    ...socket,
    join: (group) => setMembership(NETLINK_ADD_MEMBERSHIP, group, `cannot join group ${group} with ${what}`),
    leave: (group) =>
      setMembership(NETLINK_DROP_MEMBERSHIP, group, `cannot leave group ${group} with ${what}`),
    close() {
      open = false;
      socket.close();
    },
  };

  function setMembership(option: number, group: number, failed: string): void {
    if (!open) throw new ClosedError(what);
    const result = libc.setsockopt(fd, SOL_NETLINK, option, group);
    if (result >= 0) return;
    const errno = libc.describe(result);
    if (!saysNoPrivilege(result)) throw new SocketError(failed, errno);
    throw new PrivilegeError(failed, errno, "run as root or with CAP_NET_ADMIN");
  }
}
