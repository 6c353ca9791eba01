import { type KeySocket, linux } from "@keysock/wire";

/** A key socket that gives what a recorded program received, whatever it is asked, and then waits in vain. */
export function recordedExchange(
  received: readonly (Uint8Array | undefined)[],
  sleep: (milliseconds: number) => void,
): KeySocket {
  const left = [...received];
  return {
    dialect: linux,
    send() {},
    receive(timeoutMs) {
      if (left.length === 0) sleep(timeoutMs);
      return left.shift()?.slice();
    },
    close() {},
  };
}

/** The same socket, with a copy of each message that is sent. */
export function overheard(socket: KeySocket, sent: Uint8Array[]): KeySocket {
  return {
    dialect: socket.dialect,
    send(messages) {
      sent.push(...messages.map((bytes) => bytes.slice()));
      socket.send(messages);
    },
    receive: (timeoutMs) => socket.receive(timeoutMs),
    close: () => socket.close(),
  };
}
