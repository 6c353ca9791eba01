import type { KeySocket } from "@keysock/wire";
import { linux } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { PrivilegeError, UnsupportedError } from "./open.ts";
import { openPfKeySocket } from "./pfkey.ts";
import { SendError } from "./send-error.ts";
import { frame } from "./testing/frame.ts";
import { openDescriptors, thrownBy, unprivileged } from "./testing/process.ts";

const SADB_REGISTER = 7;
const SADB_SATYPE_ESP = 3;

function open(): KeySocket | Error {
  try {
    return openPfKeySocket();
  } catch (error) {
    return error as Error;
  }
}

describe("openPfKeySocket", () => {
  it("opens a socket to the kernel, or says why not and what to do", () => {
    const before = openDescriptors();
    const socket = open();
    if (socket instanceof UnsupportedError) {
      console.warn("this kernel has no PF_KEY: expecting the error that says so");
      expect(socket).toMatchObject({
        name: "UnsupportedError",
        errno: 97,
        code: "EAFNOSUPPORT",
        message:
          "this kernel has no PF_KEY sockets: Address family not supported by protocol (EAFNOSUPPORT); load the module af_key, or go by XFRM (--via=xfrm)",
      });
    } else if (socket instanceof Error) {
      console.warn("no CAP_NET_ADMIN: expecting the error that says so");
      expect(socket).toBeInstanceOf(PrivilegeError);
    } else {
      const register = frame(2, linux.byteOrder, 0);
      register.set([2, SADB_REGISTER, 0, SADB_SATYPE_ESP]);
      expect(socket.dialect).toBe(linux);
      socket.send([register]);
      expect([...socket.receive(5000)!.subarray(0, 4)]).toEqual([2, SADB_REGISTER, 0, SADB_SATYPE_ESP]);
      // sadb_msg_version 3 is refused by send(2) itself.
      expect(thrownBy(() => socket.send([register.with(0, 3)]))).toBeInstanceOf(SendError);
      socket.close();
    }
    expect(openDescriptors()).toBe(before);
  });

  it("needs privilege where there is PF_KEY", () => {
    const error = thrownBy(() => unprivileged(openPfKeySocket));
    const expected = open() instanceof UnsupportedError ? UnsupportedError : PrivilegeError;
    expect(error).toBeInstanceOf(expected);
  });
});
