import { decode, encode, type KeySocket, type Message, type OutgoingMessage } from "@keysock/wire";

/** What waits at a socket now. */
export function waiting(socket: KeySocket): Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (let one = socket.receive(0); one !== undefined; one = socket.receive(0)) messages.push(one);
  return messages;
}

/** The same, decoded. */
export const heard = (socket: KeySocket): Message[] =>
  waiting(socket).map((bytes) => decode(bytes, socket.dialect).message);

/** Sends a message and gives what then waits at its socket. */
export function ask(socket: KeySocket, message: OutgoingMessage): Message[] {
  socket.send([encode(message, socket.dialect)]);
  return heard(socket);
}

/** The one reply to a message. */
export function askOne(socket: KeySocket, message: OutgoingMessage): Message {
  const replies = ask(socket, message);
  if (replies.length !== 1) throw new Error(`${replies.length} replies`);
  return replies[0]!;
}

const limits = new Map([
  ["lifetimeHard", " hard"],
  ["lifetimeIdle", " idle"],
]);

/** A message in a word, with errno and diagnostic: `add`, `expire hard`, `get 3`, `add 22/19`. */
export function inShort({ type, errno, reserved, extensions }: Message): string {
  const limit = extensions.map(({ kind }) => limits.get(kind)).find((text) => text !== undefined) ?? " soft";
  const diagnostic = errno === 0 || reserved === 0 ? "" : `/${reserved}`;
  return `${type}${type === "expire" ? limit : ""}${errno === 0 ? "" : ` ${errno}${diagnostic}`}`;
}
