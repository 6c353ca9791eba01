/**
 * What XFRM says of an SA or a policy beyond PF_KEY, in ip-xfrm(8)'s and setkey's words.
 */
import { formatAddress } from "@keysock/address";
import { type AlgorithmKind, algorithmByLinuxName } from "@keysock/algorithms";
import type { Host } from "@keysock/host";
import type { XfrmAttribute, XfrmExtension, XfrmSelector, XfrmTemplate } from "@keysock/wire";
import { hexGroups, hexWord } from "./hex.ts";
import { gre, isPortless } from "./portless.ts";
import { printable } from "./printable.ts";

/** What numbers are called on the machine. */
export type Names = Pick<Host, "interfaceName" | "protocolName">;

/** On a machine that is not known. */
export const noNames: Names = { interfaceName: () => undefined, protocolName: () => undefined };

/** XFRM_MODE_* (linux/xfrm.h). */
const modes = ["transport", "tunnel", "ro", "in_trigger", "beet", "iptfs"];
/** XFRM_SHARE_*. */
const shares = ["any", "session", "user", "unique"];
/** XFRM_POLICY_TYPE_*. */
const policyTypes = ["main", "sub"];
/** XFRM_STATE_*, beginning with bit 0; the first three are among PF_KEY's flags. */
const stateFlags = ["noecn", "decap-dscp", "nopmtudisc", "wildrecv", "icmp", "af-unspec", "align4", "esn"];
/** XFRM_SA_XFLAG_*. */
const extraFlags = ["dont-encap-dscp", "oseq-may-wrap"];
/** XFRM_OFFLOAD_*. */
const offloadFlags = ["ipv6", "in", "packet"];
/** XFRM_POLICY_*. */
const policyFlags = ["localok", "icmp", "cpu-acquire"];
const anyAlgorithm = 0xffff_ffff;

/** An XFRM mode by its name. */
export const xfrmModeText = (mode: number): string => modes[mode] ?? `${mode}`;

/** setkey's word for an algorithm; what has none goes by the kernel's name and the bits of its ICV. */
export function xfrmAlgorithmText(kind: AlgorithmKind, name: string, icvBits?: number): string {
  const algorithm = algorithmByLinuxName(kind, name, icvBits);
  const isOther = algorithm?.aead === true && icvBits === undefined;
  const word = isOther ? undefined : algorithm?.setkey?.printed;
  return word ?? printableName(name) + (icvBits === undefined ? "" : `/${icvBits}`);
}

const printableName = (name: string): string =>
  printable(Uint8Array.from(name, (character) => character.charCodeAt(0)));

type Field = Exclude<keyof XfrmExtension, "kind" | "type" | "length" | "padding">;
type Texts = {
  readonly [K in Field]-?: (value: NonNullable<XfrmExtension[K]>, names: Names) => string | string[];
};

const texts: Texts = {
  authentication: ({ name, truncationBits }) =>
    `auth=${xfrmAlgorithmText("authentication", name, truncationBits)}`,
  encryption: ({ name }) => `encrypt=${xfrmAlgorithmText("encryption", name)}`,
  aead: ({ name, icvBits }) => `aead=${xfrmAlgorithmText("encryption", name, icvBits)}`,
  compression: ({ name }) => `comp=${xfrmAlgorithmText("compression", name)}`,
  mode: (mode) => `mode=${xfrmModeText(mode)}`,
  replayWindow: (packets) => `replay=${packets}`,
  encapOriginal: (address) => `NAT OA=${formatAddress(address)}`,
  mark: (mark) => `mark=${markText(mark)}`,
  outputMark: (mark) => `output-mark=${markText(mark)}`,
  ifId: (id) => `if_id=${id}(0x${hexWord(id)})`,
  direction: (direction) => `dir=${direction}`,
  selector: (selector, names) => `sel=${selectorText(selector, names)}`,
  offload: ({ interfaceIndex, flags }, names) =>
    `hwif=${[interfaceText(interfaceIndex, names), ...bitWords(flags, offloadFlags)].join(" ")}`,
  flags: (flags) => `xfrm-flags=${bitsText(flags, stateFlags)}`,
  extraFlags: (flags) => `extra-flags=${bitsText(flags, extraFlags)}`,
  tfcPad: (bytes) => `tfcpad=${bytes}(bytes)`,
  natKeepalive: (seconds) => `nat-keepalive=${seconds}(s)`,
  cpu: (cpu) => `cpu=${cpu}`,
  policyType: (type) => `ptype=${policyTypes[type] ?? type}`,
  policyFlags: (flags) => `policy-flags=${bitsText(flags, policyFlags)}`,
  share: (share) => `share=${shares[share] ?? share}`,
  templates: (templates) => templates.flatMap(templateText),
  errorText: (text) => `error=${printableName(text)}`,
  other: (attributes) => attributes.map(attributeText),
};

/** What saEntry and spEntry say in their own places. */
const inPlace: ReadonlySet<Field> = new Set([
  "authentication",
  "encryption",
  "aead",
  "compression",
  "mode",
  "replayWindow",
]);

/** Everything, a text for each thing that is said. */
export function xfrmTexts(extension: XfrmExtension, names: Names, without?: ReadonlySet<Field>): string[] {
  return (Object.keys(texts) as Field[]).flatMap((field) => {
    const value = extension[field];
    if (value === undefined || without?.has(field)) return [];
    return (texts[field] as (value: unknown, names: Names) => string | string[])(value, names);
  });
}

/** The lines of an SA's or a policy's entry that PF_KEY never has. */
export const xfrmLines = (extension: XfrmExtension | undefined, names: Names): string =>
  extension === undefined
    ? ""
    : xfrmTexts(extension, names, inPlace)
        .map((text) => `\t${text}\n`)
        .join("");

const markText = ({ value, mask }: { value: number; mask: number }): string =>
  `0x${hexWord(value)}/0x${hexWord(mask)}`;

const interfaceText = (index: number, { interfaceName }: Names): string => interfaceName(index) ?? `${index}`;

/** The names of the bits that are set, and what has none as a number. */
function bitWords(bits: number, names: readonly string[]): string[] {
  const words = names.filter((_, bit) => (bits & (1 << bit)) !== 0);
  const rest = Math.floor(bits / 2 ** names.length) * 2 ** names.length;
  return rest === 0 ? words : [...words, `0x${rest.toString(16)}`];
}

const bitsText = (bits: number, names: readonly string[]): string => bitWords(bits, names).join(",") || "0";

/** As `-sel` takes it; port masks, the interface and the user, which it cannot take, behind. */
function selectorText(selector: XfrmSelector, names: Names): string {
  const { protocol, interfaceIndex, user } = selector;
  const source = portText(selector.sourcePort, selector.sourcePortMask);
  const destination = portText(selector.destinationPort, selector.destinationPortMask);
  const portless = isPortless(protocol);
  const port = (text: string) => (portless ? "" : `[${text}]`);
  return [
    rangeText(selector.source, selector.sourcePrefixLength) + port(source),
    rangeText(selector.destination, selector.destinationPrefixLength) + port(destination),
    protocol === 0 ? "any" : (names.protocolName(protocol) ?? `${protocol}`),
    ...(portless ? detailOf(selector, source, destination) : []),
    ...(interfaceIndex === 0 ? [] : [`dev=${interfaceText(interfaceIndex, names)}`]),
    ...(user === 0 ? [] : [`user=${user}`]),
  ].join(" ");
}

/** Type and code, or a key; the halves of a key stand alone where `-sel` would mean another one by it. */
function detailOf(selector: XfrmSelector, source: string, destination: string): string[] {
  const { protocol, sourcePort, destinationPort } = selector;
  if (source === "any" && destination === "any") return [];
  const isUsual = (port: number, text: string) => text === (port === 0 ? "any" : `${port}`);
  const isKey = protocol === gre && isUsual(sourcePort, source) && isUsual(destinationPort, destination);
  if (isKey) return [`${sourcePort * 0x10000 + destinationPort}`];
  return [destination === "any" ? source : `${source},${destination}`];
}

/** No bytes: of any family. */
function rangeText(address: Uint8Array, prefixLength: number): string {
  if (address.length === 0) return "any";
  return formatAddress(address) + (prefixLength === address.length * 8 ? "" : `/${prefixLength}`);
}

function portText(port: number, mask: number): string {
  if (mask === 0) return port === 0 ? "any" : `${port}/0x0`;
  return mask === 0xffff ? `${port}` : `${port}/0x${mask.toString(16)}`;
}

/** The mode stands in the rule; nothing where the rest is as PF_KEY has it. */
function templateText(template: XfrmTemplate, index: number): string[] {
  const { share, spi, source, destination } = template;
  const masks = [
    ["aalgos", template.authenticationAlgorithms],
    ["ealgos", template.encryptionAlgorithms],
    ["calgos", template.compressionAlgorithms],
  ] as const;
  const words = [
    ...(share === 0 ? [] : [`share=${shares[share] ?? share}`]),
    ...(spi === 0 ? [] : [`spi=${spi}(0x${hexWord(spi)})`]),
    ...masks.flatMap(([name, mask]) => (mask === anyAlgorithm ? [] : [`${name}=0x${hexWord(mask)}`])),
    ...(source.length === 0 ? [] : [`${formatAddress(source)}-${formatAddress(destination)}`]),
  ];
  return words.length === 0 ? [] : [`tmpl=${index + 1} ${words.join(" ")}`];
}

const attributeText = ({ type, bytes }: XfrmAttribute): string => `xfrma=${type}${hexGroups(bytes)}`;
