/** A bridge to a pretended kernel, and what goes to and fro. */
import { find, type OutgoingMessage, request } from "@keysock/wire";
import { openXfrmKeySocket } from "../bridge/xfrm-key-socket.ts";
import type { XfrmMessage } from "../message.ts";
import { NetlinkFlag } from "../numbers.ts";
import { destination, heard, ipsecRequest, key, policy, sa, sockaddr, source } from "./pfkey.ts";
import { pretendKernel, type Said } from "./pretend-kernel.ts";
import { ip, saInfo } from "./values.ts";

export const ENOENT = 2;
export const ESRCH = 3;
export const EINTR = 4;
export const EEXIST = 17;
export const EINVAL = 22;
export const ENOBUFS = 105;

export const migrate = request("migrate", "unspec", [
  source,
  destination,
  policy({
    requests: [1, 3].map((last) => ({
      ...ipsecRequest,
      source: sockaddr(ip(192, 0, 2, last)),
      destination: sockaddr(ip(192, 0, 2, last + 1)),
    })),
  }),
]);
export const add = (spi: number): OutgoingMessage =>
  request("add", "esp", [sa({ spi, encryption: 11 }), source, destination, key("keyEncryption", 0)]);
const algorithms = [
  { kind: "algCrypt", value: { name: "ecb(cipher_null)", bits: 0, key: new Uint8Array() } },
] as const;
export const newSa = (spi: number, flags = 0): Said => ({
  type: "newSa",
  flags,
  body: saInfo({ id: { ...saInfo().id, spi } }),
  attributes: [...algorithms],
});
export const multi = NetlinkFlag.multi;
export const done = (errno = 0, flags: number = multi): Said => ({
  type: "done",
  flags,
  body: { errno },
  attributes: [],
});
export const flushSa: Said = { type: "flushSa", body: { protocol: 0 }, attributes: [] };

/** Notifications have the port id of the request's header, not the socket's. */
export const notified = (said: Said, { portId, sequence }: XfrmMessage): Said => ({
  ...said,
  portId,
  sequence,
});

/** Carries out ADD. */
export const adds = (question: XfrmMessage): Said[] =>
  question.type === "newSa" ? [notified(newSa(question.body.id.spi), question)] : [];

export const inShort = (socket: ReturnType<typeof openXfrmKeySocket>) =>
  heard(socket).map((message) => {
    const { type, sequence, pid, errno } = message;
    const spi = find(message, "sa")?.spi;
    return [type, sequence, pid, errno === 0 ? (spi ?? "") : `errno ${errno}`].join(" ");
  });

export const open = (answer?: (question: XfrmMessage) => readonly Said[]) => {
  const kernel = pretendKernel(answer);
  return { kernel, socket: openXfrmKeySocket(kernel) };
};
