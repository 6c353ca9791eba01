import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseTxtar } from "@keysock/goldens";
import { tableHost } from "@keysock/host";

/** One recorded run of illumos's ipseckey. */
export interface Recording {
  name: string;
  /** Environment, program, options and words. */
  command: string;
  input: string | undefined;
  /** As the README of the recordings tells. */
  replies: string[];
  stdout: string;
  sent: string[];
}

const folder = fileURLToPath(new URL("../../../../tools/goldens/recorded/ipseckey/", import.meta.url));

/** All recorded runs, by name. */
export function recordings(): Recording[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".txtar"))
    .sort()
    .map((file) => {
      const parts = parseTxtar(readFileSync(folder + file, "latin1"));
      const lines = (name: string) => (parts.get(name) ?? "").split("\n").filter((line) => line !== "");
      return {
        name: file.replace(/\.txtar$/, ""),
        command: parts.get("cmd")!.trim(),
        input: parts.get("input"),
        replies: lines("replies.hex"),
        stdout: parts.get("stdout") ?? "",
        sent: lines("sent.hex").map(masked),
      };
    });
}

/** Without sequence and pid (bytes 8 to 15), which are the session's. */
export const masked = (hex: string): string => `${hex.slice(0, 16)}${"0".repeat(16)}${hex.slice(32)}`;

/** The names of the recordings. */
export const recordingHost = tableHost({
  names: {
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
});
