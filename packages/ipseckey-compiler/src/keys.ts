import type { Command, KeyValue } from "@keysock/ipseckey-grammar";
import type { Dialect, KeyExtension, Outgoing, OutgoingExtension } from "@keysock/wire";

const types = { keyAuthentication: 8, keyEncryption: 9 } as const;

/**
 * A key extension that holds a copy of the key. With more bits declared than bytes given, which only illumos's rules let through, it
 * is as long as the bytes.
 */
export function keyExtension(
  kind: keyof typeof types,
  { bits, bytes }: KeyValue,
  { byteOrder }: Dialect,
  reserved = 0,
): OutgoingExtension {
  if (bytes.length === Math.ceil(bits / 8)) return { kind, bits, reserved, key: bytes.slice() };
  const data = new Uint8Array(4 + bytes.length);
  const view = new DataView(data.buffer);
  view.setUint16(0, bits, byteOrder === "little");
  view.setUint16(2, reserved, byteOrder === "little");
  data.set(bytes, 4);
  return { kind: "raw", type: types[kind], data };
}

/** What Linux takes with an ESP whose cipher takes no key. */
export const emptyKey = (): Outgoing<KeyExtension> => ({
  kind: "keyEncryption",
  bits: 0,
  reserved: 0,
  key: new Uint8Array(0),
});

/**
 * Overwrites the keys of a command. Requests hold copies of them, which a session overwrites; those of the command itself are the
 * caller's, who needs them no more when all steps are sent, or the command is refused.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { overwriteKeys } from "@keysock/ipseckey-compiler";
 * import { parseCommand } from "@keysock/ipseckey-grammar";
 *
 * const command = parseCommand("add ah spi 0x100 dst 192.0.2.2 authalg md5 authkey 1234567890abcdef1234567890abcdef");
 * assert(command?.kind === "add");
 * overwriteKeys(command);
 * const key = command.attributes.find(({ name }) => name === "authkey");
 * assert(key?.name === "authkey");
 * assert.deepEqual(key.value?.bytes, new Uint8Array(16));
 * ```
 */
export function overwriteKeys(command: Command): void {
  if (!("attributes" in command)) return;
  for (const attribute of command.attributes) {
    if (attribute.name === "authkey" || attribute.name === "encrkey") attribute.value?.bytes.fill(0);
  }
}
