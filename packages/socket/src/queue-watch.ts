import type { Libc } from "./libc.ts";

/** What a look at a socket's receive queue in the kernel shows. */
export interface QueueLook {
  /** It had better be emptied, and looked at again soon. */
  filling: boolean;
  /** Since the last look a message may have found no room; false again while that goes on. */
  overrun: boolean;
}

/**
 * Linux fills two thirds of the queue with a dump and goes on when a third is left (af_key.c, pfkey_can_dump and
 * pfkey_recvmsg). Between these a dump may wait there.
 */
const fillingFrom = 3 / 4;
const fillingDownTo = 1 / 2;

/**
 * No less than the kernel counts for a message of so many bytes (`truesize` of its sk_buff): a power of two with room for the
 * message and some 350 bytes, and 256 bytes.
 */
const countedAtMost = (length: number): number => 2 * length + 1024;

/**
 * Looks at a socket's receive queue, given the lengths of the messages that were taken out since the last look. The kernel
 * loses a message when more than the limit is in use (af_key.c, pfkey_broadcast_one), and never was more in use
 * since then than is now and was taken out.
 */
export function queueWatch(libc: Libc, fd: number): (taken: readonly number[]) => QueueLook {
  let last: QueueLook & { full: boolean } = { filling: false, overrun: false, full: false };
  return (taken) => {
    const { used, limit } = libc.receiveQueue(fd) ?? { used: 0, limit: Number.POSITIVE_INFINITY };
    const full = taken.reduce((sum, length) => sum + countedAtMost(length), used) > limit;
    const filling = used > limit * (last.filling ? fillingDownTo : fillingFrom);
    last = { filling, overrun: full && !last.full, full };
    return last;
  };
}
