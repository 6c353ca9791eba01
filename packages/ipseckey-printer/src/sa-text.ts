import { type Dialect, find, type Message, type SaExtension } from "@keysock/wire";
import { algorithmText, namedAlgorithmText } from "./algorithm-text.ts";
import { hexNumber } from "./hex.ts";

const states = ["LARVAL", "MATURE", "DYING", "DEAD", "ACTIVE_ELSEWHERE", "IDLE"];

type Flag = readonly [name: string, bit: number];

/** SADB_SAFLAGS_* and SADB_X_SAFLAGS_* (net/pfkeyv2.h, linux/pfkeyv2.h), in the order in which they are printed. */
const flags: Readonly<Record<Dialect["name"], readonly Flag[]>> = {
  illumos: [
    ["PFS", 0x0000_0001],
    ["NOREPLAY", 0x0000_0002],
    ["X_USED", 0x8000_0000],
    ["X_PAIRED", 0x0001_0000],
    ["X_OUTBOUND", 0x0000_8000],
    ["X_INBOUND", 0x0000_4000],
    ["X_UNIQUE", 0x4000_0000],
    ["X_AALG1", 0x2000_0000],
    ["X_AALG2", 0x1000_0000],
    ["X_EALG1", 0x0800_0000],
    ["X_EALG2", 0x0400_0000],
    ["X_NATT_LOC", 0x0010_0000],
    ["X_NATT_REM", 0x0008_0000],
    ["X_TUNNEL", 0x0002_0000],
    ["X_NATTED", 0x0000_1000],
  ],
  linux: [
    ["PFS", 0x0000_0001],
    ["X_NOPMTUDISC", 0x2000_0000],
    ["X_DECAP_DSCP", 0x4000_0000],
    ["X_NOECN", 0x8000_0000],
  ],
};

/** The SA itself; what XFRM says of its algorithms and its window counts instead of what PF_KEY has room for. */
export function saText(sa: SaExtension, message: Message, dialect: Dialect): string {
  const xfrm = find(message, "xfrm");
  const state = states[sa.state] ?? `<unknown ${sa.state}>`;
  const replay = xfrm?.replayWindow ?? sa.replay;
  let text = `SA: SADB_ASSOC spi=${hexNumber(sa.spi)}, replay window size=${replay}, state=${state}\n`;
  const digest = xfrm?.authentication;
  if (digest !== undefined) {
    const name = namedAlgorithmText("authentication", digest.name, digest.truncationBits);
    text += `SA: Authentication algorithm = ${name}\n`;
  } else if (sa.authentication !== 0) {
    text += `SA: Authentication algorithm = ${algorithmText("authentication", sa.authentication, dialect)}\n`;
  }
  const [kind, word] =
    message.saType === "ipcomp"
      ? (["compression", "Compression"] as const)
      : (["encryption", "Encryption"] as const);
  const cipher = xfrm?.aead ?? xfrm?.[kind];
  if (cipher !== undefined) {
    const { name, icvBits }: { name: string; icvBits?: number } = cipher;
    text += `SA: ${word} algorithm = ${namedAlgorithmText(kind, name, icvBits)}\n`;
  } else if (sa.encryption !== 0) {
    text += `SA: ${word} algorithm = ${algorithmText(kind, sa.encryption, dialect)}\n`;
  }
  const names = flags[dialect.name].filter(([, bit]) => (sa.flags & bit) !== 0).map(([name]) => `${name} `);
  return `${text}SA: flags=${hexNumber(sa.flags)} < ${names.join("")}>\n`;
}
