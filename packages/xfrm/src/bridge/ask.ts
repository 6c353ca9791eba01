import { Errno, type Header } from "@keysock/engine/linux";
import { type OutgoingExtension, SaState } from "@keysock/wire";
import type { XfrmMessage } from "../message.ts";
import type { Bridge } from "./bridge.ts";
import { encodeRefusal, encodeTold, headerBytes } from "./pfkey-message.ts";
import type { Asked, Look } from "./requests.ts";
import { isLarval } from "./sa-shown.ts";
import { changeOf } from "./told.ts";
import { wipeAttributes } from "./wipe.ts";

/** Asks the kernel; its answer becomes the reply, under the request's numbers, which the kernel tells everybody who listens. */
export function ask(bridge: Bridge, asked: Asked, bytes: Uint8Array, header: Header): void {
  const { line } = bridge;
  const { question, before, after, lost } = asked;
  const { sequence, pid } = header;
  // Only where it may be the reply itself it is kept whole; those hold no keys.
  const request = bytes.slice(0, after === "request" ? bytes.length : headerBytes);
  let replacesOther = false;
  let replied = false;

  const refuse = (errno: number, text?: string) => bridge.deliver(encodeRefusal(request, errno, text));

  const reply = (message: XfrmMessage): boolean => {
    const told = changeOf(message, bridge.now());
    if (told === undefined) return false;
    const extensions = replacesOther ? told.extensions.map(dead) : told.extensions;
    bridge.deliver(encodeTold({ ...told, type: asked.reply, extensions }, header));
    replied = true;
    return true;
  };

  if (before !== undefined) {
    line.ask(before, {
      told(message) {
        replacesOther = message.type === "newSa" && !isLarval(message);
        return true;
      },
      ended: () => {},
    });
  }
  try {
    askItself();
  } finally {
    // What may be asked again has no keys.
    if (lost !== "again") wipeAttributes(question.attributes);
  }

  function askItself(): void {
    line.ask(
      question,
      {
        told: (message) => !replied && asked.isAnswer(message) && reply(message),
        ended(errno, text) {
          if (errno !== 0) refuse(errno, text);
          else if (replied) return;
          else if (after === "request") bridge.deliver(request);
          else if (after !== undefined) {
            line.ask(after, { told: reply, ended: (errno, text) => errno !== 0 && refuse(errno, text) });
          }
        },
        lost() {
          if (replied) return;
          if (lost === "again") askItself();
          else if (lost !== undefined) look(lost);
          else refuse(Errno.ENOBUFS);
        },
      },
      { sequence, portId: pid },
    );
  }

  function look({ question, isDone }: Look): void {
    line.ask(question, {
      told(message) {
        if (isDone(message)) reply(message);
        else refuse(Errno.ENOBUFS);
        return true;
      },
      ended(errno) {
        if (errno === 0) return;
        if (isDone(undefined)) bridge.deliver(request);
        else refuse(Errno.ENOBUFS);
      },
      lost: () => refuse(Errno.ENOBUFS),
    });
  }
}

/** The reply to an UPDATE of an SA that stays shows the request's, which was never one (measured on Linux 6.1). */
const dead = (extension: OutgoingExtension): OutgoingExtension =>
  extension.kind === "sa" ? { ...extension, state: SaState.dead } : extension;
