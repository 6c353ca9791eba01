import type { Extension } from "./extension.ts";
import type { MessageType, SaType } from "./message.ts";
import type { NumberTable } from "./number-table.ts";
import type { SockaddrFormat } from "./sockaddr.ts";
import type { Structure } from "./structure.ts";

/** Order of the bytes of an integer; addresses, ports and SPIs are always in network order. */
export type ByteOrder = "little" | "big";

/** How one kernel numbers and lays out PF_KEY v2. Nothing on the wire says which one it is, so the caller chooses. */
export interface Dialect {
  readonly name: "linux" | "illumos";
  readonly byteOrder: ByteOrder;
  /** What decode and encode go by; nobody else need look inside. */
  readonly tables: DialectTables;
}

/** The numbers and layouts of one kernel. */
export interface DialectTables {
  readonly messageTypes: NumberTable<MessageType>;
  readonly saTypes: NumberTable<SaType>;
  readonly extensions: ExtensionTable;
  readonly sockaddr: SockaddrFormat;
  /** Name and text by number. */
  readonly errnos: ReadonlyMap<number, ErrnoText>;
  /** Text for a number that has none. */
  readonly unknownErrno: (errno: number) => string;
}

/** An errno as `strerrorname_np` and `strerror` give it. */
export interface ErrnoText {
  readonly name: string;
  readonly text: string;
}

/** Extensions by number and by kind. */
export interface ExtensionTable {
  readonly byType: ReadonlyMap<number, ExtensionRow>;
  readonly byKind: ReadonlyMap<Extension["kind"], ExtensionRow>;
}

/** One extension of a dialect: its number, its kind and the structure that holds it. */
export interface ExtensionRow {
  readonly type: number;
  readonly kind: Extension["kind"];
  readonly structure: Structure<Extension>;
}

/** The byte order of the machine that runs this. */
export const machineByteOrder: ByteOrder =
  new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? "little" : "big";

/**
 * The same dialect in another byte order, for example to read what was recorded on another machine.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { encode, inByteOrder, linux, request } from "@keysock/wire";
 *
 * const bytes = encode(request("flush", "esp"), inByteOrder(linux, "big"));
 * assert.deepEqual([...bytes.subarray(0, 6)], [2, 9, 0, 3, 0, 2]);
 * ```
 */
export function inByteOrder(dialect: Dialect, byteOrder: ByteOrder): Dialect {
  return { ...dialect, byteOrder };
}

/**
 * Whether a dialect has a number for that kind of extension.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hasExtension, linux, linuxXfrm } from "@keysock/wire";
 *
 * assert.equal(hasExtension(linuxXfrm, "xfrm"), true);
 * assert.equal(hasExtension(linux, "xfrm"), false);
 * ```
 */
export function hasExtension(dialect: Dialect, kind: Extension["kind"]): boolean {
  return dialect.tables.extensions.byKind.has(kind);
}
