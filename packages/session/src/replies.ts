import type { Decoded } from "@keysock/wire";
import type { Channel } from "./channel.ts";
import { type Exchange, isEndMarker } from "./exchange.ts";
import { NoReplyError } from "./no-reply-error.ts";
import { RefusedError } from "./refused-error.ts";

/**
 * The replies to an exchange that was sent, as they come. When one does not come in time, `lost` gives what is to be
 * yielded or thrown in its place. Who stops early has the rest of a dump drained, because a kernel takes one dump of a
 * socket at a time.
 *
 * @throws RefusedError, NoReplyError
 */
export function* repliesTo(
  exchange: Exchange,
  channel: Channel,
  lost: () => Decoded | NoReplyError,
): Generator<Decoded, void, void> {
  const { request, failure, rule } = exchange;
  const { dialect } = channel.socket;
  try {
    if (failure !== undefined) {
      throw new RefusedError(request, failure.errno, dialect, { cause: failure.cause });
    }
    for (;;) {
      const reply = next(exchange, channel, lost);
      if (reply === undefined) {
        const { missing } = exchange;
        if (missing > 0) throw new NoReplyError(request, channel.timeoutMs, { missing });
        return;
      }
      const { message } = reply;
      if (message.errno !== 0) {
        // An entry that Linux cannot put into a dump ends it with a negative errno in an unsigned byte.
        const errno = rule.replies === "dump" && message.errno > 200 ? 256 - message.errno : message.errno;
        throw new RefusedError(request, errno, dialect, { reply: message });
      }
      if (isEndMarker(message, exchange)) return;
      let stopped = true;
      try {
        yield reply;
        stopped = false;
      } finally {
        if (stopped) drain(exchange, channel);
      }
    }
  } finally {
    channel.forget(exchange);
  }
}

/** The next reply, or undefined after the last. */
function next(exchange: Exchange, channel: Channel, lost: () => Decoded | NoReplyError): Decoded | undefined {
  const { inbox, rule } = exchange;
  while (inbox.length === 0) {
    if (exchange.complete) return undefined;
    // Linux has answered by the time that send returns, so a silent request that was not refused by now was taken.
    const wait = rule.replies === "none" ? 0 : channel.remaining(exchange);
    if (channel.pump(wait)) continue;
    if (rule.replies === "none") return undefined;
    const substitute = lost();
    // The reply may have come meanwhile.
    if (inbox.length > 0) break;
    exchange.complete = true;
    if (substitute instanceof NoReplyError) throw substitute;
    return substitute;
  }
  return inbox.shift();
}

function drain(exchange: Exchange, channel: Channel): void {
  while (!exchange.complete && channel.pump(channel.remaining(exchange))) exchange.inbox.length = 0;
}
