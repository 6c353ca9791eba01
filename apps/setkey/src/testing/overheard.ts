import type { KeySocket } from "@keysock/wire";

/** Copies of the messages that went over a key socket, in order. */
export interface Heard {
  sent: Uint8Array[];
  received: Uint8Array[];
}

/** The same socket; what goes over it is noted down. */
export function overheard(socket: KeySocket, heard: Heard): KeySocket {
  return changed(socket, {
    send(messages) {
      heard.sent.push(...messages.map((bytes) => bytes.slice()));
      socket.send(messages);
    },
    receive(timeoutMs) {
      const bytes = socket.receive(timeoutMs);
      if (bytes !== undefined) heard.received.push(bytes.slice());
      return bytes;
    },
  });
}

/** The same socket, some of it done in another way. */
export function changed(socket: KeySocket, other: Partial<KeySocket>): KeySocket {
  return {
    dialect: socket.dialect,
    send: (messages) => socket.send(messages),
    receive: (timeoutMs) => socket.receive(timeoutMs),
    close: () => socket.close(),
    ...other,
  };
}
