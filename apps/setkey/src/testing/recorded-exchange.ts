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
