/** How one kernel numbers and lays out PF_KEY v2. Nothing on the wire says which one it is, so the caller chooses. */
export interface Dialect {
  readonly name: "linux" | "illumos";
  readonly byteOrder: "little" | "big";
}
