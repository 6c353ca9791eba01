import { type Decoded, type Extension, find, type Message, SaState, saTypeNumber } from "@keysock/wire";
import { extensionLines } from "./extension-lines.ts";
import { lossesOf, unloadable } from "./losses.ts";
import type { SavedText, SaveOptions } from "./options.ts";
import { UnsavableError } from "./unsavable-error.ts";

/** What is known of the SA's other half. */
export interface Pairing {
  /** Its SPI, where it is in the file already. */
  spi?: number;
  /** Why it is not saved. */
  loss?: string;
}

/** What illumos can read of a command, in bytes. */
const maximumCommand = 4094;

const begin = "# begin assoc\n";
const end = "\n# end assoc\n\n";

const continued = (lines: readonly string[]): string => lines.map((line) => `${line} \\\n`).join("");

/** An SA, and what the text leaves out. */
export function entryText(decoded: Decoded, options: SaveOptions, pairing: Pairing): SavedText {
  const { message } = decoded;
  const { compat } = options;
  const add = continued([`add ${typeWord(message, options)} `]);
  const dying = isDying(message) ? "# WARNING: SA was dying or dead.\n" : "";
  const opening = compat ? `${begin}${add}${dying}` : `${begin}${dying}${add}`;
  const body = bodyText(message, options, pairing.spi, opening);
  if (compat) return { text: `${opening}${body}${end}`, warnings: [] };

  const reason = unloadable(message, options.dialect);
  const losses = [
    reason,
    ...lossesOf(message, options.dialect),
    pairing.loss,
    ...faults(decoded, body),
  ].filter((loss) => loss !== undefined);
  const comments = losses.map((loss) => `# WARNING: ${loss}.\n`).join("");
  // The continued lines belong to the comment.
  const start = reason === undefined ? add : `# ${add}`;
  return {
    text: `${begin}${dying}${comments}${start}${body}${end}`,
    warnings: losses.map((loss) => `${saName(message, options)}: ${loss}`),
  };
}

function bodyText(
  message: Message,
  options: SaveOptions,
  pairSpi: number | undefined,
  opening: string,
): string {
  let text = "";
  for (const extension of message.extensions) {
    checkSavable(extension, options, `${opening}${text}`);
    text += continued(extensionLines(extension, message, options, pairSpi));
  }
  return text;
}

function faults({ problems }: Decoded, body: string): string[] {
  return [
    ...problems.slice(0, 1).map(({ detail }) => `the kernel's message is malformed: ${detail}`),
    ...(body.length > maximumCommand
      ? [`it is more than ${maximumCommand} bytes, which illumos does not load`]
      : []),
  ];
}

function typeWord({ saType }: Message, { dialect }: SaveOptions): string {
  return saType === "ah" || saType === "esp" ? saType : `${saTypeNumber(saType, dialect)}`;
}

/** `esp spi 0x2112`. */
export const saName = (message: Message, options: SaveOptions): string =>
  `${typeWord(message, options)} spi 0x${(find(message, "sa")?.spi ?? 0).toString(16)}`;

function isDying(message: Message): boolean {
  const sa = find(message, "sa");
  return sa !== undefined && sa.state !== SaState.mature;
}

function checkSavable(extension: Extension, { compat }: SaveOptions, written: string): void {
  if ("sockaddr" in extension && typeof extension.sockaddr.family === "number") {
    const message = `"${extension.sockaddr.family}" is no address family that can be saved, expected IPv4 or IPv6`;
    throw new UnsavableError("save_address", message, written);
  }
  if (compat && extension.kind === "replayValue" && extension.replay32 === 0 && extension.replay64 === 0n) {
    throw new UnsavableError(
      "Replay Value",
      '"0" is no replay value that can be saved, expected 1 or more',
      written,
    );
  }
}
