import type { Socket } from "node:net";
import type { Engine } from "@keysock/engine";
import { type Client, joinClient } from "./client.ts";

/** All clients of an engine. */
export interface Clients {
  join(stream: Socket): void;
  /** Lets everything happen that has fallen due, and tells the clients of it. */
  tick(): void;
  /** Hangs up on all of them. */
  close(): void;
}

/**
 * Gives each client that joins a key socket of the engine, and carries messages back and forth in turns. In a turn each
 * client has one request carried out and gets as much as it may leave unread. Between turns streams move on, so that
 * nobody who reads loses what another's many requests bring about.
 */
export function createClients(engine: Engine, complain: (text: string) => void): Clients {
  const clients = new Set<Client>();
  let next: NodeJS.Immediate | undefined;

  const schedule = (): void => {
    next ??= setImmediate(turn);
  };

  const deliver = (): void => {
    for (const client of clients) client.deliver();
  };

  function turn(): void {
    next = undefined;
    deliver();
    const submitters = [...clients].filter((client) => client.submit());
    if (submitters.length > 0) {
      deliver();
      schedule();
    }
    for (const client of clients) {
      if (!client.isGone()) client.goOn();
      else if (clients.delete(client)) client.close();
    }
  }

  return {
    join(stream) {
      const client = joinClient(stream, engine.connect(), complain);
      clients.add(client);
      stream.on("data", (bytes) => {
        client.read(bytes);
        schedule();
      });
      stream.on("end", () => {
        client.end();
        schedule();
      });
      stream.on("drain", schedule);
      // EPIPE or ECONNRESET: "close" follows.
      stream.on("error", () => {});
      stream.on("close", schedule);
    },

    tick() {
      // The engine's time passes when one of its sockets is used, and there may be none.
      const passing = engine.connect();
      passing.receive(0);
      passing.close();
      schedule();
    },

    close() {
      clearImmediate(next);
      for (const client of clients) client.close();
    },
  };
}
