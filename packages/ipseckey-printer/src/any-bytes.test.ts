import { test } from "@fast-check/vitest";
import { ipseckeyCases, setkeyCases } from "@keysock/goldens";
import { decode } from "@keysock/wire";
import fc from "fast-check";
import { expect } from "vitest";
import { messageText } from "./message-text.ts";
import { sampleDialect, sampleHost, sampleLinux } from "./testing/sample.ts";

const real: Uint8Array[] = [
  ...ipseckeyCases().flatMap(({ sent, replies }) => [
    ...sent,
    ...replies.filter((each) => each.kind === "message").map(({ bytes }) => bytes),
  ]),
  ...setkeyCases().flatMap(({ received }) => received.filter((bytes) => bytes !== undefined)),
];

/** A real message, cut and with some bytes changed. */
const nearlyReal = fc
  .record({
    message: fc.constantFrom(...real),
    length: fc.nat(600),
    changes: fc.array(fc.tuple(fc.nat(600), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
  })
  .map(({ message, length, changes }) => {
    const bytes = message.slice(0, length);
    for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
    return bytes;
  });

const faces = fc.record({
  dialect: fc.constantFrom(sampleDialect, sampleLinux),
  numeric: fc.boolean(),
  paranoid: fc.boolean(),
  rawTimes: fc.boolean(),
  compat: fc.boolean(),
});

test.prop([fc.oneof(nearlyReal, fc.uint8Array({ maxLength: 200 })), faces], { numRuns: 500 })(
  "prints lines of plain text, whatever the bytes",
  (bytes, face) => {
    const { text, warnings } = messageText(decode(bytes, face.dialect), { ...face, host: sampleHost });
    // The original leaves the line of an unknown address family open.
    expect(text).toMatch(face.compat ? /^[\t\n\x20-\x7e]*$/ : /^[\t\n\x20-\x7e]*\n$/);
    expect(text).not.toMatch(/undefined|NaN|null\)|\[object/);
    for (const warning of warnings) expect(warning).toMatch(/^ipseckey: WARNING: .*\.\n$/);
  },
);

test.prop([
  fc.uint8Array({ minLength: 8, maxLength: 32 }),
  fc.constantFrom(8, 9),
  fc.nat(0xffff),
  fc.nat(0xffff),
])("shows no byte of a key that is to be hidden, be it well formed or not", (key, type, bits, reserved) => {
  const room = key.length - (key.length % 8);
  const bytes = new Uint8Array(16 + 8 + room);
  const view = new DataView(bytes.buffer);
  bytes.set([2, 5, 0, 3]);
  view.setUint16(4, bytes.length / 8, true);
  view.setUint16(16, (8 + room) / 8, true);
  view.setUint16(18, type, true);
  view.setUint16(20, bits, true);
  view.setUint16(22, reserved, true);
  bytes.set(key.subarray(0, room), 24);
  for (const dialect of [sampleDialect, sampleLinux]) {
    const printed = (content: number) => {
      const changed = bytes.slice();
      changed.fill(content, 24);
      return messageText(decode(changed, dialect), { dialect, host: sampleHost, paranoid: true }).text;
    };
    const { text } = messageText(decode(bytes, dialect), { dialect, host: sampleHost, paranoid: true });
    expect(text).toBe(printed(0));
    expect(text).toBe(printed(0xff));
  }
});
