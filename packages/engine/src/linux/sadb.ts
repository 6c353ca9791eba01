import { addressKey } from "../address.ts";
import { createNewestFirst } from "../newest-first.ts";
import { createSpiIndex } from "../spi-index.ts";
import type { Sa } from "./sa.ts";

/** What key management asks for, before an SPI is known. */
export type Wanted = Pick<Sa, "protocol" | "mode" | "reqid" | "source" | "destination">;

/** The security association database. It holds SAs; what becomes of them is not its business. */
export interface Sadb {
  insert(sa: Sa): void;
  /** It is dead then. */
  remove(sa: Sa): void;
  /** Finds this one again by its SPI, after another with the same destination, SPI and protocol has been removed. */
  expose(sa: Sa): void;
  /** Gives a larval SA its SPI. */
  assignSpi(sa: Sa, spi: number): void;
  /** SPI 0 is never found. */
  find(destination: Uint8Array, spi: number, protocol: number): Sa | undefined;
  /** Whether an SA to whatever destination has it. */
  isTaken(spi: number, protocol: number): boolean;
  /** The larval SA without SPI that is wanted. */
  findLarval(wanted: Wanted): Sa | undefined;
  /** The larval SA of that ACQUIRE. */
  findAcquire(sequence: number): Sa | undefined;
  walk(): () => Sa | undefined;
}

export function createSadb(): Sadb {
  const all = createNewestFirst<Sa>();
  const bySpi = createSpiIndex<Sa>();
  /** How many SAs have a protocol's SPI. */
  const taken = new Map<number, number>();
  const withoutSpi = new Map<string, Sa>();
  const byAcquire = new Map<number, Sa>();

  const unmap = <K>(map: Map<K, Sa>, key: K, sa: Sa): void => {
    if (map.get(key) === sa) map.delete(key);
  };

  const count = ({ spi, protocol }: Sa, change: 1 | -1): void => {
    const key = takenKey(spi, protocol);
    const now = (taken.get(key) ?? 0) + change;
    if (now === 0) taken.delete(key);
    else taken.set(key, now);
  };

  const index = (sa: Sa): void => {
    bySpi.set(sa);
    count(sa, 1);
  };

  const larval = (sa: Sa | undefined): Sa | undefined => (sa?.state === "larval" ? sa : undefined);

  return {
    insert(sa) {
      sa.place = all.add(sa);
      if (sa.spi !== 0) index(sa);
      if (sa.state !== "larval") return;
      if (sa.spi === 0) withoutSpi.set(wantedKey(sa), sa);
      if (sa.sequence !== 0) byAcquire.set(sa.sequence, sa);
    },

    remove(sa) {
      if (sa.place === undefined) return;
      all.remove(sa.place);
      sa.place = undefined;
      sa.state = "dead";
      bySpi.delete(sa);
      if (sa.spi !== 0) count(sa, -1);
      unmap(withoutSpi, wantedKey(sa), sa);
      unmap(byAcquire, sa.sequence, sa);
    },

    expose(sa) {
      if (sa.spi !== 0) bySpi.set(sa);
    },

    assignSpi(sa, spi) {
      unmap(withoutSpi, wantedKey(sa), sa);
      sa.spi = spi;
      index(sa);
    },

    find: bySpi.find,
    isTaken: (spi, protocol) => taken.has(takenKey(spi, protocol)),
    findLarval: (wanted) => larval(withoutSpi.get(wantedKey(wanted))),
    findAcquire: (sequence) => larval(byAcquire.get(sequence)),
    walk: all.walk,
  };
}

const takenKey = (spi: number, protocol: number): number => spi * 0x100 + protocol;

const wantedKey = ({ protocol, mode, reqid, source, destination }: Wanted): string =>
  `${protocol} ${mode} ${reqid} ${addressKey(source)}${addressKey(destination)}`;
