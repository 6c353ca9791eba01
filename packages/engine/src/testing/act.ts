import { encode, linux, type OutgoingMessage } from "@keysock/wire";
import type { Twins } from "./twins.ts";

/** Listens, and then sends. */
export function act(twins: Twins, messages: readonly OutgoingMessage[]): void {
  twins.hear();
  for (const message of messages) twins.send(encode(message, linux));
}
