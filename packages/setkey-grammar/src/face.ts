/** Whose rules hold. */
export interface FaceOptions {
  /**
   * `"ipsec-tools"`: exactly the language of ipsec-tools 0.8, with its errors. Otherwise the default: that language and
   * what its manual page promises beyond it.
   */
  compat?: "ipsec-tools" | undefined;
}
