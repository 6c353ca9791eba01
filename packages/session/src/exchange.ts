import type { Decoded, Message, OutgoingMessage } from "@keysock/wire";
import { type RequestRule, ruleOf } from "./request-rules.ts";
import type { SendFailure } from "./send-failure.ts";

/** Whose request it is. */
export type Purpose = "command" | "inquiry";

/** A request with what is known of its replies. */
export interface Exchange {
  /** As it was given. */
  readonly request: OutgoingMessage;
  /** As it goes out; overwritten once it is sent. */
  readonly bytes: Uint8Array;
  readonly rule: RequestRule;
  /** An inquiry is the session's own question after a reply that did not come. */
  readonly purpose: Purpose;
  /** On the wire. */
  readonly sequence: number;
  readonly pid: number;
  /** Received and not yet taken, in order. */
  readonly inbox: Decoded[];
  /** Nothing more is expected. */
  complete: boolean;
  /** The sequence of the dump's last entry. */
  counted: number;
  /** Entries of the dump that were lost. */
  missing: number;
  /** When it was sent or last answered, in the session's milliseconds. */
  heard: number;
  /** The socket would not take it. */
  failure: SendFailure | undefined;
}

/** An exchange that is not sent yet. */
export function newExchange(
  request: OutgoingMessage,
  onWire: { bytes: Uint8Array; sequence: number; pid: number; purpose: Purpose },
): Exchange {
  return {
    request,
    ...onWire,
    rule: ruleOf(request.type),
    inbox: [],
    complete: false,
    counted: 0,
    missing: 0,
    heard: 0,
    failure: undefined,
  };
}

/**
 * Whether a message is a reply to that exchange. A dump's entries are told by type and pid: Linux counts 1, 2, 3 in
 * their sequence and gives 0 to the last, also where that is an error; a refusal echoes the request's.
 */
export function isReply(message: Message, exchange: Exchange): boolean {
  return (
    !exchange.complete &&
    message.type === exchange.request.type &&
    message.pid === exchange.pid &&
    (message.sequence === exchange.sequence ||
      (exchange.rule.replies === "dump" && (message.errno === 0 || message.sequence === 0)))
  );
}

/**
 * Whether a message is a dump's request itself: a promiscuous socket of Linux hears its own, too (af_key.c, pfkey_sendmsg). An entry
 * says more than who asks for all.
 */
export const isEcho = (message: Message, { request, rule, sequence }: Exchange): boolean =>
  rule.replies === "dump" &&
  message.errno === 0 &&
  message.sequence === sequence &&
  message.extensions.length === request.extensions.length;

/** Whether a message is the last reply to its exchange: for a dump the one with sequence 0 (RFC 2367 section 3.1.10), or a refusal. */
export const isLast = (message: Message, exchange: Exchange): boolean =>
  exchange.rule.replies !== "dump" || message.sequence === 0 || message.errno !== 0;

/** How many entries of a Linux dump were lost before that one. Nobody knows it of those before the last. */
export const missingBefore = (message: Message, { rule, counted }: Exchange): number =>
  rule.replies === "dump" ? Math.max(0, message.sequence - counted - 1) : 0;

/** illumos ends a dump by a message of its own without extensions; Linux by the last entry. */
export const isEndMarker = (message: Message, exchange: Exchange): boolean =>
  exchange.rule.replies === "dump" && message.errno === 0 && message.extensions.length === 0;
