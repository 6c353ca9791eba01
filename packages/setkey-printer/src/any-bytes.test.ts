import { test } from "@fast-check/vitest";
import { kernelProbes, setkeyCases } from "@keysock/goldens";
import { decode } from "@keysock/wire";
import fc from "fast-check";
import { expect } from "vitest";
import { kdebug } from "./kdebug.ts";
import { saEntry } from "./sa-entry.ts";
import { shortEntry } from "./short-entry.ts";
import { spEntry } from "./sp-entry.ts";
import { recordedDialect } from "./testing/recorded-text.ts";
import { hostAt } from "./testing/sample.ts";

const real: Uint8Array[] = [
  ...setkeyCases().flatMap(({ received }) => received.filter((bytes) => bytes !== undefined)),
  ...kernelProbes().flatMap(({ messages }) => messages.map(({ bytes }) => bytes)),
];

/** A real message, cut and with some bytes changed. */
const nearlyReal = fc
  .record({
    message: fc.constantFrom(...real),
    length: fc.nat(400),
    changes: fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
  })
  .map(({ message, length, changes }) => {
    const bytes = message.slice(0, length);
    for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
    return bytes;
  });

test.prop([fc.oneof(nearlyReal, fc.uint8Array({ maxLength: 200 }))], { numRuns: 500 })(
  "prints lines of plain text, whatever the bytes",
  (bytes) => {
    const decoded = decode(bytes, recordedDialect);
    const host = hostAt();
    for (const text of [
      saEntry(decoded, { host, ports: true }),
      spEntry(decoded, { host, ports: true, wildcard: "any" }),
      shortEntry(decoded, { host }),
      kdebug(decoded, recordedDialect),
    ]) {
      expect(text).toMatch(/^[\t\n\x20-\x7e]*\n$/);
      expect(text).not.toMatch(/undefined|NaN|null\)|\[object/);
    }
  },
);
