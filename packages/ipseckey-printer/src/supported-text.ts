import type { Dialect, SupportedExtension } from "@keysock/wire";
import { algorithmText } from "./algorithm-text.ts";

/** The algorithms that a kernel offers, one a line. */
export function supportedText({ kind, algorithms }: SupportedExtension, dialect: Dialect): string {
  const encrypts = kind === "supportedEncryption";
  const [tag, name] = encrypts ? (["SUE", "encryption"] as const) : (["SUA", "authentication"] as const);
  const lines = algorithms.map(({ id, minBits, maxBits, ivLength, saltBits = 0, increment = 0 }) => {
    const bits = `minbits=${minBits}, maxbits=${maxBits}, ivlen=${ivLength}, saltbits=${saltBits}`;
    return `${tag}: ${algorithmText(name, id, dialect)} ${bits}${encrypts ? `, increment=${increment}` : ""}.\n`;
  });
  return `${tag}: Supported ${name} algorithms.\n${lines.join("")}`;
}
