import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { guestFile } from "./guest-file.ts";
import { loadOrder, moduleNames } from "./modules.ts";

it("reads the names, not the remarks", () => {
  expect(moduleNames("# devices\nvirtio_pci\n\noverlay\n")).toEqual(["virtio_pci", "overlay"]);
  expect(moduleNames(readFileSync(guestFile("modules.txt"), "utf8"))).toContain("af_key");
});

it("loads each module once, after what it depends on", () => {
  const shown = `insmod /m/virtio.ko
insmod /m/virtio_pci.ko
builtin hmac
insmod /m/virtio.ko
insmod /m/9p.ko
`;
  expect(loadOrder(shown)).toEqual(["/m/virtio.ko", "/m/virtio_pci.ko", "/m/9p.ko"]);
});
