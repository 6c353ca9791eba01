import { readFileSync } from "node:fs";
import { fromHex } from "./recorded-case.ts";

/** One thing that was sent to a real kernel by hand, and what it answered. */
export interface Probe {
  name: string;
  /** What came back, in words. */
  remarks: string[];
  /** In the order in which they went over the socket. */
  messages: { direction: "sent" | "received"; bytes: Uint8Array }[];
}

/** All of `recorded/kernel-probes.txt`, in order: what one probe adds, the next one finds. */
export function kernelProbes(): Probe[] {
  const text = readFileSync(new URL("../recorded/kernel-probes.txt", import.meta.url), "utf8");
  const probes: Probe[] = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("* ")) probes.push({ name: line.slice(2), remarks: [], messages: [] });
    const probe = probes.at(-1);
    const message = /^ +([<>]) ([0-9a-f]+)$/.exec(line);
    if (message !== null) {
      probe?.messages.push({
        direction: message[1] === ">" ? "sent" : "received",
        bytes: fromHex(message[2]!),
      });
    } else if (line.startsWith(" ")) probe?.remarks.push(line.trim());
  }
  return probes;
}
