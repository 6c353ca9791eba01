import { createNewestFirst } from "../newest-first.ts";
import { createSpiIndex } from "../spi-index.ts";
import { directionOf, type Protocol, type Sa } from "./sa.ts";

/** The security association database. It holds SAs; what becomes of them is not its business. */
export interface Sadb {
  insert(sa: Sa): void;
  remove(sa: Sa): void;
  find(destination: Uint8Array, spi: number, protocol: Protocol): Sa | undefined;
  /** AH before ESP, IPv4 before IPv6, outbound before inbound; of one table the newest first. */
  walk(): () => Sa | undefined;
}

const tableCount = 8;

export function createSadb(): Sadb {
  const tables = Array.from({ length: tableCount }, () => createNewestFirst<Sa>());
  const bySpi = createSpiIndex<Sa>();

  return {
    insert(sa) {
      sa.place = tables[tableOf(sa)]!.add(sa);
      bySpi.set(sa);
    },

    remove(sa) {
      if (sa.place === undefined) return;
      tables[tableOf(sa)]!.remove(sa.place);
      sa.place = undefined;
      bySpi.delete(sa);
    },

    find: bySpi.find,

    walk() {
      const walks = tables.map((table) => table.walk());
      return () => {
        for (;;) {
          const sa = walks[0]?.();
          if (sa !== undefined || walks.length === 0) return sa;
          walks.shift();
        }
      };
    },
  };
}

/** An SA of no direction is one of those that go out. */
function tableOf(sa: Sa): number {
  return (
    (sa.protocol === "esp" ? 4 : 0) +
    (sa.destination.length === 16 ? 2 : 0) +
    (directionOf(sa) === "in" ? 1 : 0)
  );
}
