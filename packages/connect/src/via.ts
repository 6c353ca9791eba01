/** A way to a key socket: `auto`, or one by its name. */
export type Via =
  | { readonly name: "auto" | "pfkey" | "xfrm" | "engine" }
  | { readonly name: "unix"; readonly path: string };

/** The text names no way to a key socket. */
export class UnknownViaError extends Error {
  override readonly name = "UnknownViaError";
  readonly via: string;

  constructor(via: string) {
    super(`"${via}" is no way to a key socket: expected auto, pfkey, xfrm, engine or unix:PATH`);
    this.via = via;
  }
}

/** Reads `auto`, `pfkey`, `xfrm`, `engine` or `unix:PATH`. */
export function parseVia(text: string): Via {
  switch (text) {
    case "auto":
    case "pfkey":
    case "xfrm":
    case "engine":
      return { name: text };
  }
  const path = /^unix:(.+)$/s.exec(text)?.[1];
  if (path === undefined) throw new UnknownViaError(text);
  return { name: "unix", path };
}
