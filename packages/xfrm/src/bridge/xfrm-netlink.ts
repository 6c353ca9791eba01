/**
 * What the bridge needs of a netlink socket of protocol {@link netlinkXfrm}: `openNetlinkSocket` of `@keysock/socket` opens
 * one. It should ask for extended acknowledgements, and not to repeat requests in them: those hold keys.
 */
export interface XfrmNetlink {
  /** The socket's address: what the kernel writes to it has this as its port id. */
  readonly portId: number;
  /** Sends whole datagrams; each may hold several messages. */
  send(datagrams: readonly Uint8Array[]): void;
  /** The next datagram, or undefined if none comes in time. */
  receive(timeoutMs: number): Uint8Array | undefined;
  /** Hears from now on what the kernel tells a multicast group, one of {@link XfrmGroup}. */
  join(group: number): void;
  leave(group: number): void;
  close(): void;
}
