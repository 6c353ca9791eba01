import type { Host } from "@keysock/host";
import { CSocket } from "@keysock/kernel-lab";
import { cableIndex, type Node, type Sides } from "./nodes.ts";
import { type Keyring, type Layer, layersOf, shapeOf } from "./packet.ts";

/** `<linux/if_packet.h>`, `<linux/if_ether.h>` */
const packetFamily = 17;
const raw = 3;
const everyProtocol = 3;
const sentFromHere = 4;
const ethernetHeader = 14;
const etherTypes = [0x0800, 0x86dd];

/** A packet that a node sent. */
export interface Sent {
  /** With its Ethernet header. */
  frame: Uint8Array;
  layers: Layer[];
}

/** What a node sends over the cable. */
export interface Capture {
  /** The packets since the last call; those with which IPv6 looks for neighbours and groups are left out. */
  sent(keyring: Keyring): Sent[];
  /** Sends a frame as it is. */
  inject(frame: Uint8Array): void;
  close(): void;
}

/** Begins to take down what a node sends over the cable, or over the interface of that name. */
export function openCapture(node: Node, host: Host, name?: string): Capture {
  const index = cableIndex(node, host, name);
  const socket = new CSocket(packetFamily, raw, 0);
  // struct sockaddr_ll: u16 family, be16 protocol, int interface, ...; whoever receives finds the kind of packet at 10.
  const address = Buffer.alloc(20);
  address.writeUInt16LE(packetFamily, 0);
  address.writeUInt16BE(everyProtocol, 2);
  address.writeInt32LE(index, 4);
  socket.bind(address);

  function* frames(): Generator<Uint8Array> {
    for (let next = socket.receive(0); next !== undefined; next = socket.receive(0)) {
      const etherType = Buffer.from(next.bytes).readUInt16BE(12);
      if (next.from[10] === sentFromHere && etherTypes.includes(etherType)) yield next.bytes;
    }
  }

  return {
    sent: (keyring) =>
      [...frames()]
        .map((frame) => ({ frame, layers: layersOf(Buffer.from(frame.subarray(ethernetHeader)), keyring) }))
        .filter(({ layers }) => !isHousekeeping(layers)),
    inject: (frame) => socket.send(frame),
    close: () => socket.close(),
  };
}

/** Multicast Listener Discovery, Neighbor Discovery (RFC 3810, RFC 4861). */
function isHousekeeping(layers: readonly Layer[]): boolean {
  const { type } = layers.at(-1)!;
  return layers[0]!.name === "ipv6" && type !== undefined && type >= 130 && type <= 143;
}

/** The headers of what was sent since the last call, by who sent it. */
export const sentShapes = ({ left, right }: Sides<Capture>, keyring: Keyring): Sides<string[]> => ({
  left: shapes(left, keyring),
  right: shapes(right, keyring),
});

/** The headers of what one node sent since the last call. */
export const shapes = (capture: Capture, keyring: Keyring): string[] =>
  capture.sent(keyring).map(({ layers }) => shapeOf(layers));
