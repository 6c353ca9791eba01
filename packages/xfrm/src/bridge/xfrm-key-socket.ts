/**
 * A key socket that speaks NETLINK_XFRM underneath.
 */
import { accept, Errno, type Header, Refusal, SendRefusedError, walk } from "@keysock/engine/linux";
import { decode, EncodeError, type KeySocket, keyBytes, type Message } from "@keysock/wire";
import type { XfrmMessage } from "../message.ts";
import { ask } from "./ask.ts";
import { type Audience, createAudience } from "./audience.ts";
import type { Bridge } from "./bridge.ts";
import { dump } from "./dump.ts";
import { eventOf } from "./events.ts";
import { expire } from "./expire.ts";
import { createLine } from "./line.ts";
import { dialect, encodeRefusal, encodeTold, headerBytes } from "./pfkey-message.ts";
import { registerExtensions } from "./register.ts";
import { createReqids } from "./reqids.ts";
import { askedBy, dumpAskedBy } from "./requests.ts";
import { changeOf } from "./told.ts";
import type { XfrmNetlink } from "./xfrm-netlink.ts";

const xfrmNumber = dialect.tables.extensions.byKind.get("xfrm")?.type;

/** What {@link openXfrmKeySocket} may be given. */
export interface XfrmKeySocketOptions {
  /** Milliseconds since 1970; the machine's clock unless given. */
  now?: () => number;
}

/**
 * Makes a key socket of a netlink socket, which is the key socket's from now on: PF_KEY messages go in and come out, NETLINK_XFRM is
 * spoken underneath. It behaves as PF_KEY on Linux does; its dialect is `linuxXfrm`, because some of what the kernel says,
 * and all that PF_KEY could not ask for, is in the xfrm extension.
 *
 * @throws what `join` of the netlink socket throws, for example because of missing privilege; the socket is closed then
 *
 * @example
 * ```ts
 * import { openNetlinkSocket, PrivilegeError, UnsupportedError } from "@keysock/socket";
 * import { decode, encode, linuxXfrm, request } from "@keysock/wire";
 * import { netlinkXfrm, openXfrmKeySocket } from "@keysock/xfrm";
 *
 * try {
 *   const netlink = openNetlinkSocket({ protocol: netlinkXfrm, extendedAck: true, capAck: true });
 *   const socket = openXfrmKeySocket(netlink);
 *   socket.send([encode(request("dump", "esp"), linuxXfrm)]);
 *   const bytes = socket.receive(1000);
 *   if (bytes !== undefined) console.log(decode(bytes, linuxXfrm).message.type);
 *   socket.close();
 * } catch (error) {
 *   if (!(error instanceof PrivilegeError || error instanceof UnsupportedError)) throw error;
 *   console.log(error.message);
 * }
 * ```
 */
export function openXfrmKeySocket(netlink: XfrmNetlink, options: XfrmKeySocketOptions = {}): KeySocket {
  const heard: Uint8Array[] = [];
  const line = createLine(netlink, overhear);
  const bridge: Bridge = {
    line,
    now: options.now ?? Date.now,
    deliver: (bytes) => void heard.push(bytes),
  };
  const reqids = createReqids(line);
  let audience: Audience;
  try {
    audience = createAudience(netlink);
  } catch (error) {
    netlink.close();
    throw error;
  }

  return {
    dialect,
    send(messages) {
      for (const [index, bytes] of messages.entries()) {
        try {
          take(bytes);
        } catch (error) {
          line.flush();
          if (error instanceof SendRefusedError) error.sent = index;
          throw error;
        }
      }
      line.flush();
    },
    receive(timeoutMs) {
      const deadline = Date.now() + timeoutMs;
      let left = timeoutMs;
      while (heard.length === 0 && line.receive(left)) left = Math.max(0, deadline - Date.now());
      return heard.shift();
    },
    close() {
      for (const bytes of heard) bytes.fill(0);
      heard.length = 0;
      line.close();
    },
  };

  /** @throws SendRefusedError */
  function take(bytes: Uint8Array): void {
    const header = accept(bytes, dialect);
    let message: Message | undefined;
    try {
      walk(bytes, dialect);
      message = decode(bytes, dialect).message;
      handle(message, bytes, header);
    } catch (error) {
      // A number of the xfrm extension may be too big for XFRM's field.
      const refusal = error instanceof EncodeError ? new Refusal(Errno.EINVAL) : error;
      if (!(refusal instanceof Refusal)) throw error;
      deliverInTurn(encodeRefusal(bytes, refusal.errno));
    } finally {
      if (message !== undefined) for (const key of keyBytes(message)) key.fill(0);
    }
  }

  /** @throws Refusal */
  function handle(message: Message, bytes: Uint8Array, header: Header): void {
    checkXfrm(message);
    switch (message.type) {
      case "register": {
        audience.register(header);
        const { saType } = message;
        deliverInTurn(encodeTold({ type: "register", saType, extensions: registerExtensions() }, header));
        return;
      }
      case "promisc":
        // With something behind the header it is for everybody, and XFRM reaches nobody.
        if (bytes.length !== headerBytes) throw new Refusal(Errno.EOPNOTSUPP);
        audience.promisc(header);
        deliverInTurn(encodeRefusal(bytes, 0));
        return;
      case "acquire":
        // XFRM cannot be told that key management has failed: the larval SA's time runs out.
        if (bytes.length !== headerBytes) throw new Refusal(Errno.EOPNOTSUPP);
        return;
    }
    const listing = dumpAskedBy(message);
    if (listing !== undefined) {
      dump(bridge, listing, bytes, header);
      return;
    }
    const asked = askedBy(message, reqids);
    if (asked === undefined) throw new Refusal(Errno.EOPNOTSUPP);
    ask(bridge, asked, bytes, header);
  }

  /** After the replies to what was asked before. */
  function deliverInTurn(bytes: Uint8Array): void {
    line.behind(() => bridge.deliver(bytes));
  }

  function overhear(message: XfrmMessage): void {
    if (typeof message.type === "number") return;
    reqids.note(message);
    if (message.type === "expire") {
      expire(bridge, message);
      return;
    }
    const told = changeOf(message, bridge.now()) ?? eventOf(message);
    if (told === undefined) return;
    const { sequence = message.sequence } = told;
    bridge.deliver(encodeTold(told, { sequence, pid: message.portId }));
  }
}

/** Other extensions were looked at before. @throws Refusal with EINVAL where the xfrm extension is broken or comes twice */
function checkXfrm({ extensions }: Message): void {
  const ours = extensions.filter(({ type }) => type === xfrmNumber);
  if (ours.length > 1 || ours.some(({ kind }) => kind !== "xfrm")) throw new Refusal(Errno.EINVAL);
}
