/** Looks at what is alive in this process, seldom enough not to take all the time. */
export interface LiveMemory {
  /** Looks, if it is time to. */
  look(): void;
  /** The most that was seen, in bytes. */
  readonly most: number;
}

/** By how much longer it waits from look to look. */
const spacing = 1.5;

/** Needs `node --expose-gc`; undefined without it. */
export function liveMemory(): LiveMemory | undefined {
  const collect = globalThis.gc;
  if (collect === undefined) return undefined;
  let called = 0;
  let next = 1;
  let most = 0;
  return {
    get most() {
      return most;
    },
    look() {
      called += 1;
      if (called < next) return;
      next = Math.ceil(next * spacing);
      collect();
      const { heapUsed, external } = process.memoryUsage();
      most = Math.max(most, heapUsed + external);
    },
  };
}
