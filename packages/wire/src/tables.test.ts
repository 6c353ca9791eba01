import { describe, expect, it } from "vitest";
import { inByteOrder, machineByteOrder } from "./dialect.ts";
import { errnoOf } from "./errno.ts";
import { find } from "./find.ts";
import { linux } from "./linux.ts";
import type { OutgoingMessage } from "./message.ts";
import { messageTypeName, messageTypeNumber, saTypeName, saTypeNumber } from "./numbers.ts";
import { request } from "./request.ts";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("numbers and names of Linux", () => {
  it("message types 1 to 24", () => {
    for (const number of range(1, 24)) {
      const name = messageTypeName(number, linux);
      expect(name).toBeTypeOf("string");
      expect(messageTypeNumber(name, linux)).toBe(number);
    }
    for (const number of [0, 25, 255]) {
      expect(messageTypeName(number, linux)).toBe(number);
      expect(messageTypeNumber(number, linux)).toBe(number);
    }
  });

  it("SA types", () => {
    expect(range(0, 10).map((number) => saTypeName(number, linux))).toEqual([
      "unspec",
      1,
      "ah",
      "esp",
      4,
      "rsvp",
      "ospfv2",
      "ripv2",
      "mip",
      "ipcomp",
      10,
    ]);
    for (const number of range(0, 10)) expect(saTypeNumber(saTypeName(number, linux), linux)).toBe(number);
  });

  it("extensions 1 to 26", () => {
    const { byType, byKind } = linux.tables.extensions;
    expect([...byType.keys()]).toEqual(range(1, 26));
    for (const row of byType.values()) expect(byKind.get(row.kind)).toBe(row);
  });
});

describe("errno of Linux", () => {
  const cases: [errno: number, name: string, text: string][] = [
    [0, "E0", "Success"],
    [1, "EPERM", "Operation not permitted"],
    [2, "ENOENT", "No such file or directory"],
    [3, "ESRCH", "No such process"],
    [11, "EAGAIN", "Resource temporarily unavailable"],
    [16, "EBUSY", "Device or resource busy"],
    [17, "EEXIST", "File exists"],
    [22, "EINVAL", "Invalid argument"],
    [35, "EDEADLK", "Resource deadlock avoided"],
    [38, "ENOSYS", "Function not implemented"],
    [40, "ELOOP", "Too many levels of symbolic links"],
    [41, "E41", "Unknown error 41"],
    [58, "E58", "Unknown error 58"],
    [93, "EPROTONOSUPPORT", "Protocol not supported"],
    [95, "EOPNOTSUPP", "Operation not supported"],
    [105, "ENOBUFS", "No buffer space available"],
    [133, "EHWPOISON", "Memory page has hardware error"],
    [134, "E134", "Unknown error 134"],
    [234, "E234", "Unknown error 234"],
  ];
  it.each(cases)("%d is %s", (errno, name, text) => {
    expect(errnoOf(errno, linux)).toEqual({ name, text });
  });

  it("has every number to 133 but two", () => {
    expect(range(1, 134).filter((errno) => !linux.tables.errnos.has(errno))).toEqual([41, 58, 134]);
    const names = range(0, 134).map((errno) => errnoOf(errno, linux).name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("byte order", () => {
  it("is the machine's unless asked for another", () => {
    expect(machineByteOrder).toBe(
      new Uint32Array(Uint8Array.of(1, 0, 0, 0).buffer)[0] === 1 ? "little" : "big",
    );
    expect(linux.byteOrder).toBe(machineByteOrder);
    expect(inByteOrder(linux, "big")).toEqual({ ...linux, byteOrder: "big" });
    expect(inByteOrder(inByteOrder(linux, "big"), linux.byteOrder)).toEqual(linux);
  });
});

describe("request and find", () => {
  const sa2 = { kind: "sa2", mode: 2, reserved1: 0, reserved2: 0, sequence: 0, reqid: 5 } as const;
  const hard = { kind: "lifetimeHard", allocations: 0, bytes: 0n, addTime: 1n, useTime: 0n } as const;
  const soft = { ...hard, kind: "lifetimeSoft" } as const;
  const message: OutgoingMessage = request("add", "esp", [soft, sa2, hard, { ...sa2, reqid: 6 }]);

  it("begins with version 2 and zeros", () => {
    expect(request(200, 4)).toEqual({
      version: 2,
      type: 200,
      saType: 4,
      errno: 0,
      reserved: 0,
      sequence: 0,
      pid: 0,
      extensions: [],
    });
  });

  it("finds the first of a kind, narrowed", () => {
    expect(find(message, "sa2")?.reqid).toBe(5);
    expect(find(message, "lifetimeHard")?.addTime).toBe(1n);
    expect(find(message, "lifetimeHard")).toBe(message.extensions[2]);
    expect(find(message, "lifetimeCurrent")).toBeUndefined();
  });
});
