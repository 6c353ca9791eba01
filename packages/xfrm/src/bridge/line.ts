/**
 * Questions to the kernel and what it answers, over one netlink socket. The kernel carries questions out in order, tells
 * what came of each, and then acknowledges it; so an acknowledgement says as well that those of earlier questions that
 * have not come were lost.
 */

import { Errno } from "@keysock/engine/linux";
import { splitDatagram } from "../datagram.ts";
import { decode } from "../decode.ts";
import { encode } from "../encode.ts";
import { attributeValue, type XfrmMessage } from "../message.ts";
import { NetlinkFlag } from "../numbers.ts";
import { wipeMessage } from "./wipe.ts";
import type { XfrmNetlink } from "./xfrm-netlink.ts";

/** A message to the kernel without its header. */
export type Question = XfrmMessage extends infer M
  ? M extends { type: string }
    ? Omit<M, "flags" | "sequence" | "portId">
    : never
  : never;

/** Who asked. */
export interface Asker {
  /** What the kernel says under the question's numbers; true if it is about the question. */
  told(message: XfrmMessage): boolean;
  /** The kernel is done with it, and well if `errno` is 0; `text` are its own words about the error. */
  ended(errno: number, text: string | undefined): void;
  /** The acknowledgement was lost, and perhaps more: nobody knows what came of the question. */
  lost?(): void;
}

/** Under which numbers a question goes out: everybody who listens sees them. */
export interface Numbers {
  readonly sequence: number;
  readonly portId: number;
}

export interface Line {
  /** It goes out with the next {@link Line.flush}. A sequence that is in use is replaced. */
  ask(question: Question, asker: Asker, wanted?: Numbers): void;
  /** Asks for all there is. Dumps are carried out one after the other. */
  dump(question: Question, asker: Asker): void;
  /** Does something once what was asked until now is answered: at once if nothing was. */
  behind(act: () => void): void;
  /** Sends what was asked. */
  flush(): void;
  /** Takes in the next datagram; false if none came in time. */
  receive(timeoutMs: number): boolean;
  /** Takes in datagrams until then; false if that is not in time. What goes wrong is told by the next {@link Line.receive}. */
  receiveUntil(isThen: () => boolean, timeoutMs: number): boolean;
  close(): void;
}

interface Exchange {
  readonly asker: Asker;
  readonly sequence: number;
  /** Whose the question is: what it changes is told under this number. */
  readonly portId: number;
  readonly behind: (() => void)[];
  /** What is still to go out can be neither answered nor lost. */
  sent: boolean;
}

interface Dump {
  readonly question: Question;
  readonly asker: Asker;
  /** Once it has begun. */
  sequence: number | undefined;
  /** The kernel says that something changed meanwhile, so that the list is not what there was at any time. */
  interrupted: boolean;
}

/**
 * Questions in one datagram. The answers to so many fit into the receive queue that Linux gives those who may not ask
 * for more: some 3,000 of 212,992 bytes each.
 */
const maximumQuestions = 32;
/** Less than the send queue has at least. */
const maximumBytes = 0x10000;

/** @param overheard - is told what belongs to no question */
export function createLine(netlink: XfrmNetlink, overheard: (message: XfrmMessage) => void): Line {
  /**
   * In the order in which they were asked; dumps aside. They are few, and a Map that entries come into and leave all the time
   * costs V8 more: an old table of it that waits for its collection keeps those after it.
   */
  const open: Exchange[] = [];
  /** The first one is under way. */
  const dumps: Dump[] = [];
  let outgoing: { bytes: Uint8Array; sequence: number }[] = [];
  let outgoingBytes = 0;
  let lastSequence = 0;
  let trouble: { error: unknown } | undefined;
  /** A receive() failed: what the kernel had to say since then may be lost. */
  let overrun = false;

  function freeSequence(wanted?: number): number {
    if (wanted !== undefined && !isFree(wanted) && !outgoing.some(({ sequence }) => sequence === wanted)) {
      // What went out is answered by now, so that the number is free once that is read.
      readWhile(() => !isFree(wanted));
    }
    if (wanted !== undefined && isFree(wanted)) return wanted;
    do lastSequence = (lastSequence + 1) >>> 0 || 1;
    while (!isFree(lastSequence));
    return lastSequence;
  }

  const openUnder = (sequence: number) => open.find((exchange) => exchange.sequence === sequence);

  const isFree = (sequence: number) => openUnder(sequence) === undefined && dumps[0]?.sequence !== sequence;

  function enqueue(sequence: number, bytes: Uint8Array): void {
    if (outgoing.length >= maximumQuestions || outgoingBytes + bytes.length > maximumBytes) {
      flush();
      // The answers to more than one datagram's questions might not fit into the queue.
      readWhile(() => true);
    }
    outgoing.push({ bytes, sequence });
    outgoingBytes += bytes.length;
  }

  function flush(): void {
    if (outgoing.length === 0) return;
    const datagram = new Uint8Array(outgoingBytes);
    const sequences: number[] = [];
    let at = 0;
    for (const { bytes, sequence } of outgoing) {
      datagram.set(bytes, at);
      at += bytes.length;
      bytes.fill(0);
      sequences.push(sequence);
    }
    outgoing = [];
    outgoingBytes = 0;
    for (const sequence of sequences) {
      const exchange = openUnder(sequence);
      if (exchange !== undefined) exchange.sent = true;
    }
    try {
      netlink.send([datagram]);
    } catch (error) {
      for (const sequence of sequences) forget(sequence);
      throw error;
    } finally {
      datagram.fill(0);
    }
  }

  function forget(sequence: number): void {
    const index = open.findIndex((exchange) => exchange.sequence === sequence);
    if (index !== -1) open.splice(index, 1).forEach(release);
    else if (dumps[0]?.sequence === sequence) dumps.shift();
  }

  /** Takes in what is there. What goes wrong is told by the next receive(). */
  function readWhile(wanted: () => boolean): void {
    try {
      while (wanted() && take(0)) {}
    } catch (error) {
      trouble = { error };
    }
  }

  function startDump(): void {
    const next = dumps[0];
    if (next === undefined) return;
    next.sequence = freeSequence();
    const { question, sequence } = next;
    enqueue(sequence, encodeQuestion(question, NetlinkFlag.dump, sequence, netlink.portId));
  }

  function take(timeoutMs: number): boolean {
    let datagram = receive(overrun ? 0 : timeoutMs);
    if (datagram === undefined && overrun) {
      if (giveUp()) return true;
      datagram = receive(timeoutMs);
    }
    if (datagram === undefined) return false;
    for (const bytes of splitDatagram(datagram)) {
      const { message } = decode(bytes);
      hear(message);
      wipeMessage(message);
    }
    datagram.fill(0);
    // What was heard may have led to more questions.
    flush();
    return true;
  }

  function receive(timeoutMs: number): Uint8Array | undefined {
    try {
      return netlink.receive(timeoutMs);
    } catch (error) {
      overrun = true;
      throw error;
    }
  }

  /** The kernel answers before send() returns: what is not in the queue now is lost. False if nothing is. */
  function giveUp(): boolean {
    overrun = false;
    const lost = open.filter(({ sent }) => sent);
    for (const exchange of lost) remove(exchange);
    for (const exchange of lost) miss(exchange);
    flush();
    return lost.length > 0;
  }

  function hear(message: XfrmMessage): void {
    const ours = message.portId === netlink.portId;
    const dump = dumps[0];
    const exchange = openUnder(message.sequence);
    if (ours && dump?.sequence === message.sequence) {
      hearDump(message, dump);
    } else if (message.type === "error") {
      if (ours && exchange) end(exchange, message.body.errno, attributeValue(message, "errMsg"));
    } else if (!isOf(exchange, message) || !exchange.asker.told(message)) {
      overheard(message);
    }
  }

  /** Others number their questions as they like. */
  const isOf = (exchange: Exchange | undefined, { portId }: XfrmMessage): exchange is Exchange =>
    exchange !== undefined && (portId === netlink.portId || portId === exchange.portId);

  function hearDump(message: XfrmMessage, dump: Dump): void {
    if ((message.flags & NetlinkFlag.dumpInterrupted) !== 0) dump.interrupted = true;
    if (message.type !== "done" && message.type !== "error") {
      dump.asker.told(message);
      return;
    }
    dumps.shift();
    startDump();
    const errno = message.body.errno || (dump.interrupted ? Errno.EINTR : 0);
    dump.asker.ended(errno, attributeValue(message, "errMsg"));
  }

  function end(exchange: Exchange, errno: number, text: string | undefined): void {
    const earlier = open.slice(0, open.indexOf(exchange)).filter(({ sent }) => sent);
    for (const one of [...earlier, exchange]) remove(one);
    for (const lost of earlier) miss(lost);
    exchange.asker.ended(errno, text);
    release(exchange);
  }

  function remove(exchange: Exchange): void {
    open.splice(open.indexOf(exchange), 1);
  }

  /** What it leads to may be heard before this returns, so it is not open any more. */
  function miss(exchange: Exchange): void {
    release(exchange);
    exchange.asker.lost?.();
  }

  function release(exchange: Exchange): void {
    for (const act of exchange.behind) act();
  }

  return {
    ask(question, asker, wanted) {
      const sequence = freeSequence(wanted?.sequence);
      const portId = wanted?.portId ?? netlink.portId;
      const bytes = encodeQuestion(question, NetlinkFlag.ack, sequence, portId);
      open.push({ asker, sequence, portId, behind: [], sent: false });
      enqueue(sequence, bytes);
    },
    dump(question, asker) {
      dumps.push({ question, asker, sequence: undefined, interrupted: false });
      if (dumps.length === 1) startDump();
    },
    behind(act) {
      const last = open.at(-1);
      if (last === undefined) act();
      else last.behind.push(act);
    },
    flush,
    receive(timeoutMs) {
      if (trouble !== undefined) {
        const { error } = trouble;
        trouble = undefined;
        throw error;
      }
      return take(timeoutMs);
    },
    receiveUntil(isThen, timeoutMs) {
      const end = Date.now() + timeoutMs;
      let failed = false;
      while (!isThen()) {
        const left = end - Date.now();
        try {
          if (left <= 0 || !take(left)) return false;
          failed = false;
        } catch (error) {
          trouble = { error };
          // After messages were lost there are others; a socket that is broken has none.
          if (failed) return false;
          failed = true;
        }
      }
      return true;
    },
    close() {
      for (const { bytes } of outgoing) bytes.fill(0);
      netlink.close();
    },
  };
}

/** Field by field: to spread a question into a message took a tenth of the time of a long run. */
function encodeQuestion(
  { type, body, attributes }: Question,
  flag: number,
  sequence: number,
  portId: number,
): Uint8Array {
  const flags = NetlinkFlag.request | flag;
  return encode({ type, body, attributes, flags, sequence, portId } as XfrmMessage);
}
