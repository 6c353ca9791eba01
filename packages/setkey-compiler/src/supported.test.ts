import { setkeyCase } from "@keysock/goldens";
import { decodeStrict, linux, request } from "@keysock/wire";
import { expect, it } from "vitest";
import { supportedFrom } from "./supported.ts";

const range = (minBits: number, maxBits = minBits) => ({ minBits, maxBits });

it("reads what Linux 6.1 answers to REGISTER", () => {
  const [reply] = setkeyCase("man-get").received;
  expect(supportedFrom(decodeStrict(reply!, linux))).toEqual({
    authentication: new Map([
      [251, range(0)],
      [2, range(128)],
      [3, range(160)],
      [5, range(256)],
      [6, range(384)],
      [7, range(512)],
      [8, range(160)],
      [9, range(128)],
    ]),
    encryption: new Map([
      [11, range(0)],
      [2, range(64)],
      [3, range(192)],
      [6, range(40, 128)],
      [7, range(40, 448)],
      [12, range(128, 256)],
      [252, range(128, 256)],
      [22, range(128, 256)],
      [253, range(128, 256)],
      [13, range(160, 288)],
    ]),
  });
});

it("takes a reply without lists for one that offers nothing", () => {
  expect(supportedFrom(request("register", "unspec"))).toEqual({
    authentication: new Map(),
    encryption: new Map(),
  });
});
