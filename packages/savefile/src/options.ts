import type { Dialect } from "@keysock/wire";

/** How SAs are saved. */
export interface SaveOptions {
  /** The one that the messages were decoded with. */
  dialect: Dialect;
  /** `-p`: `XX` for each byte of a key. Such a file cannot be loaded. */
  paranoid?: boolean;
  /** `--compat=illumos`: the original's text, whether it can be loaded or not. */
  compat?: boolean;
}

/** Some lines of a save file. */
export interface SavedText {
  /** Whole lines, one character a byte (latin1), as an identity's bytes stay what they are. Holds keys. */
  text: string;
  /** What loading the text will not bring back, a line each without its end: `esp spi 0x2112: ...`. Comments in the text say the same. */
  warnings: string[];
}
