/**
 * What the tests of the command on a real kernel expect of each way to it, where the ways differ. docs/xfrm.md lists what
 * differs, and there is no more than that.
 */
export interface Way {
  /** What `-v` calls it. */
  name: string;
  /** Algorithms of combined mode are taken; PF_KEY on Linux has none. */
  combinedModes: boolean;
  /** The kernel has words of its own about a refusal; PF_KEY has only an errno for them. */
  kernelWords: boolean;
  /** How often a monitor that asks to hear everything is answered: PF_KEY sends such a one all answers twice. */
  answers: number;
  /** The state of an SA that another program has updated. PF_KEY shows the request's, which was never one. */
  updated: "DEAD" | "MATURE";
  /** What a monitor that asks to hear everything shows of the answer and of another program's ADD, two GETs and DELETE, and the test of it. */
  everything: { name: string; seen: readonly string[] };
  /** What `save` says besides of a selector of the other family than the SA's: PF_KEY does not show that there is one. */
  otherFamily: string;
}

const ways: Readonly<Record<string, Way>> = {
  pfkey: {
    name: "PF_KEY",
    combinedModes: false,
    kernelWords: false,
    answers: 2,
    updated: "DEAD",
    everything: {
      name: "shows every request and, as Linux sends them, each answer to all twice",
      seen: [
        "X_PROMISC <unknown 1> 4242",
        "X_PROMISC <unknown 1> 4242",
        "ADD AH 4242 state=MATURE",
        "ADD AH 4242 state=MATURE",
        "ADD AH 4242 state=MATURE",
        "GET AH 4242 state=LARVAL",
        "GET AH 4242 state=MATURE",
        "GET ESP 4242 state=LARVAL",
        "GET ESP 4242",
        "DELETE AH 4242 state=LARVAL",
        "DELETE AH 4242 state=DEAD",
        "DELETE AH 4242 state=DEAD",
      ],
    },
    otherFamily: "",
  },
  xfrm: {
    name: "XFRM",
    combinedModes: true,
    kernelWords: true,
    answers: 1,
    updated: "MATURE",
    everything: {
      name: "shows every change once, and no requests: XFRM tells of changes only",
      seen: ["X_PROMISC <unknown 1> 4242", "ADD AH 4242 state=MATURE", "DELETE AH 4242 state=DEAD"],
    },
    otherFamily: "ipseckey: WARNING: esp spi 0x100: the selector is not saved\n",
  },
};

/** @param via - the way's name in `--via` */
export const wayOf = (via: string): Way => ways[via]!;
