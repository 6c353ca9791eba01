import moo from "moo";
import type { FaceOptions } from "./face.ts";
import {
  authenticationNames,
  encryptionNames,
  numberFlags,
  plainFlags,
  reservedWords,
  skippedNames,
  widerAuthenticationNames,
  widerEncryptionNames,
  widerFlags,
  widerReservedWords,
} from "./words.ts";

/** What stands between tokens, and what the scanner swallows. */
export const skippedTypes: ReadonlySet<string> = new Set(["blank", "newline", "comment", "skipped"]);

/**
 * The scanner of ipsec-tools 0.8 or the wider one of the default face.
 *
 * Its states are the original's: after `-E`, `-A` and `-P` (and, in the default face, where a key may follow) other rules
 * come first, and `;` ends each of them. The original takes the longest match; here the order of the rules gives the same.
 */
export function createLexer({ compat }: FaceOptions): moo.Lexer {
  return compat === "ipsec-tools" ? originalLexer() : defaultLexer();
}

const stripQuotes = (text: string): string => text.slice(1, -1);

function classifier(...tables: ReadonlyMap<string, string>[]): (text: string) => string {
  const reserved = new Map(tables.flatMap((table) => [...table]));
  return (text) => {
    const type = reserved.get(text);
    if (type !== undefined) return type;
    if (/^[0-9]+$/.test(text)) return "decimal";
    return /^0[xX][0-9a-fA-F]+$/.test(text) ? "hex" : "string";
  };
}

/** One of the names, and not the beginning of a longer word. */
function exactly(names: readonly string[], wordCharacters: string): RegExp {
  return new RegExp(`(?:${names.join("|")})(?![${wordCharacters}])`);
}

function originalLexer(): moo.Lexer {
  const characters = "A-Za-z0-9:%.-";
  const main: moo.Rules = {
    ...punctuation,
    newline: { match: "\n", lineBreaks: true },
    blank: /[ \t]+/,
    comment: /#[^\n]*/,
    // `135,0`: longer than the word that begins it.
    string: /[0-9]*,[0-9,]*/,
    word: { match: /[A-Za-z0-9:][A-Za-z0-9:%.-]*/, type: classifier(reservedWords) },
    ...flags(plainFlags),
    // The original does not count the line ends in a quoted string.
    quoted: { match: /"[^"]*"/, value: stripQuotes },
    ...rest,
  };
  return moo.states({
    main,
    encryption: {
      skipped: exactly(skippedNames.encryption, characters),
      encryption: { match: exactly(encryptionNames, characters), next: "main" },
      keyword: { match: exactly(["null", "simple"], characters), next: "main" },
      ...main,
    },
    authentication: {
      skipped: exactly(skippedNames.authentication, characters),
      authentication: { match: exactly(authenticationNames, characters), next: "main" },
      keyword: { match: exactly(["null"], characters), next: "main" },
      ...main,
    },
    policy: {
      policy: {
        match: /[A-Za-z0-9:.\-_/ \t\n][A-Za-z0-9:.\-_/ \t\n%+[\]]*/,
        lineBreaks: true,
      },
      ...main,
    },
  });
}

function defaultLexer(): moo.Lexer {
  const characters = "A-Za-z0-9:%._-";
  const word = {
    match: /[A-Za-z0-9:_][A-Za-z0-9:%._-]*/,
    type: classifier(reservedWords, widerReservedWords),
  };
  const quoted = { match: /"[^"]*"/, value: stripQuotes, lineBreaks: true };
  const main: moo.Rules = {
    ...punctuation,
    newline: { match: "\n", lineBreaks: true },
    blank: /[ \t\r]+/,
    comment: /#[^\n]*/,
    string: /[0-9]*,[0-9,]*/,
    word,
    ...flags([...plainFlags, ...widerFlags]),
    unknownFlag: /-[A-Za-z0-9_-]+/,
    quoted,
    ...rest,
  };
  return moo.states({
    main,
    encryption: {
      encryption: { match: exactly([...encryptionNames, ...widerEncryptionNames], characters), next: "key" },
      // FreeBSD gives `null` a key too, mostly "".
      keyword: [
        { match: exactly(["null"], characters), next: "key" },
        { match: exactly(["simple"], characters), next: "main" },
      ],
      ...main,
    },
    authentication: {
      authentication: {
        match: exactly([...authenticationNames, ...widerAuthenticationNames], characters),
        next: "key",
      },
      keyword: { match: exactly(["null"], characters), next: "main" },
      ...main,
    },
    key: {
      // The manual page of 2002: "double-quoted character string or series of hexadecimal digits".
      bareHex: { match: new RegExp(`[0-9a-fA-F]+(?![${characters}])`), next: "main" },
      ...main,
      word: { ...word, next: "main" },
      quoted: { ...quoted, next: "main" },
    },
    // Everything up to `;` but quoted strings, comments included: the policy's own parser says better what is wrong.
    policy: { policy: { match: /(?:[^;"#]+|#[^\n]*)+/, lineBreaks: true }, ...main },
  });
}

const punctuation: moo.Rules = {
  ";": { match: ";", next: "main" },
  "/": "/",
  "[": "[",
  "]": "]",
};

const rest: moo.Rules = {
  openQuote: { match: /"[^"]*/, lineBreaks: true },
  illegal: { match: /[\s\S]/, lineBreaks: true },
};

function flags(plain: readonly string[]): moo.Rules {
  return {
    numberFlag: [...numberFlags],
    flag: [
      { match: "-E", next: "encryption" },
      { match: "-A", next: "authentication" },
      { match: "-P", next: "policy" },
      { match: [...plain] },
    ],
    addressFlags: /-[n46]+/,
  };
}
