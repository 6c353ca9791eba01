import type { Socket } from "node:net";
import { SendRefusedError } from "@keysock/engine";
import { FrameError, frameReader } from "@keysock/socket";
import type { KeySocket } from "@keysock/wire";
import { refusalOf } from "./refusal.ts";

/** A client: its stream on one side, its key socket of the engine on the other. */
export interface Client {
  /** Takes bytes of the stream, overwrites them, and reads no more until `goOn`. */
  read(bytes: Uint8Array): void;
  /** The client sends no more. */
  end(): void;
  /** Hands the client's next request to the engine; false if there is none, or the client has to read first. */
  submit(): boolean;
  /** Hands to the stream what the engine has for the client, until the client has to read first. */
  deliver(): void;
  /** Reads on if there is room, or hangs up on a client that sends no more and has all its answers. */
  goOn(): void;
  /** Whether the stream is closed and all that came over it is carried out. */
  isGone(): boolean;
  close(): void;
}

/** Joins a stream and a key socket. Who calls this listens to the stream's events and passes them on. */
export function joinClient(stream: Socket, socket: KeySocket, complain: (text: string) => void): Client {
  const { dialect } = socket;
  const reader = frameReader(dialect.byteOrder);
  const requests: Uint8Array[] = [];
  let sendsNoMore = false;

  const hasToRead = (): boolean => stream.writableNeedDrain;

  /** The bytes may hold keys. They are overwritten once they have left the process. */
  const write = (bytes: Uint8Array): void => void stream.write(bytes, () => bytes.fill(0));

  return {
    read(bytes) {
      stream.pause();
      try {
        if (!sendsNoMore) reader.push(bytes, (message) => requests.push(message));
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        complain(`a connection is ended: ${error.message}`);
        sendsNoMore = true;
      } finally {
        bytes.fill(0);
      }
    },

    end() {
      if (reader.pending > 0) complain(`a client has left ${reader.pending} bytes into a message`);
      sendsNoMore = true;
    },

    submit() {
      if (hasToRead()) return false;
      const message = requests.shift();
      if (message === undefined) return false;
      try {
        socket.send([message]);
      } catch (error) {
        if (!(error instanceof SendRefusedError)) throw error;
        write(refusalOf(message, error.errno, dialect));
      } finally {
        message.fill(0);
      }
      return true;
    },

    deliver() {
      // Many messages are one system call.
      stream.cork();
      while (stream.writable && !hasToRead()) {
        const message = socket.receive(0);
        if (message === undefined) break;
        write(message);
      }
      stream.uncork();
    },

    goOn() {
      if (hasToRead() || requests.length > 0) return;
      if (!sendsNoMore) stream.resume();
      else if (stream.writable) stream.destroySoon();
    },

    isGone: () => stream.closed && requests.length === 0,

    close() {
      stream.destroy();
      socket.close();
      for (const message of requests.splice(0)) message.fill(0);
    },
  };
}
