import type { KeyExtension } from "@keysock/wire";
import { hexBytes } from "./hex.ts";
import type { PrintOptions } from "./options.ts";

/** A key, or as many `XX`. */
export function keyText(
  tag: "AKY" | "EKY",
  name: string,
  { key, bits, reserved, salt = new Uint8Array() }: KeyExtension,
  { dialect, paranoid }: PrintOptions,
): string {
  // Only illumos keeps the bits of salt there.
  const saltBits = dialect.name === "illumos" ? reserved : 0;
  const [saltText, saltCount] = saltBits === 0 ? ["", ""] : [`[${hexBytes(salt, paranoid)}]`, `+${saltBits}`];
  return `${tag}: ${name} key.\n${tag}: ${hexBytes(key, paranoid)}${saltText}/${bits}${saltCount}\n`;
}
