/**
 * The same sockets to two networks of one kernel, over PF_KEY to one and over XFRM to the other: what is sent to one is
 * sent to the other, and both must answer alike, but for what is known to differ.
 */
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { NetworkNamespace } from "@keysock/kernel-lab";
import { openPfKeySocket } from "@keysock/socket";
import { decode, encode, find, type KeySocket, linuxXfrm, type Message, request } from "@keysock/wire";
import { waiting } from "../../../engine/src/testing/exchange.ts";
import { createMask } from "../../../engine/src/testing/kernel-mask.ts";
import { openLive } from "./live.ts";

const parties = ["sender", "bystander"] as const;
export type Party = (typeof parties)[number];

/** What a send came to: the name of its errno if it failed, and what was heard then. */
interface Outcome {
  refused: string | undefined;
  heard: Record<Party, string[]>;
}

/** What is known to differ over XFRM. */
interface Difference {
  name: string;
  /** Whether it concerns the request. */
  concerns(asked: Message): boolean;
  /** What is heard over XFRM, given what was heard over PF_KEY. */
  expect(heard: Outcome["heard"], asked: Uint8Array): Outcome["heard"];
  /** From then on the databases differ. */
  parts?: true;
}

/** The header alone with that errno, as a refusal is. */
const refusal = (asked: Uint8Array, errno: number): string[] => {
  const { message } = decode(asked, linuxXfrm);
  return [hex(encode({ ...message, errno, extensions: [] }, linuxXfrm))];
};
const EINVAL = 22;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

const differences: readonly Difference[] = [
  {
    name: "REGISTER lists what a Linux may have, because XFRM does not say what this one has",
    concerns: ({ type }) => type === "register",
    expect: ({ bystander }, asked) => ({ sender: [registerReply(asked)], bystander }),
  },
  {
    name: "a flush that finds something is answered once, PF_KEY answers twice",
    concerns: ({ type }) => type === "flush" || type === "spdflush",
    expect: ({ sender, bystander }) => ({ sender: sender.slice(0, 1), bystander }),
  },
  {
    name: "PROMISC concerns nobody else, and is heard once",
    concerns: ({ type }) => type === "promisc",
    expect: ({ sender }) => ({ sender: sender.slice(0, 1), bystander: [] }),
  },
  {
    name: "XFRM refuses an AH SA with a cipher, which PF_KEY lets pass and AH never uses",
    concerns: (asked) => asked.type === "add" && asked.saType === "ah" && find(asked, "sa")?.encryption !== 0,
    expect: (_, asked) => ({ sender: refusal(asked, EINVAL), bystander: [] }),
    parts: true,
  },
  {
    name: "XFRM refuses a CPI above 65535, of which PF_KEY's IPComp uses the low 16 bits",
    concerns: (asked) =>
      asked.type === "add" && asked.saType === "ipcomp" && (find(asked, "sa")?.spi ?? 0) > 0xffff,
    expect: (_, asked) => ({ sender: refusal(asked, EINVAL), bystander: [] }),
    parts: true,
  },
];

/** What XFRM's must be: checked against PF_KEY's, whose algorithms it must list in the same order. */
function registerReply(asked: Uint8Array): string {
  const alone = openLive();
  try {
    alone.send([asked]);
    return hex(waiting(alone)[0]!);
  } finally {
    alone.close();
  }
}

export interface TwoWays {
  /** The known differences that no request met. */
  unmet(): string[];
  /** @throws AssertionError where they do not answer alike */
  send(bytes: Uint8Array, by?: Party): void;
  /** Empties the databases and opens new sockets. */
  clear(): void;
  close(): void;
}

export function createTwoWays(): TwoWays {
  const pfkey = createSide(openPfKeySocket);
  const xfrm = createSide(openLive);
  let parted = false;
  const met = new Set<Difference>();
  return {
    unmet: () => differences.filter((one) => !met.has(one)).map(({ name }) => name),
    send(bytes, by = "sender") {
      if (parted) return;
      const asked = decode(bytes, linuxXfrm).message;
      const truth = pfkey.send(bytes, by);
      const answer = xfrm.send(bytes, by);
      if (asked.type === "register") checkRegister(truth.heard[by], answer.heard[by]);
      const difference = differences.find((one) => one.concerns(asked));
      const expected = difference ? { ...truth, heard: difference.expect(truth.heard, bytes) } : truth;
      compare(bytes, expected, answer);
      if (difference === undefined) return;
      met.add(difference);
      parted = difference.parts === true;
    },
    clear() {
      parted = false;
      for (const side of [pfkey, xfrm]) side.clear();
    },
    close() {
      for (const side of [pfkey, xfrm]) side.close();
    },
  };
}

function createSide(open: () => KeySocket) {
  const network = new NetworkNamespace();
  let mask = createMask();
  let sockets = openAll();

  function openAll(): Record<Party, KeySocket> {
    network.enter();
    return { sender: open(), bystander: open() };
  }

  function closeAll(): void {
    for (const party of parties) sockets[party].close();
  }

  const send = (bytes: Uint8Array, by: Party): Outcome => {
    network.enter();
    let refused: string | undefined;
    try {
      sockets[by].send([bytes]);
    } catch (error) {
      refused = (error as { code: string }).code;
    }
    const shown = (party: Party) =>
      waiting(sockets[party]).map((heard) => mask(bytes, withoutWords(heard), false));
    return { refused, heard: { sender: shown("sender"), bystander: shown("bystander") } };
  };

  return {
    send,
    clear() {
      for (const all of ["flush", "spdflush"] as const) {
        send(encode(request(all, "unspec"), linuxXfrm), "sender");
      }
      closeAll();
      sockets = openAll();
      // The kernel counts its reqids on, a new socket begins anew.
      mask = createMask();
    },
    close() {
      closeAll();
      network.close();
    },
  };
}

/** A refusal's words are XFRM's own. */
function withoutWords(bytes: Uint8Array): Uint8Array {
  const { message } = decode(bytes, linuxXfrm);
  return message.errno === 0 ? bytes : encode({ ...message, extensions: [] }, linuxXfrm);
}

/** What this kernel has must be listed, in this kernel's order. */
function checkRegister(real: readonly string[], ours: readonly string[]): void {
  const [kernel, bridge] = [real, ours].map((heard) => decode(bytesOf(heard[0]!), linuxXfrm).message);
  for (const kind of ["supportedAuthentication", "supportedEncryption"] as const) {
    const has = find(kernel!, kind)?.algorithms ?? [];
    const lists = find(bridge!, kind)?.algorithms ?? [];
    assert.deepEqual(
      lists.filter(({ id }) => has.some((one) => one.id === id)),
      has,
    );
  }
}

function compare(asked: Uint8Array, pfkey: Outcome, xfrm: Outcome): void {
  if (JSON.stringify(pfkey) === JSON.stringify(xfrm)) return;
  assert.deepEqual(readable(xfrm), readable(pfkey), `XFRM and PF_KEY differ after\n${put(asked)}`);
  assert.deepEqual(xfrm, pfkey);
}

const readable = ({ refused, heard }: Outcome) => ({
  refused,
  sender: heard.sender.map((text) => put(bytesOf(text))),
  bystander: heard.bystander.map((text) => put(bytesOf(text))),
});

const put = (bytes: Uint8Array): string =>
  `${hex(bytes)}\n${inspect(decode(bytes, linuxXfrm), { depth: 9, breakLength: 200, maxArrayLength: 20 })}`;
