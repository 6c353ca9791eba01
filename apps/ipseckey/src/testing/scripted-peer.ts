import type { ScriptedReply } from "@keysock/goldens";
import { type Dialect, decode, encode, type KeySocket, type Message } from "@keysock/wire";

/** What a scripted peer does besides answering. */
export interface PeerEvents {
  /** SIGINT comes while the program reads. */
  interrupt(): void;
  /** That many milliseconds pass in a read. */
  pass(milliseconds: number): void;
}

/** A key socket with the peer of the recordings behind it, and what was sent to it. */
export interface ScriptedPeer extends KeySocket {
  readonly sent: Uint8Array[];
}

/** A peer that does at each read what its script says, and at last what the recordings' README says. */
export function scriptedPeer(
  script: readonly ScriptedReply[],
  dialect: Dialect,
  { interrupt, pass }: PeerEvents,
): ScriptedPeer {
  const rest = [...script];
  const sent: Uint8Array[] = [];
  /** The last request, until it is answered. */
  let asked: Message | undefined;
  let request: Message | undefined;

  function receive(timeoutMs: number): Uint8Array | undefined {
    const next = rest.shift() ?? unscripted();
    switch (next.kind) {
      case "message":
        if (next.exact || request === undefined) return next.bytes.slice();
        return renumbered(next.bytes, request);
      case "echo": {
        asked = undefined;
        const extensions = request!.extensions.filter(({ kind }) => !kind.startsWith("key"));
        return encode({ ...request!, extensions }, dialect);
      }
      case "error":
        asked = undefined;
        return encode({ ...request!, errno: next.errno, reserved: next.diagnostic, extensions: [] }, dialect);
      case "dump-end":
        asked = undefined;
        return encode({ ...request!, sequence: 0, extensions: [] }, dialect);
      case "timeout":
        pass(timeoutMs);
        return undefined;
      case "interrupt":
        interrupt();
        return undefined;
      case "read-error":
        throw failed("read", next.errno);
      case "write-error":
        throw new Error("a write error is scripted, but this is a read");
    }
  }

  function unscripted(): ScriptedReply {
    if (asked === undefined) return { kind: "interrupt" };
    if (asked.type === "get") return { kind: "error", errno: 3, diagnostic: 78 };
    return { kind: asked.type === "dump" ? "dump-end" : "echo" };
  }

  return {
    dialect,
    sent,
    send(messages) {
      for (const bytes of messages) {
        sent.push(bytes.slice());
        request = decode(bytes.slice(), dialect).message;
        asked = request;
        if (rest[0]?.kind === "write-error") {
          const { errno } = rest.shift() as ScriptedReply & { kind: "write-error" };
          throw failed("write", errno);
        }
      }
    },
    receive,
    close() {},
  };
}

const failed = (what: string, errno: number): Error => Object.assign(new Error(`${what} failed`), { errno });

/** `sadb_msg_seq` and `sadb_msg_pid` (RFC 2367 section 2.1). */
function renumbered(bytes: Uint8Array, { sequence, pid }: Message): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  view.setUint32(8, sequence, true);
  view.setUint32(12, pid, true);
  return copy;
}
