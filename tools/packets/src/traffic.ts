import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { Node } from "./nodes.ts";

const port = 5000;
const limitMs = 10_000;

/** Sends bytes over TCP to an address of a node, which sends them back; what came back. */
export async function tcpEcho(from: Node, to: Node, address: string, bytes: Buffer): Promise<Buffer> {
  to.network.enter();
  const server = createServer((socket) => socket.pipe(socket).on("error", () => {}));
  server.listen(port, address);
  await once(server, "listening");
  try {
    from.network.enter();
    const socket = connect({ host: address, port, timeout: limitMs });
    socket.on("timeout", () => socket.destroy(new Error("TCP: nothing comes any more")));
    await once(socket, "connect");
    socket.end(bytes);
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk);
    return Buffer.concat(chunks);
  } finally {
    server.close();
  }
}

/** Sends a datagram to an address of a node, which sends it back; what came back. */
export async function udpEcho(from: Node, to: Node, address: string, bytes: Buffer): Promise<Buffer> {
  const family = address.includes(":") ? "udp6" : "udp4";
  to.network.enter();
  const server = createSocket(family);
  server.on("message", (message, { port, address }) => server.send(message, port, address));
  server.bind(port, address);
  await once(server, "listening");
  from.network.enter();
  const client = createSocket(family);
  client.bind(0);
  await once(client, "listening");
  try {
    client.send(bytes, port, address);
    const [message] = await once(client, "message", { signal: AbortSignal.timeout(limitMs) });
    return message;
  } finally {
    client.close();
    server.close();
  }
}
