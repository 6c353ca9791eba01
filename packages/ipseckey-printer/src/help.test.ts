import { ipseckeyCase, ipseckeyCases } from "@keysock/goldens";
import { describe, expect, it } from "vitest";
import { helpText } from "./help.ts";

const compat = { compat: true };

describe("recorded on the command line", () => {
  for (const { name, argv, stdout } of ipseckeyCases()) {
    if (argv[0] !== "help" && argv[0] !== "?") continue;
    it(name, () => {
      expect(helpText(argv[1], compat)).toBe(stdout);
    });
  }
});

it("recorded at the prompt", () => {
  const parts = [undefined, undefined, "attr"].map((topic) => helpText(topic, compat));
  expect(ipseckeyCase("help-interactive").stdout.replaceAll("ipseckey> ", "")).toBe(parts.join(""));
});

const topics: [topic: string, text: string][] = [
  ["update", "update\t - Update an existing SA\n"],
  ["delete", "delete - Delete an SA\n"],
  ["get", "get - Display an SA\n"],
  [
    "flush",
    "flush - Delete all SAs\n\nOptional arguments:\nall        delete all SAs\nesp        delete just ESP SAs\n" +
      "ah         delete just AH SAs\n<number>   delete just SAs with type given by number\n\n",
  ],
  ["monitor", "monitor - Monitor all PF_KEY reply messages.\n"],
  ["Flush", "Flush: Unknown command\n"],
  ["", ": Unknown command\n"],
];

it.each(topics)("help %s", (topic, text) => {
  expect(helpText(topic, compat)).toBe(text);
  expect(helpText(topic)).toBe(text);
});

it("knows load, which the original does not", () => {
  expect(helpText("load")).toBe("load - Loads SAs from a file\n");
  expect(helpText("load", compat)).toBe("load: Unknown command\n");
  expect(helpText()).toBe(`${helpText(undefined, compat)}load - Loads SAs from a file\n`);
});
