/**
 * What NETLINK_XFRM says beyond PF_KEY (linux/xfrm.h), in lines of the same make.
 */
import { formatAddress } from "@keysock/address";
import {
  find,
  type Message,
  type XfrmAttribute,
  type XfrmExtension,
  XfrmExtraFlag,
  XfrmMode,
  XfrmOffloadFlag,
  XfrmPolicyFlag,
  type XfrmSelector,
  XfrmStateFlag,
  type XfrmTemplate,
} from "@keysock/wire";
import { namedAlgorithmText } from "./algorithm-text.ts";
import { hexBytes, hexNumber } from "./hex.ts";
import type { PrintOptions } from "./options.ts";
import { printable } from "./printable.ts";

type Field = Exclude<keyof XfrmExtension, "kind" | "type" | "length" | "padding">;
type Texts = {
  readonly [K in Field]-?: (value: NonNullable<XfrmExtension[K]>, options: PrintOptions) => string | string[];
};

const texts: Texts = {
  authentication: ({ name, truncationBits }) =>
    `Authentication algorithm = ${namedAlgorithmText("authentication", name, truncationBits)}`,
  encryption: ({ name }) => `Encryption algorithm = ${namedAlgorithmText("encryption", name)}`,
  aead: ({ name, icvBits }) => `Encryption algorithm = ${namedAlgorithmText("encryption", name, icvBits)}`,
  compression: ({ name }) => `Compression algorithm = ${namedAlgorithmText("compression", name)}`,
  mode: (mode) => `Mode ${modeText(mode)}`,
  mark: ({ value, mask }) => `Mark ${hexNumber(value)}, mask=${hexNumber(mask)}`,
  outputMark: ({ value, mask }) => `Output mark ${hexNumber(value)}, mask=${hexNumber(mask)}`,
  ifId: (id) => `Interface id=${id}`,
  flags: (flags) => `flags=${flagsText(flags, XfrmStateFlag)}`,
  extraFlags: (flags) => `extra flags=${flagsText(flags, XfrmExtraFlag)}`,
  replayWindow: (packets) => `replay window size=${packets}`,
  direction: (direction) => `Direction ${direction}`,
  offload: ({ interfaceIndex, flags }, options) =>
    `Hardware offload to ${interfaceText(interfaceIndex, options)}, flags=${flagsText(flags, XfrmOffloadFlag)}`,
  selector: selectorTexts,
  tfcPad: (bytes) => `Padded to ${bytes} bytes`,
  natKeepalive: (seconds) => `NAT-T keepalive every ${seconds} seconds`,
  cpu: (cpu) => `CPU ${cpu}`,
  encapOriginal: (address) => `NAT-T original address ${formatAddress(address)}`,
  policyType: (type) => `Policy type ${type === 1 ? "sub" : type}`,
  policyFlags: (flags) => `policy flags=${flagsText(flags, XfrmPolicyFlag)}`,
  share: (share) => `Share ${shares[share] ?? `<unknown ${share}>`}`,
  templates: (templates) => templates.map(templateText),
  errorText: (text) =>
    `Kernel says ${printable(Uint8Array.from(text, (character) => character.charCodeAt(0)))}`,
  other: (attributes) => attributes.map(attributeText),
};

/** XFRM_SHARE_*. */
const shares = ["any", "session", "user", "unique"];

/** What the lines of the SA itself say. */
const ofSa: ReadonlySet<Field> = new Set([
  "authentication",
  "encryption",
  "aead",
  "compression",
  "replayWindow",
]);

/** A line for each thing that is said. */
export function xfrmText(extension: XfrmExtension, message: Message, options: PrintOptions): string {
  const hasSa = find(message, "sa") !== undefined;
  return (Object.keys(texts) as Field[])
    .flatMap((field) => {
      const value = extension[field];
      if (value === undefined || (hasSa && ofSa.has(field))) return [];
      return (texts[field] as (value: unknown, options: PrintOptions) => string | string[])(value, options);
    })
    .map((text) => `XFR: ${text}\n`)
    .join("");
}

const modeText = (mode: number): string => nameOf(XfrmMode, mode) ?? `<unknown ${mode}>`;

const nameOf = (table: Readonly<Record<string, number>>, number: number): string | undefined =>
  Object.keys(table).find((name) => table[name] === number);

/** As those of an SA: the number, then the names. */
function flagsText(flags: number, table: Readonly<Record<string, number>>): string {
  const names = Object.keys(table).filter((name) => (flags & table[name]!) !== 0);
  return `${hexNumber(flags)} < ${names.map((name) => `${name.toUpperCase()} `).join("")}>`;
}

const interfaceText = (index: number, { host }: PrintOptions): string =>
  host.interfaceName(index) ?? `${index}`;

function selectorTexts(selector: XfrmSelector, options: PrintOptions): string[] {
  const { source, destination, protocol, interfaceIndex, user } = selector;
  const range = (address: Uint8Array, prefixLength: number, port: number, mask: number): string =>
    `${address.length === 0 ? "any" : formatAddress(address)}/${prefixLength}, port ${port}/${hexNumber(mask)}`;
  const { sourcePrefixLength, sourcePort, sourcePortMask } = selector;
  const { destinationPrefixLength, destinationPort, destinationPortMask } = selector;
  const name = interfaceIndex === 0 ? "any" : interfaceText(interfaceIndex, options);
  return [
    `Selector proto=${protocol}, interface=${name}, uid=${user}`,
    ` From ${range(source, sourcePrefixLength, sourcePort, sourcePortMask)}`,
    ` To ${range(destination, destinationPrefixLength, destinationPort, destinationPortMask)}`,
  ];
}

function templateText(template: XfrmTemplate, index: number): string {
  const { mode, share, spi, source, destination } = template;
  const masks = [
    template.authenticationAlgorithms,
    template.encryptionAlgorithms,
    template.compressionAlgorithms,
  ];
  const ends = source.length === 0 ? "" : `, ${formatAddress(source)} to ${formatAddress(destination)}`;
  const algorithms = masks.map(hexNumber).join("/");
  return `Transform #${index + 1} mode ${modeText(mode)}, share=${share}, spi=${hexNumber(spi)}, algorithms=${algorithms}${ends}`;
}

const attributeText = ({ type, bytes }: XfrmAttribute): string =>
  `Unknown attribute ${type}, ${bytes.length} bytes: ${hexBytes(bytes)}`;
