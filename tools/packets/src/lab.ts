import { after, afterEach, before } from "node:test";
import { type Capture, openCapture, sentShapes } from "./capture.ts";
import { type Commands, commands } from "./commands.ts";
import { keyring } from "./key-words.ts";
import { type Node, type Nodes, openNodes, type Sides } from "./nodes.ts";
import type { Keyring } from "./packet.ts";
import { type Pings, ping } from "./ping.ts";
import { risen, xfrmStatistics } from "./statistics.ts";

/** What became of some pings. */
export interface Exchange {
  answers: number;
  /** The headers of what each gateway sent over the cable. */
  sent: Sides<string[]>;
  /** What each refused, by the names of the kernel's counters. */
  refused: Sides<Record<string, number>>;
}

/** The machines, what they send, and the commands. */
export interface Lab extends Nodes, Commands {
  captures: Sides<Capture>;
  /** The headers of what each gateway sent over the cable since the last call. */
  sent(keyring?: Keyring): Sides<string[]>;
  /** Pings an address. */
  exchange(from: Node, address: string, pings?: Pings): Exchange;
}

/** Opens a lab for the tests of a file; it can be had while one runs. */
export function useLab(via: string): () => Lab {
  let lab: Lab | undefined;
  before(() => {
    lab = openLab(via);
  });
  afterEach(() => lab?.release());
  after(() => lab?.close());
  return () => {
    if (lab === undefined) throw new Error("the lab is not open");
    return lab;
  };
}

function openLab(via: string): Lab {
  const nodes = openNodes();
  const { left, right } = nodes;
  const programs = commands(via);
  const { host } = programs;
  const captures = { left: openCapture(left, host), right: openCapture(right, host) };
  const statistics = () => ({ left: xfrmStatistics(left), right: xfrmStatistics(right) });
  const sent = (keys = keyring) => sentShapes(captures, keys);
  return {
    ...nodes,
    ...programs,
    captures,
    sent,
    exchange(from, address, pings) {
      const begun = statistics();
      sent();
      const answers = ping(from, address, pings);
      const done = statistics();
      const refused = { left: risen(begun.left, done.left), right: risen(begun.right, done.right) };
      return { answers, sent: sent(), refused };
    },
    close() {
      for (const capture of Object.values(captures)) capture.close();
      nodes.close();
    },
  };
}
