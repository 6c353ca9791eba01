import assert from "node:assert/strict";
import { test } from "node:test";
import { openSession } from "@keysock/session";
import { find, request } from "@keysock/wire";
import { offered } from "./algorithm-table.ts";
import type { Lab } from "./lab.ts";

/** What a kernel's REGISTER reply lists. */
export function describeOffer(lab: () => Lab): void {
  test("the kernel offers the algorithms of the table", () => {
    const { left, host, openSocket } = lab();
    const session = openSession(openSocket(left), {
      pid: host.pid,
      sequence: { first: 1 },
      now: () => host.now(),
    });
    const [reply] = session.request(request("register", "unspec"));
    session.close();
    for (const [kind, extension] of [
      ["authentication", find(reply!, "supportedAuthentication")],
      ["encryption", find(reply!, "supportedEncryption")],
    ] as const) {
      assert.deepEqual(
        extension?.algorithms.map(({ id, ivLength, minBits, maxBits }) => [id, ivLength, minBits, maxBits]),
        offered[kind].map(({ numbers, linuxIvLength, keyBits }) => [
          numbers.linux,
          linuxIvLength,
          keyBits.linux!.min,
          keyBits.linux!.max,
        ]),
      );
    }
  });
}
