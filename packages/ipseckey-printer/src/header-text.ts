import {
  type Decoded,
  type Dialect,
  errnoOf,
  type Message,
  type MessageType,
  messageTypeNumber,
  type SaType,
  saTypeNumber,
} from "@keysock/wire";
import { diagnosticLine } from "./diagnostic.ts";
import type { PrintOptions } from "./options.ts";

/** Names of types; those of Linux alone are made like the others. */
const types: Readonly<Partial<Record<MessageType, string>>> = {
  getspi: "GETSPI",
  update: "UPDATE",
  add: "ADD",
  delete: "DELETE",
  get: "GET",
  acquire: "ACQUIRE",
  register: "REGISTER",
  expire: "EXPIRE",
  flush: "FLUSH",
  dump: "DUMP",
  promisc: "X_PROMISC",
  "inverse-acquire": "X_INVERSE_ACQUIRE",
  updatepair: "UPDATE PAIR",
  delpair: "DELETE PAIR",
  pchange: "X_PCHANGE",
  spdupdate: "X_SPDUPDATE",
  spdadd: "X_SPDADD",
  spddelete: "X_SPDDELETE",
  spdget: "X_SPDGET",
  spdacquire: "X_SPDACQUIRE",
  spddump: "X_SPDDUMP",
  spdflush: "X_SPDFLUSH",
  spdsetidx: "X_SPDSETIDX",
  spdexpire: "X_SPDEXPIRE",
  spddelete2: "X_SPDDELETE2",
  "nat-t-new-mapping": "X_NAT_T_NEW_MAPPING",
  migrate: "X_MIGRATE",
};

const saTypes: Readonly<Partial<Record<SaType, string>>> = {
  unspec: "<unspecified/all>",
  ah: "AH",
  esp: "ESP",
  tcpsig: "TCPSIG",
  rsvp: "RSVP",
  ospfv2: "OSPFv2",
  ripv2: "RIPv2",
  mip: "Mobile IP",
  ipcomp: "IPCOMP",
};

/** The lines of the base header. */
export function headerText(decoded: Decoded, options: PrintOptions): string {
  const { version, type, saType, errno, sequence, pid } = decoded.message;
  const { dialect } = options;
  return (
    `Base message (version ${version}) type ${typeText(type, dialect)}, SA type ${saTypeText(saType, options)}.\n` +
    (errno === 0 ? "" : errorText(decoded.message, options)) +
    `Message length ${declaredBytes(decoded, dialect)} bytes, seq=${sequence}, pid=${pid}.\n`
  );
}

function typeText(type: Message["type"], dialect: Dialect): string {
  const name = typeof type === "number" ? undefined : types[type];
  if (name !== undefined) return name;
  const number = messageTypeNumber(type, dialect);
  return number === 0 ? "RESERVED (warning: set to 0)" : `Unknown (${number})`;
}

function saTypeText(saType: Message["saType"], { dialect, compat }: PrintOptions): string {
  const known = typeof saType === "number" || (compat && saType === "tcpsig") ? undefined : saTypes[saType];
  return known ?? `<unknown ${saTypeNumber(saType, dialect)}>`;
}

/** Only illumos sends a diagnostic. */
function errorText({ errno, reserved }: Message, { dialect, compat = false }: PrintOptions): string {
  const diagnostic = dialect.name === "illumos" ? diagnosticLine(reserved, { compat }) : "";
  return `Error ${errnoOf(errno, dialect).text} from PF_KEY.\n${diagnostic}`;
}

/** Where `struct sadb_msg` has its length, in units of 8 bytes. */
const lengthAt = 4;

/** What the header says, which need not be what there is. */
function declaredBytes({ bytes }: Decoded, { byteOrder }: Dialect): number {
  if (bytes.length < lengthAt + 2) return bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return view.getUint16(lengthAt, byteOrder === "little") * 8;
}
