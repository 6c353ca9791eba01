import { formatAddress } from "@keysock/address";
import { type AddressExtension, type Decoded, find, type Message } from "@keysock/wire";
import { entryText, type Pairing, saName } from "./entry-text.ts";
import type { SavedText, SaveOptions } from "./options.ts";
import { saveHeader } from "./save-entry.ts";

/** A save file that is being written. */
export interface SaveFile {
  /** What it begins with. */
  readonly header: string;
  /**
   * The next SA.
   *
   * @throws UnsavableError as `saveEntry` does
   */
  entry(decoded: Decoded): SavedText;
  /** What it ends with: nothing but remarks on pairs of which only one half came. */
  end(): SavedText;
}

/**
 * A save file, SA after SA. Unlike `saveEntry` it saves pairs: the second half of each is told of the first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { saveFile } from "@keysock/savefile";
 * import { decode, encode, illumos, request } from "@keysock/wire";
 *
 * const file = saveFile({ dialect: illumos, paranoid: true });
 * const { warnings } = file.entry(decode(encode(request("dump", "esp"), illumos), illumos));
 * assert.deepEqual(warnings, ["esp spi 0x0: it cannot be loaded, as there is no SPI"]);
 * assert.equal(file.end().text, "");
 * ```
 */
export function saveFile(options: SaveOptions): SaveFile {
  /** First halves whose second has not come, by what the second will call them. */
  const halves = new Map<string, string>();

  function pairing(message: Message): Pairing {
    const sa = find(message, "sa");
    const pair = find(message, "pair");
    if (options.compat || sa === undefined || pair === undefined) return {};
    const source = find(message, "addressSource");
    const destination = find(message, "addressDestination");
    if (halves.delete(nameOf(message, pair.spi, source, destination))) return { spi: pair.spi };
    const loss = `the pair with spi 0x${pair.spi.toString(16)}`;
    halves.set(
      nameOf(message, sa.spi, destination, source),
      `${saName(message, options)}: ${loss} is not saved`,
    );
    return {};
  }

  return {
    header: saveHeader,
    entry: (decoded) => entryText(decoded, options, pairing(decoded.message)),
    end() {
      const warnings = [...halves.values()];
      return { text: warnings.map((warning) => `# WARNING: ${warning}.\n`).join(""), warnings };
    },
  };
}

/** An SA by type, SPI and addresses. */
function nameOf(
  { saType }: Message,
  spi: number,
  from: AddressExtension | undefined,
  to: AddressExtension | undefined,
): string {
  const address = (extension: AddressExtension | undefined) =>
    extension === undefined || typeof extension.sockaddr.family === "number"
      ? ""
      : formatAddress(extension.sockaddr.address);
  return `${saType} ${spi} ${address(from)} ${address(to)}`;
}
