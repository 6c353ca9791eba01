import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { openKeySocket } from "@keysock/connect";
import { nativeHost } from "@keysock/host/native";
import { NetworkNamespace } from "@keysock/kernel-lab";
import type { KeySocket, Message } from "@keysock/wire";
import { LostMessagesError } from "../lost-messages-error.ts";
import type { SessionEvent } from "../options.ts";
import { openSession, type Session } from "../session.ts";
import { spiOf } from "./crowd-sa.ts";

/** Sessions with this machine's kernel. */
export interface KernelSessions {
  open(how?: SessionsWay): Session;
  /** Opens a session, closes it in the end. */
  use<T>(work: (session: Session) => T, how?: SessionsWay): T;
}

/** What a test does to a session. */
export interface SessionsWay {
  wrap?: (socket: KeySocket) => KeySocket;
  observe?: (event: SessionEvent) => void;
}

/** Sessions over one way to the kernel, each with a pid and numbers of its own. */
export function kernelSessions(via: string): KernelSessions {
  const host = nativeHost();
  let pid = 1000;
  function open({ wrap = (socket) => socket, observe }: SessionsWay = {}): Session {
    pid += 1;
    const { socket } = openKeySocket({ via, defaultDialect: "linux", host });
    const first = 0x8000_0000 + pid * 0x10_0000;
    return openSession(wrap(socket), { pid, sequence: { first }, ...(observe && { observe }) });
  }
  return {
    open,
    use(work, how) {
      const session = open(how);
      try {
        return work(session);
      } finally {
        session.close();
      }
    },
  };
}

/** Gives each test of a suite a network of its own. */
export function inOwnNetwork(): void {
  let network: NetworkNamespace | undefined;
  beforeEach(() => {
    network = new NetworkNamespace();
  });
  afterEach(() => network?.close());
}

/** Gives the tests of a suite a network that they share. */
export function inSharedNetwork(): void {
  let network: NetworkNamespace | undefined;
  before(() => {
    network = new NetworkNamespace();
  });
  after(() => network?.close());
}

export const spisOf = (messages: Iterable<Message>): number[] => Array.from(messages, spiOf);

/** Each of `all` is listed once, and of `possible` none twice. */
export function assertEachOnce(
  listed: readonly number[],
  all: readonly number[],
  possible: readonly number[] = [],
): void {
  const known = new Set(possible);
  const extra = listed.filter((spi) => known.has(spi));
  assert.deepEqual(sorted(listed.filter((spi) => !known.has(spi))), sorted(all));
  assert.deepEqual(sorted(extra), sorted(new Set(extra)));
}

const sorted = (spis: Iterable<number>): number[] => [...spis].sort((a, b) => a - b);

/** What a monitor hears until nothing more is waiting, and what it was told of messages that are missing. */
export function hearAll(session: Session): { heard: number[]; lost: string[] } {
  const heard: number[] = [];
  const lost: string[] = [];
  for (;;) {
    try {
      const next = session.receive(0);
      if (next === undefined) return { heard, lost };
      heard.push(spiOf(next.message));
    } catch (error) {
      assert.ok(error instanceof LostMessagesError);
      lost.push(error.message);
    }
  }
}
