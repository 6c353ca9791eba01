import { type Decoded, decode, encode, type Message } from "@keysock/wire";
import type { Channel } from "./channel.ts";
import type { Exchange } from "./exchange.ts";
import { type Inquiry, inquiryAfter } from "./inquiry.ts";
import { NoReplyError } from "./no-reply-error.ts";
import { isOutcome } from "./outcome.ts";
import { RefusedError } from "./refused-error.ts";
import { repliesTo } from "./replies.ts";

/**
 * The replies to a command's request; one that does not come is asked for.
 *
 * @throws RefusedError, NoReplyError
 */
export const answers = (exchange: Exchange, channel: Channel): Generator<Decoded, void, void> =>
  repliesTo(exchange, channel, () => askAfter(exchange, channel));

/**
 * The reply that must have been lost, made up from the entry that the request was about; an error when the request was
 * not carried out, or nobody knows.
 */
function askAfter(exchange: Exchange, channel: Channel): Decoded | NoReplyError {
  const { request, pid } = exchange;
  const { timeoutMs } = channel;
  const inquiry = channel.mayAsk() ? inquiryAfter(request) : undefined;
  if (inquiry === undefined || channel.sentAfter(exchange).some(inquiry.concerns)) {
    return new NoReplyError(request, timeoutMs);
  }
  let found: Message | undefined;
  try {
    found = ask(inquiry, channel);
  } catch (error) {
    if (!isOutcome(error)) throw error;
    return new NoReplyError(request, timeoutMs, { cause: error });
  }
  const reply = inquiry.conclude(found);
  if (reply === undefined) return new NoReplyError(request, timeoutMs, { done: false });
  const { type, saType, sequence } = request;
  const { dialect } = channel.socket;
  return decode(encode({ ...reply, type, saType, sequence, pid }, dialect), dialect);
}

/** The answer that is about the request; undefined when there is no such entry. */
function ask({ question, matches }: Inquiry, channel: Channel): Message | undefined {
  const asked = channel.prepare(question, "inquiry");
  channel.send([asked]);
  const unanswered = () => {
    channel.stopAsking();
    return new NoReplyError(question, channel.timeoutMs);
  };
  try {
    for (const { message } of repliesTo(asked, channel, unanswered)) if (matches(message)) return message;
  } catch (error) {
    const absent = error instanceof RefusedError && ["ESRCH", "ENOENT"].includes(error.errnoName);
    if (!absent) throw error;
  }
  return undefined;
}
