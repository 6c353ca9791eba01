/** What is particular to each way to the kernel, as far as a user sees it. */
export const kernelWays = {
  pfkey: {
    /** What is said without CAP_NET_ADMIN. */
    noPrivilege:
      "cannot open a PF_KEY socket: Operation not permitted (EPERM); run as root or with CAP_NET_ADMIN",
    /** What is said when messages may be missing. */
    lost: "the PF_KEY socket may have lost messages: No buffer space available (ENOBUFS); dump again to know the state",
    /**
     * How often a monitor that asked for everything gets what is told to all, and the message by which it asks: a promiscuous
     * socket gets what all get, and that again (af_key.c, pfkey_broadcast).
     */
    copies: 2,
  },
  xfrm: {
    noPrivilege:
      "cannot join group 3 with the netlink (protocol 6) socket: Operation not permitted (EPERM); run as root or with CAP_NET_ADMIN",
    lost: "the netlink (protocol 6) socket lost messages: No buffer space available (ENOBUFS); dump again to know the state",
    copies: 1,
  },
} as const;
