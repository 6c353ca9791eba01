import type { IpseckeyCase, ScriptedReply } from "@keysock/goldens";
import { tableHost } from "@keysock/host";
import { type Decoded, decode, encode, illumos, inByteOrder, type Message } from "@keysock/wire";
import type { PrintOptions } from "../options.ts";

/** What the recorded messages were written in. */
export const recordedDialect = inByteOrder(illumos, "little");

/** The machine of the recordings; its clock stands still. */
export const recordedHost = tableHost({
  now: 1571328712_000,
  names: {
    localhost: ["127.0.0.1", "::1"],
    "me.domain.com": ["192.0.2.1"],
    "you.domain.com": ["192.0.2.2"],
    mypeer: ["192.0.2.9"],
    "multi.example": ["192.0.2.51", "192.0.2.52", "2001:db8::51", "2001:db8::52"],
    "dual.example": ["192.0.2.61", "2001:db8::61"],
    "two4.example": ["192.0.2.71", "192.0.2.72"],
    "two6.example": ["2001:db8::71", "2001:db8::72"],
    "v6only.example": ["2001:db8::66"],
    "ll.example": ["fe80::1"],
    "site.example": ["fec0:bbbb::1"],
  },
  protocols: [
    [1, "icmp", []],
    [4, "ipip", []],
    [6, "tcp", []],
    [17, "udp", []],
    [41, "ipv6", []],
  ],
});

/** The original, with the options of that command line. */
export function recordedOptions({ argv }: IpseckeyCase): PrintOptions {
  const letters = argv.filter((word) => /^-[nvp]+$/.test(word)).join("");
  return {
    dialect: recordedDialect,
    host: recordedHost,
    numeric: letters.includes("n"),
    paranoid: letters.includes("p"),
    rawTimes: letters.includes("v"),
    compat: true,
    cookieLabel: (cookie) => (cookie === 1 ? "builtin-label one" : undefined),
  };
}

/** What happened on the socket. */
export type Happening =
  | { kind: "request"; asked: Decoded }
  | { kind: "reply"; asked: Decoded; reply: Decoded }
  | { kind: "dump ended"; asked: Decoded }
  | { kind: "monitor"; mode: "active" | "passive"; part: "before" | "after" }
  | { kind: "heard"; heard: Decoded };

/** What happened on the socket, in order, by the rules of the peer's script. */
export function* happenings({ sent, replies, argv }: IpseckeyCase): Generator<Happening> {
  const script = [...replies];
  const nextFor = (asked: Decoded): ScriptedReply => script.shift() ?? unscripted(asked);
  for (const asked of sent.map(read)) {
    if (asked.message.type === "promisc") yield { kind: "monitor", mode: "active", part: "before" };
    yield { kind: "request", asked };
    if (asked.message.type === "promisc") yield { kind: "monitor", mode: "active", part: "after" };
    let next = nextFor(asked);
    if (asked.message.type === "dump") {
      for (; next.kind === "message"; next = nextFor(asked)) {
        yield { kind: "reply", asked, reply: answer(next, asked)! };
      }
      if (next.kind === "dump-end") yield { kind: "dump ended", asked };
    } else {
      const reply = answer(next, asked);
      if (reply === undefined) continue;
      if (asked.message.type === "promisc") {
        yield { kind: "heard", heard: reply };
        yield* monitor(script);
      } else yield { kind: "reply", asked, reply };
    }
  }
  if (!argv.includes("help") && argv.some((word) => /^p(assive_)?monitor$/.test(word))) {
    yield { kind: "monitor", mode: "passive", part: "before" };
    yield { kind: "monitor", mode: "passive", part: "after" };
    yield* monitor(script);
  }
}

function* monitor(script: ScriptedReply[]): Generator<Happening> {
  for (let next = script.shift(); next?.kind === "message"; next = script.shift()) {
    yield { kind: "heard", heard: read(next.bytes) };
  }
}

/** What the peer does when its script is used up. */
function unscripted({ message }: Decoded): ScriptedReply {
  if (message.type === "get") return { kind: "error", errno: 3, diagnostic: 78 };
  return { kind: message.type === "dump" ? "dump-end" : "echo" };
}

/** The message that such a reply is; undefined where it is none. */
function answer(reply: ScriptedReply, { message: asked }: Decoded): Decoded | undefined {
  switch (reply.kind) {
    case "message": {
      const { sequence, pid } = asked;
      const decoded = read(reply.bytes);
      return reply.exact ? decoded : { ...decoded, message: { ...decoded.message, sequence, pid } };
    }
    case "echo":
      return written({
        ...asked,
        extensions: asked.extensions.filter(({ kind }) => !kind.startsWith("key")),
      });
    case "error":
      return written({ ...asked, errno: reply.errno, reserved: reply.diagnostic, extensions: [] });
    default:
      return undefined;
  }
}

const read = (bytes: Uint8Array): Decoded => decode(bytes, recordedDialect);
const written = (message: Message): Decoded => read(encode(message, recordedDialect));
