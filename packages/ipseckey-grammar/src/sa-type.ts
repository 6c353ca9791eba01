import type { SaTypeWord, Token } from "./command.ts";
import type { Face } from "./face.ts";
import { parseNumber } from "./number.ts";
import { saTypes } from "./words.ts";

/** The largest type: `sadb_msg_satype` has 8 bits. */
const LARGEST = 0xffn;

/** A type by its name in any case, or a number that begins with a digit; undefined: none. The original cuts it to 8 bits. */
export function saTypeNumber(text: string, { original }: Face): number | undefined {
  const named = saTypes.get(text.toLowerCase());
  if (named !== undefined) return named;
  const number = /^[0-9]/.test(text) ? parseNumber(text) : undefined;
  if (number === undefined || (number > LARGEST && !original)) return undefined;
  return Number(number & LARGEST);
}

/** The word after the verb. From the shell the original goes on with all types where it is none. */
export function readSaType(tokens: readonly Token[], token: number, face: Face): SaTypeWord {
  const { text } = tokens[token]!;
  const none = face.original && face.origin === "shell" ? 0 : undefined;
  return { value: saTypeNumber(text, face) ?? none, text, token };
}
