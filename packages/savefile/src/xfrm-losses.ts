/**
 * What NETLINK_XFRM says of an SA and ipseckey has no words for.
 */
import { type XfrmExtension, XfrmExtraFlag, XfrmMode, XfrmStateFlag } from "@keysock/wire";

/** A name that some kernel gave: nothing in it may end the comment that it stands in. */
const safe = (name: string): string => name.replace(/[^\x21-\x7e]/g, "?");

type Field = Exclude<keyof XfrmExtension, "kind" | "type" | "length" | "padding">;
type Names = { readonly [K in Field]-?: (value: NonNullable<XfrmExtension[K]>) => string | string[] };

const names: Names = {
  authentication: ({ name, truncationBits }) => `${safe(name)} with an ICV of ${truncationBits} bits`,
  encryption: ({ name }) => `the cipher ${safe(name)}`,
  aead: ({ name, icvBits }) => `${safe(name)} with an ICV of ${icvBits} bits`,
  compression: ({ name }) => `compression by ${safe(name)}`,
  mode: (mode) => `mode ${nameOf(XfrmMode, mode)}`,
  mark: () => "the mark",
  outputMark: () => "the output mark",
  ifId: (id) => `interface id ${id}`,
  flags: (flags) => `flag ${bitsOf(XfrmStateFlag, flags)}`,
  extraFlags: (flags) => `flag ${bitsOf(XfrmExtraFlag, flags)}`,
  replayWindow: (packets) => `a replay window of ${packets} packets`,
  direction: (direction) => `direction ${direction}`,
  offload: () => "the hardware offload",
  selector: () => "the selector",
  tfcPad: (bytes) => `padding to ${bytes} bytes`,
  natKeepalive: (seconds) => `a NAT keepalive of ${seconds} seconds`,
  cpu: (cpu) => `CPU ${cpu}`,
  encapOriginal: () => "the original address of NAT-T",
  policyType: (type) => `policy type ${type}`,
  policyFlags: (flags) => `policy flags 0x${flags.toString(16)}`,
  share: (share) => `share ${share}`,
  templates: () => "the templates",
  errorText: () => "the kernel's words about an error",
  other: (attributes) => attributes.map(({ type }) => `XFRM attribute ${type}`),
};

/** All of it in one sentence without a full stop; undefined where nothing is said. */
export function xfrmLoss(extension: XfrmExtension): string | undefined {
  const losses = (Object.keys(names) as Field[]).flatMap((field) => {
    const value = extension[field];
    return value === undefined ? [] : (names[field] as (value: unknown) => string | string[])(value);
  });
  const last = losses.pop();
  if (last === undefined) return undefined;
  return losses.length === 0 ? `${last} is not saved` : `${losses.join(", ")} and ${last} are not saved`;
}

/** Why an algorithm keeps the SA from being loaded: it has no number either. */
export function namelessAlgorithm(
  extension: XfrmExtension | undefined,
  { authentication }: { authentication: number },
): string | undefined {
  const named = extension?.aead ?? extension?.encryption ?? extension?.compression;
  if (named !== undefined) return safe(named.name);
  const digest = extension?.authentication;
  return digest !== undefined && authentication === 0 ? safe(digest.name) : undefined;
}

const nameOf = (table: Readonly<Record<string, number>>, number: number): string =>
  Object.keys(table).find((name) => table[name] === number) ?? `${number}`;

function bitsOf(table: Readonly<Record<string, number>>, bits: number): string {
  const words = Object.keys(table).filter((name) => (bits & table[name]!) !== 0);
  const rest = words.reduce((left, name) => left & ~table[name]!, bits) >>> 0;
  return [...words, ...(rest === 0 && words.length > 0 ? [] : [`0x${rest.toString(16)}`])].join("+");
}
