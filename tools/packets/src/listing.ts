/** An SA of a listing of `setkey -D`, as far as traffic changes it. */
export interface Association {
  source: string;
  destination: string;
  protocol: string;
  spi: number;
  state: string;
  bytes: number;
  packets: number;
}

const entry = new RegExp(
  String.raw`^(?<source>\S+) (?<destination>\S+) \n` +
    String.raw`\t(?<protocol>\S+) mode=\S+ spi=(?<spi>\d+)\(.*\n(?:.*\n)*?` +
    String.raw`.*state=(?<state>\w+) \n(?:.*\n)*?` +
    String.raw`\tcurrent: (?<bytes>\d+)\(bytes\).*\n` +
    String.raw`\tallocated: (?<packets>\d+)\t`,
  "gm",
);

/** The SAs of a listing of `setkey -D`, by SPI. */
export function associations(listing: string): Association[] {
  return [...listing.matchAll(entry)]
    .map(({ groups }) => {
      const { source, destination, protocol, state, spi, bytes, packets } = groups as Record<string, string>;
      return {
        source: source!,
        destination: destination!,
        protocol: protocol!,
        state: state!,
        spi: Number(spi),
        bytes: Number(bytes),
        packets: Number(packets),
      };
    })
    .sort((a, b) => a.spi - b.spi);
}
