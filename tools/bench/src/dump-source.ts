import {
  encode,
  type KeySocket,
  linux,
  type OutgoingExtension,
  type OutgoingMessage,
  request,
} from "@keysock/wire";

/** Offsets in `struct sadb_msg` and, behind it, in `struct sadb_sa` (RFC 2367 sections 2.3.1 and 2.3.3). */
const sequenceAt = 8;
const pidAt = 12;
const spiAt = 16 + 4;
/** SADB_DUMP */
const dump = 10;

/** A key socket that answers DUMP with so many SAs, each made as it is read. Other requests it does not answer. */
export function createDumpSource(count: number): KeySocket {
  const littleEndian = linux.byteOrder === "little";
  const entry = encode(saEntryMessage(0), linux);
  let left = 0;
  let pid = 0;
  return {
    dialect: linux,
    send(messages) {
      for (const message of messages) {
        if (message[1] !== dump) continue;
        left = count;
        pid = new DataView(message.buffer, message.byteOffset).getUint32(pidAt, littleEndian);
      }
    },
    receive() {
      if (left === 0) return undefined;
      left -= 1;
      const bytes = entry.slice();
      const view = new DataView(bytes.buffer);
      // Linux counts the entries and gives 0 to the last.
      view.setUint32(sequenceAt, left === 0 ? 0 : count - left, littleEndian);
      view.setUint32(pidAt, pid, littleEndian);
      view.setUint32(spiAt, 0x1000 + left);
      return bytes;
    },
    close() {},
  };
}

/** An SA as Linux dumps it: what {@link adds} puts in, with its lifetimes. */
export function saEntryMessage(sequence: number): OutgoingMessage {
  const madeAt = BigInt(Math.floor(Date.now() / 1000));
  const none = { allocations: 0, bytes: 0n, addTime: 0n, useTime: 0n };
  const extensions: OutgoingExtension[] = [
    { kind: "sa", spi: 0x1000, replay: 32, state: 1, authentication: 3, encryption: 12, flags: 0 },
    { kind: "lifetimeHard", ...none },
    { kind: "lifetimeSoft", ...none },
    { kind: "lifetimeCurrent", ...none, addTime: madeAt },
    { kind: "addressSource", ...host(192, 0, 2, 1) },
    { kind: "addressDestination", ...host(10, 0, 0, 1) },
    { kind: "keyAuthentication", bits: 160, reserved: 0, key: new Uint8Array(20).fill(0x5a) },
    { kind: "keyEncryption", bits: 128, reserved: 0, key: new Uint8Array(16).fill(0xa5) },
    { kind: "sa2", mode: 2, reserved1: 0, reserved2: 0, sequence: 0, reqid: 0 },
  ];
  return { ...request("dump", "esp", extensions), sequence };
}

const host = (...address: number[]) =>
  ({
    protocol: 0,
    prefixLength: 32,
    reserved: 0,
    sockaddr: { family: "inet", port: 0, address: Uint8Array.from(address) },
  }) as const;
