import type { Message, OutgoingExtension, OutgoingMessage } from "@keysock/wire";

/** KEY_AUTH and KEY_ENCRYPT (RFC 2367 section 3.2), and illumos's STR_AUTH (net/pfkeyv2.h). */
const keyExtensionTypes: readonly (number | undefined)[] = [8, 9, 28];

const holdsKey = (extension: OutgoingExtension): boolean =>
  "key" in extension || (extension.kind === "raw" && keyExtensionTypes.includes(extension.type));

/** The message without its key extensions, also those that could not be read. */
export function withoutKeys<M extends Message | OutgoingMessage>(message: M): M {
  return { ...message, extensions: message.extensions.filter((extension) => !holdsKey(extension)) };
}

/** The arrays in which the message holds key bytes, or what may be such. */
export function keyBytes({ extensions }: OutgoingMessage): Uint8Array[] {
  return extensions
    .filter(holdsKey)
    .flatMap((extension) => Object.values(extension).filter((value) => value instanceof Uint8Array));
}
