import moo from "moo";
import type { FaceOptions } from "./face.ts";

const keywords = new Set([
  ...["in", "out", "fwd", "priority", "prio", "low", "def", "high"],
  ...["discard", "none", "ipsec", "entrust", "bypass", "esp", "ah", "ipcomp", "transport", "tunnel"],
  ...["me", "any", "default", "use", "require", "unique"],
]);

/** The scanner of the text after `-P`. Words that it does not know are addresses to it, as they are to libipsec. */
export function createPolicyLexer({ compat }: FaceOptions): moo.Lexer {
  const original = compat === "ipsec-tools";
  const classify = (text: string): string => {
    if (keywords.has(text) || (text === "tcp" && !original)) return "keyword";
    if (/^[0-9]+$/.test(text)) return "decimal";
    return /^unique:[0-9]+$/.test(text) ? "unique" : "address";
  };
  return moo.compile({
    punctuation: ["/", "-", "+", "[", "]"],
    blank: { match: original ? /[ \t\n]+/ : /[ \t\r\n]+/, lineBreaks: true },
    ...(!original && { comment: /#[^\n]*/ }),
    word: { match: /[A-Za-z0-9:._%]+/, type: classify },
    illegal: { match: /[\s\S]/, lineBreaks: true },
  });
}
