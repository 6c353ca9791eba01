/** A netlink socket with no kernel behind it, but with a function that answers. */
import type { XfrmNetlink } from "../bridge/xfrm-netlink.ts";
import { splitDatagram } from "../datagram.ts";
import { decodeStrict } from "../decode.ts";
import { encode } from "../encode.ts";
import type { MessageOf, XfrmMessage } from "../message.ts";
import type { MessageType } from "../message-table.ts";
import { NetlinkFlag } from "../numbers.ts";

/** Without what a kernel fills in. */
export type Said = {
  [T in MessageType]: Omit<MessageOf<T>, "flags" | "sequence" | "portId"> &
    Partial<Pick<MessageOf<T>, "flags" | "sequence" | "portId">>;
}[MessageType];

export interface PretendKernel extends XfrmNetlink {
  /** The questions of each datagram. */
  readonly asked: XfrmMessage[][];
  readonly groups: Set<number>;
  closed: boolean;
  /** Says something of its own accord. */
  say(...messages: Said[]): void;
  /** Lets a receive() fail, after what waits now. */
  fail(error: Error): void;
}

export const portId = 77;

/** An acknowledgement, or with an errno a refusal. */
export function acknowledge(errno = 0, text?: string): Said {
  const request = encode({
    type: "noop",
    flags: NetlinkFlag.request,
    sequence: 0,
    portId: 0,
    attributes: [],
  });
  return {
    type: "error",
    flags: NetlinkFlag.capped | (text === undefined ? 0 : NetlinkFlag.ackTlvs),
    body: { errno, request },
    attributes: text === undefined ? [] : [{ kind: "errMsg", value: text }],
  };
}

/** @param answer - what is said to a question, under the question's sequence unless it says another; unless there is one, an acknowledgement is added */
export function pretendKernel(answer: (question: XfrmMessage) => readonly Said[] = () => []): PretendKernel {
  const waiting: (Uint8Array | Error)[] = [];
  const kernel: PretendKernel = {
    portId,
    asked: [],
    groups: new Set(),
    closed: false,
    send(datagrams) {
      for (const datagram of datagrams) {
        const questions = splitDatagram(Uint8Array.from(datagram)).map((bytes) => decodeStrict(bytes));
        kernel.asked.push(questions);
        for (const question of questions) {
          const answers = [...answer(question)];
          if (!answers.some(({ type }) => type === "error" || type === "done")) answers.push(acknowledge());
          const { sequence } = question;
          // Only what is about changes is not from our own port.
          for (const said of answers) put({ flags: 0, sequence, portId, ...said });
        }
      }
    },
    receive() {
      const next = waiting.shift();
      if (next instanceof Error) throw next;
      return next;
    },
    join: (group) => void kernel.groups.add(group),
    leave: (group) => void kernel.groups.delete(group),
    close() {
      kernel.closed = true;
    },
    say(...messages) {
      for (const said of messages) put({ flags: 0, sequence: 0, portId: 0, ...said });
    },
    fail: (error) => void waiting.push(error),
  };
  return kernel;

  function put(message: XfrmMessage): void {
    waiting.push(encode(message));
  }
}
