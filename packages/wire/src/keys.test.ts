import { describe, expect, it } from "vitest";
import type { OutgoingExtension } from "./extension.ts";
import { keyBytes, withoutKeys } from "./keys.ts";
import { request } from "./request.ts";

const secret = Uint8Array.of(1, 2, 3, 4);
const key = { bits: 32, reserved: 0, key: secret } as const;

const rows: { name: string; extension: OutgoingExtension; bytes: Uint8Array[] }[] = [
  { name: "authentication key", extension: { kind: "keyAuthentication", ...key }, bytes: [secret] },
  { name: "encryption key", extension: { kind: "keyEncryption", ...key }, bytes: [secret] },
  {
    name: "key with salt",
    extension: { kind: "keyEncryption", ...key, salt: Uint8Array.of(5) },
    bytes: [secret, Uint8Array.of(5)],
  },
  { name: "unreadable key", extension: { kind: "raw", type: 8, data: secret }, bytes: [secret] },
];

describe("keys", () => {
  it.each(rows)("$name", ({ extension, bytes }) => {
    const message = request("add", "esp", [extension]);
    expect(keyBytes(message)).toEqual(bytes);
    expect(withoutKeys(message)).toEqual(request("add", "esp"));
  });

  it("are not what other extensions hold", () => {
    const message = request("add", "esp", [
      { kind: "raw", type: 99, data: secret },
      { kind: "identitySource", identityType: 2, reserved: 0, id: 0n, data: secret },
    ]);
    expect(keyBytes(message)).toEqual([]);
    expect(withoutKeys(message)).toEqual(message);
  });
});
