import { decode, encode, type KeySocket, linux, type OutgoingExtension } from "@keysock/wire";

/** Offsets in `struct sadb_msg` (RFC 2367 section 2.3.1). */
const lengthAt = 4;
const headerBytes = 16;
/** SADB_REGISTER */
const register = 7;

/** A key socket that accepts everything at once. */
export interface Sink extends KeySocket {
  /** Requests taken so far, REGISTER aside. */
  readonly taken: number;
}

/** Answers each request with its own header and nothing else, but REGISTER with the algorithms of {@link adds}. */
export function createSink(): Sink {
  const replies: Uint8Array[] = [];
  let read = 0;
  let taken = 0;
  return {
    dialect: linux,
    get taken() {
      return taken;
    },
    send(messages) {
      for (const message of messages) {
        if (message[1] === register) {
          replies.push(offer(message));
          continue;
        }
        const reply = message.slice(0, headerBytes);
        new DataView(reply.buffer).setUint16(lengthAt, headerBytes / 8, linux.byteOrder === "little");
        replies.push(reply);
        taken += 1;
      }
    },
    receive() {
      const reply = replies[read];
      read += 1;
      if (read >= replies.length) {
        replies.length = 0;
        read = 0;
      }
      return reply;
    },
    close() {},
  };
}

function offer(request: Uint8Array): Uint8Array {
  const sha1 = { id: 3, ivLength: 0, minBits: 160, maxBits: 160, reserved: 0 };
  const aes = { id: 12, ivLength: 8, minBits: 128, maxBits: 256, reserved: 0 };
  const extensions: OutgoingExtension[] = [
    { kind: "supportedAuthentication", reserved: 0, algorithms: [sha1] },
    { kind: "supportedEncryption", reserved: 0, algorithms: [aes] },
  ];
  return encode({ ...decode(request, linux).message, extensions }, linux);
}
