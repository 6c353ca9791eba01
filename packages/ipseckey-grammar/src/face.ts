/** Whose rules hold. */
export interface FaceOptions {
  /**
   * `"illumos"`: exactly the language of today's illumos, with its texts. Otherwise the default: that language made safe, and
   * what its manual page promises beyond it.
   */
  compat?: "illumos" | undefined;
}

/** Where a command comes from. */
export type Origin = "file" | "prompt" | "shell";

/** The face and what it depends on. */
export interface Face {
  original: boolean;
  origin: Origin;
}
