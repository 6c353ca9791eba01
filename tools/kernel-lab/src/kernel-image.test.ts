import { describe, expect, it } from "vitest";
import { KernelImageError, xzPayload } from "./kernel-image.ts";

/** A bzImage of two setup sectors whose payload stands 16 bytes behind them. */
function image(payload: string): Buffer {
  const bytes = Buffer.alloc(3 * 512 + 16);
  bytes[0x1f1] = 2;
  bytes.writeUInt32LE(16, 0x248);
  const content = Buffer.from(`${payload}01020304`, "hex");
  bytes.writeUInt32LE(content.length, 0x24c);
  return Buffer.concat([bytes, content, Buffer.from("rest")]);
}

describe("xzPayload", () => {
  it("cuts the compressed kernel out, without its size and what follows", () => {
    expect(xzPayload(image("fd377a585a00aabb")).toString("hex")).toBe("fd377a585a00aabb");
  });

  it("refuses another compression", () => {
    expect(() => xzPayload(image("28b52ffdaabb"))).toThrow(
      new KernelImageError("the kernel's payload begins with 28b52ffdaabb: expected xz, fd377a585a00"),
    );
  });
});
