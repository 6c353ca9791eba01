import { find, IpsecMode, type OutgoingMessage } from "@keysock/wire";
import { sameAddress, sameBytes } from "./same-bytes.ts";

/** Whether an SA is what a request asked for, as far as a kernel keeps it. */
export function sameSa(asked: OutgoingMessage, found: OutgoingMessage): boolean {
  const [a, b] = [asked, found].map((message) => find(message, "sa"));
  return (
    a?.spi === b?.spi &&
    a?.authentication === b?.authentication &&
    a?.encryption === b?.encryption &&
    sameKey(asked, found, "keyAuthentication") &&
    sameKey(asked, found, "keyEncryption") &&
    modeOf(asked) === modeOf(found) &&
    (find(asked, "sa2")?.reqid ?? 0) === (find(found, "sa2")?.reqid ?? 0) &&
    sameAddress(find(asked, "addressSource")?.sockaddr, find(found, "addressSource")?.sockaddr) &&
    sameLifetimes(asked, found)
  );
}

/** Whether both have the same limits; none is the same as zero. */
export const sameLifetimes = (asked: OutgoingMessage, found: OutgoingMessage): boolean =>
  (["lifetimeHard", "lifetimeSoft"] as const).every((kind) => {
    const [a, b] = [find(asked, kind), find(found, kind)];
    return (
      (a?.allocations ?? 0) === (b?.allocations ?? 0) &&
      (a?.bytes ?? 0n) === (b?.bytes ?? 0n) &&
      (a?.addTime ?? 0n) === (b?.addTime ?? 0n) &&
      (a?.useTime ?? 0n) === (b?.useTime ?? 0n)
    );
  });

const sameKey = (
  asked: OutgoingMessage,
  found: OutgoingMessage,
  kind: "keyAuthentication" | "keyEncryption",
): boolean => sameBytes(find(asked, kind)?.key, find(found, kind)?.key);

/** Linux stores "any" as transport. */
const modeOf = (message: OutgoingMessage): number => find(message, "sa2")?.mode || IpsecMode.transport;
