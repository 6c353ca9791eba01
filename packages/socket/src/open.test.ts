import { describe, expect, it } from "vitest";
import { loadLibc } from "./libc.ts";
import { openSocket, PrivilegeError, UnsupportedError } from "./open.ts";
import { SocketError } from "./socket-error.ts";
import { openDescriptors, thrownBy, unprivileged } from "./testing/process.ts";

const AF_INET = 2;
const SOCK_RAW = 3;
const IPPROTO_ICMP = 1;
const libc = loadLibc();
const wanted = { kind: "test", ifUnsupported: "do without" };
const nothing = () => {};

describe("openSocket", () => {
  it("says what to do without privilege", () => {
    const error = thrownBy(() =>
      unprivileged(() => openSocket(libc, [AF_INET, SOCK_RAW, IPPROTO_ICMP], wanted, nothing)),
    );
    expect(error).toBeInstanceOf(PrivilegeError);
    expect(error).toMatchObject({
      name: "PrivilegeError",
      errno: 1,
      code: "EPERM",
      text: "Operation not permitted",
      message:
        "cannot open a test socket: Operation not permitted (EPERM); run as root or with CAP_NET_ADMIN",
    });
  });

  it.each([
    ["family", [45, SOCK_RAW, 0], "EAFNOSUPPORT", "Address family not supported by protocol"],
    ["type", [AF_INET, 4, 0], "ESOCKTNOSUPPORT", "Socket type not supported"],
    ["protocol", [16, SOCK_RAW, 31], "EPROTONOSUPPORT", "Protocol not supported"],
  ] as const)("says what to do where the kernel has no such %s", (_, which, code, text) => {
    const error = thrownBy(() => openSocket(libc, which, wanted, nothing));
    expect(error).toBeInstanceOf(UnsupportedError);
    expect(error).toMatchObject({
      name: "UnsupportedError",
      code,
      message: `this kernel has no test sockets: ${text} (${code}); do without`,
    });
  });

  it("has no advice for other failures", () => {
    const error = thrownBy(() => openSocket(libc, [1, 99, 0], wanted, nothing));
    expect(error).toMatchObject({ name: "SocketError", code: "EINVAL" });
    expect((error as Error).message).toBe("cannot open a test socket: Invalid argument (EINVAL)");
  });

  it("closes the socket if it cannot be made ready", () => {
    const before = openDescriptors();
    const error = thrownBy(() =>
      openSocket(libc, [1, 1, 0], wanted, (fd, must) => {
        expect(openDescriptors()).toBe(before + 1);
        must(libc.setsockopt(fd, 1, 9999, 1));
      }),
    );
    expect(error).toBeInstanceOf(SocketError);
    expect(error).toMatchObject({ code: "ENOPROTOOPT" });
    expect(openDescriptors()).toBe(before);
  });
});
