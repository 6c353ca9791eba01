import { expect, it } from "vitest";
import { installHostPackages, MissingPackagesError, needFetching } from "./host-packages.ts";

const silent = () => {};

it("says in one line what a machine without apt has to have", () => {
  expect(() => installHostPackages(silent, ["/nonexistent"])).toThrow(
    new MissingPackagesError(
      [
        ...["qemu-system-x86", "kmod", "cpio", "xz-utils", "make", "gcc", "util-linux", "iproute2"],
        ...["iputils-ping", "strace", "tcpdump"],
      ],
      "install what Debian has in the packages of these names",
    ),
  );
  expect(() => needFetching(["/nonexistent"])).toThrow(
    "this machine lacks apt, dpkg: install them, they fetch and unpack Debian's kernel",
  );
});
