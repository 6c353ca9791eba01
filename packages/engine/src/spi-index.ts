import { addressKey } from "./address.ts";

/** By what packets name an SA. */
export interface Named {
  readonly protocol: number | string;
  readonly spi: number;
  readonly destination: Uint8Array;
}

/** SAs by protocol, SPI and destination. */
export interface SpiIndex<T extends Named> {
  set(sa: T): void;
  delete(sa: T): void;
  find(destination: Uint8Array, spi: number, protocol: T["protocol"]): T | undefined;
}

export function createSpiIndex<T extends Named>(): SpiIndex<T> {
  const byKey = new Map<string, T>();
  return {
    set: (sa) => void byKey.set(keyOf(sa.destination, sa.spi, sa.protocol), sa),

    delete(sa) {
      const key = keyOf(sa.destination, sa.spi, sa.protocol);
      if (byKey.get(key) === sa) byKey.delete(key);
    },

    find: (destination, spi, protocol) => byKey.get(keyOf(destination, spi, protocol)),
  };
}

const keyOf = (destination: Uint8Array, spi: number, protocol: number | string): string =>
  `${protocol} ${spi} ${addressKey(destination)}`;
