import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { guestScript, quoted } from "./guest-script.ts";

it("gives a shell each word as it is", () => {
  const words = ["", " ", "it's", '"$HOME"', "`id`", "a\nb", "\\", "*", "-n"];
  const printed = execFileSync("sh", ["-c", `printf '%s\\n' ${words.map(quoted).join(" ")}`], {
    encoding: "utf8",
  });
  expect(printed).toBe(words.map((word) => `${word}\n`).join(""));
});

it("runs the command in its folder, with its clock in UTC", () => {
  expect(guestScript(["setkey", "-c"], "/my folder", "/usr/bin:/bin")).toBe(`\
export PATH='/usr/bin:/bin' HOME=/root TZ=UTC LAB_SCRATCH=/run/scratch
cd '/my folder' || exit 126
exec 'setkey' '-c'
`);
});
