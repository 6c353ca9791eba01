/** What went over a program's PF_KEY sockets, in order. */
export interface Traffic {
  sent: Uint8Array[];
  /** Undefined is a failed read. */
  received: (Uint8Array | undefined)[];
}

/** The arguments with which strace(1) shows what {@link trafficOf} reads, each thread in a file of its own. */
export const straceArguments: readonly string[] = [
  ...["-ff", "-ttt", "-xx", "-s", "1048576"],
  ...["-e", "trace=network,close"],
];

/** One system call that came to its end. */
interface Call {
  name: string;
  parameters: string;
  /** Negative: it failed. */
  result: number;
}

/**
 * Reads strace's output of one program.
 *
 * @param texts - of each of its threads
 * @throws if strace cut a message off
 */
export function trafficOf(texts: readonly string[]): Traffic {
  const traffic: Traffic = { sent: [], received: [] };
  const keySockets = new Set<number>();
  const lines = texts.flatMap((text) => text.split("\n")).filter((line) => line !== "");
  // Each begins with seconds since 1970, always of ten digits.
  for (const line of lines.toSorted()) {
    const call = parseCall(line);
    if (call === undefined) continue;
    const { name, parameters, result } = call;
    if (name === "socket") {
      if (parameters.startsWith("AF_KEY,") && result >= 0) keySockets.add(result);
      continue;
    }
    const file = Number.parseInt(parameters, 10);
    if (!keySockets.has(file)) continue;
    if (name === "close") keySockets.delete(file);
    else if (/^send/.test(name)) traffic.sent.push(...messagesOf(call));
    else if (/^recv/.test(name)) traffic.received.push(...receivedBy(call));
  }
  return traffic;
}

function parseCall(line: string): Call | undefined {
  const [, name, parameters, result] = /^\d+\.\d+ (\w+)\((.*)\) += (-?\d+)/.exec(line) ?? [];
  return name === undefined ? undefined : { name, parameters: parameters!, result: Number(result) };
}

function receivedBy(call: Call): (Uint8Array | undefined)[] {
  const flags = call.parameters.replaceAll(/"[^"]*"/g, "");
  // Who does not wait only looks whether there is something, and who peeks reads it once more.
  if (call.result < 0) return flags.includes("MSG_DONTWAIT") ? [] : [undefined];
  return flags.includes("MSG_PEEK") ? [] : messagesOf(call);
}

/** The messages that a call moved; none where it failed. */
function messagesOf({ name, parameters, result }: Call): Uint8Array[] {
  if (result <= 0) return [];
  if (name === "sendto" || name === "recvfrom") return [bytesOf(parameters, /"((?:\\x..)*)"(\.*)/g, result)];
  const buffers = /iov_base="((?:\\x..)*)"(\.*)/g;
  if (name === "sendmsg" || name === "recvmsg") return [bytesOf(parameters, buffers, result)];
  const messages = parameters.split("{msg_hdr=").slice(1, 1 + result);
  return messages.map((text) => bytesOf(text, buffers, Number(/msg_len=(\d+)\}/.exec(text)?.[1])));
}

/** The first bytes of a call's buffers. */
function bytesOf(text: string, buffers: RegExp, length: number): Uint8Array {
  const found = [...text.matchAll(buffers)];
  const hex = found.map(([, bytes]) => bytes!.replaceAll("\\x", "")).join("");
  if (hex.length < 2 * length) {
    throw new Error(`strace shows ${hex.length / 2} bytes of a message of ${length}`);
  }
  return Uint8Array.from(Buffer.from(hex, "hex").subarray(0, length));
}
