import { decode, encode, type KeySocket, linux, type Message, type OutgoingMessage } from "@keysock/wire";

/** What waits at a socket now. */
export function waiting(socket: KeySocket): Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (let one = socket.receive(0); one !== undefined; one = socket.receive(0)) messages.push(one);
  return messages;
}

/** The same, decoded. */
export const heard = (socket: KeySocket): Message[] =>
  waiting(socket).map((bytes) => decode(bytes, linux).message);

/** Sends a message and gives what then waits at its socket. */
export function ask(socket: KeySocket, message: OutgoingMessage): Message[] {
  socket.send([encode(message, linux)]);
  return heard(socket);
}

/** The one reply to a message. */
export function askOne(socket: KeySocket, message: OutgoingMessage): Message {
  const replies = ask(socket, message);
  if (replies.length !== 1) throw new Error(`${replies.length} replies`);
  return replies[0]!;
}

/** A message in a word: `add`, `expire hard`, `get ESRCH`. */
export function inShort({ type, errno, extensions }: Message): string {
  const kinds = new Set(extensions.map(({ kind }) => kind));
  const limit = kinds.has("lifetimeHard") ? " hard" : " soft";
  return `${type}${type === "expire" ? limit : ""}${errno === 0 ? "" : ` ${errno}`}`;
}
