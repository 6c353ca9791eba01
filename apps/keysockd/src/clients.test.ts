import { once } from "node:events";
import { connect, createServer } from "node:net";
import { createEngine, type Engine } from "@keysock/engine";
import { tableHost } from "@keysock/host";
import { expect, it, onTestFinished } from "vitest";
import { createClients } from "./clients.ts";
import { freePath } from "./testing/in-process.ts";

it("lets time pass while nobody is there, so that keys are overwritten in time", () => {
  let asked = 0;
  const clock = { now: () => ++asked, sleep: () => {} };
  createClients(createEngine({ personality: "linux", clock }), () => {}).tick();
  expect(asked).toBeGreaterThan(0);
});

it("closes the key socket of a client that is gone", async () => {
  const engine = createEngine({ personality: "linux", clock: tableHost() });
  let open = 0;
  const counted: Engine = {
    ...engine,
    connect() {
      open += 1;
      const socket = engine.connect();
      const close = () => {
        open -= 1;
        socket.close();
      };
      return { ...socket, close };
    },
  };
  const clients = createClients(counted, () => {});
  const path = freePath();
  const server = createServer(clients.join).listen(path);
  onTestFinished(() => void server.close());
  const stream = connect(path);
  await once(server, "connection");
  expect(open).toBe(1);
  stream.destroy();
  await expect.poll(() => open).toBe(0);
});
