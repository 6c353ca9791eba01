import type { OutgoingExtension } from "@keysock/wire";
import type { GivenIdentity } from "./parameters.ts";

/** An identity extension: the text, its NUL, and zeros up to a multiple of 8 bytes. */
export function identityExtension(
  kind: "identitySource" | "identityDestination",
  { type, text }: GivenIdentity,
): OutgoingExtension {
  const data = new Uint8Array((text.length + 8) & ~7);
  for (let i = 0; i < text.length; i += 1) data[i] = text.charCodeAt(i);
  return { kind, identityType: type, reserved: 0, id: 0n, data };
}
