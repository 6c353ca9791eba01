import { formatAddress, fromV4Mapped } from "@keysock/address";
import {
  type Dialect,
  errnoOf,
  find,
  type Message,
  type OutgoingMessage,
  type Sockaddr,
  saTypeNumber,
} from "@keysock/wire";
import { diagnosticLine, diagnosticText } from "./diagnostic.ts";
import { hexNumber } from "./hex.ts";

/** What changes the text of a refusal. */
export interface RefusalOptions {
  /** Of the kernel that refused. */
  dialect: Dialect;
  /** `--compat=illumos`: today's illumos instead of the manual page. */
  compat?: boolean;
}

/** What is looked at of an answer with an errno. */
export type Refusal = Pick<Message, "errno" | "reserved">;

/** What a kernel's errno is reported as; lines that end in a new line, or nothing. */
export interface RefusalText {
  /** What is collected with the command's other errors: the original prints it on standard output. */
  report: string;
  /** What goes to standard error at once; the original then leaves the command as it leaves a failed system call. */
  failure: string;
}

/**
 * What a kernel's refusal of `add`, `update`, `delete` or `get` and their pair forms is reported as.
 *
 * @param asked - the request; its SPI and destination are in the text
 * @param reply - the answer, with an errno
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { refusalText } from "@keysock/ipseckey-printer";
 * import { decode, encode, illumos, request } from "@keysock/wire";
 *
 * const asked = request("delete", "esp", [
 *   { kind: "sa", spi: 0x2112, replay: 0, state: 0, authentication: 0, encryption: 0, flags: 0 },
 *   {
 *     kind: "addressDestination",
 *     protocol: 0,
 *     prefixLength: 0,
 *     reserved: 0,
 *     sockaddr: { family: "inet", port: 0, address: Uint8Array.of(192, 0, 2, 2) },
 *   },
 * ]);
 * const refused = (errno: number, reserved: number) =>
 *   decode(encode({ ...request("delete", "esp"), errno, reserved }, illumos), illumos).message;
 *
 * assert.deepEqual(refusalText(asked, refused(3, 78), { dialect: illumos }), {
 *   report: "Association (type = esp) with spi 0x2112 and addr\n192.0.2.2 does not exist.\n",
 *   failure: "",
 * });
 * assert.deepEqual(refusalText(asked, refused(22, 43), { dialect: illumos }), {
 *   report: "One of the entered values is incorrect: Diagnostic code 43: Invalid SA state.\n",
 *   failure: "",
 * });
 * ```
 */
export function refusalText(asked: OutgoingMessage, reply: Refusal, options: RefusalOptions): RefusalText {
  const { dialect, compat = false } = options;
  const { name, text } = errnoOf(reply.errno, dialect);
  const to = find(asked, "addressDestination")?.sockaddr;
  if (name === "EINVAL") return invalidText(reply, to !== undefined, options);
  if (to !== undefined && name === "EEXIST")
    return reported(associationText(asked, to, "already exists", dialect));
  if (to !== undefined && name === "ESRCH") {
    // What else can be missing, a pair for example, only illumos says.
    const itself = asked.type === "delete" || asked.type === "get" || dialect.name !== "illumos";
    return reported(
      itself ? associationText(asked, to, "does not exist", dialect) : pfKeyDiagnosticText(reply, compat),
    );
  }
  return { report: "", failure: returnMessageLine("doaddresses", text) };
}

function invalidText(reply: Refusal, hasDestination: boolean, options: RefusalOptions): RefusalText {
  const { dialect, compat = false } = options;
  const entered = "One of the entered values is incorrect";
  // Only illumos says which one.
  if (dialect.name !== "illumos") return reported(`${entered}: ${errnoOf(reply.errno, dialect).text}.`);
  const code = reply.reserved;
  if (!compat) return reported(`${entered}: Diagnostic code ${code}: ${diagnosticText(code)}.`);
  return hasDestination
    ? reported(pfKeyDiagnosticText(reply, compat))
    : { report: `${entered}.\n`, failure: diagnosticLine(code, { compat }) };
}

const reported = (line: string): RefusalText => ({ report: `${line}\n`, failure: "" });

const pfKeyDiagnosticText = ({ reserved }: Refusal, compat: boolean): string =>
  `PF_KEY Diagnostic code ${reserved}: ${diagnosticText(reserved, { compat })}.`;

function associationText(asked: OutgoingMessage, to: Sockaddr, outcome: string, dialect: Dialect): string {
  const type =
    asked.saType === "ah" || asked.saType === "esp" ? asked.saType : saTypeNumber(asked.saType, dialect);
  const spi = hexNumber(find(asked, "sa")?.spi ?? 0);
  const address = typeof to.family === "number" ? "?" : formatAddress(fromV4Mapped(to.address));
  return `Association (type = ${type}) with spi ${spi} and addr\n${address} ${outcome}.`;
}

/**
 * What a kernel's refusal of `flush` is reported as, on standard error.
 *
 * @param reply - the answer, with an errno
 * @param saType - the number that was asked for, 0 for all
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { flushRefusalText } from "@keysock/ipseckey-printer";
 * import { decode, encode, illumos, request } from "@keysock/wire";
 *
 * const refused = { ...request("flush", "esp"), errno: 1 };
 * const { message } = decode(encode(refused, illumos), illumos);
 * assert.equal(
 *   flushRefusalText(message, 3, { dialect: illumos }),
 *   "ipseckey: return message (in doflush): Not owner\n",
 * );
 * ```
 */
export function flushRefusalText(reply: Refusal, saType: number, options: RefusalOptions): string {
  const { name, text } = errnoOf(reply.errno, options.dialect);
  const which =
    name === "EINVAL" ? `${diagnosticLineOf(reply, options)}ipseckey: Cannot flush SA type ${saType}.\n` : "";
  return `${which}${returnMessageLine("doflush", text)}`;
}

/**
 * What a kernel's refusal of a dump is reported as, on standard error.
 *
 * @param reply - the answer that ended the dump, with an errno
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { dumpRefusalText } from "@keysock/ipseckey-printer";
 * import { decode, encode, illumos, request } from "@keysock/wire";
 *
 * const refused = { ...request("dump", "esp"), errno: 3, reserved: 6 };
 * const { message } = decode(encode(refused, illumos), illumos);
 * assert.equal(
 *   dumpRefusalText(message, { dialect: illumos }),
 *   "  Diagnostic code 6:  No Security Association Databases present.\n" +
 *     "ipseckey: Dump failed: No such process\n",
 * );
 * ```
 */
export function dumpRefusalText(reply: Refusal, options: RefusalOptions): string {
  return `${diagnosticLineOf(reply, options)}ipseckey: Dump failed: ${errnoOf(reply.errno, options.dialect).text}\n`;
}

const diagnosticLineOf = ({ reserved }: Refusal, { dialect, compat = false }: RefusalOptions): string =>
  dialect.name === "illumos" ? diagnosticLine(reserved, { compat }) : "";

const returnMessageLine = (where: string, errno: string): string =>
  `ipseckey: return message (in ${where}): ${errno}\n`;
