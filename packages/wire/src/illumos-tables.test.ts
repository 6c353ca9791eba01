import { describe, expect, it } from "vitest";
import { errnoOf } from "./errno.ts";
import { AlgorithmType } from "./extended-proposal.ts";
import { IllumosIdentityType } from "./identity.ts";
import { illumos } from "./illumos.ts";
import { KmProtocol } from "./km-cookie.ts";
import { messageTypeName, messageTypeNumber, saTypeName, saTypeNumber } from "./numbers.ts";
import { IllumosSaFlag, SaState } from "./sa.ts";
import { IllumosSensitivityFlag } from "./sensitivity.ts";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("numbers and names of illumos", () => {
  it("message types", () => {
    const names = range(0, 16).map((number) => messageTypeName(number, illumos));
    expect(names).toEqual([
      0,
      "getspi",
      "update",
      "add",
      "delete",
      "get",
      "acquire",
      "register",
      "expire",
      "flush",
      "dump",
      "promisc",
      "inverse-acquire",
      "updatepair",
      "delpair",
      "delpair-state",
      16,
    ]);
    expect(names.map((name) => messageTypeNumber(name, illumos))).toEqual(range(0, 16));
    expect(() => messageTypeNumber("spdadd", illumos)).toThrow(
      '"spdadd" is no value for message.type: expected a name that illumos has a number for',
    );
  });

  it("SA types", () => {
    const names = range(0, 9).map((number) => saTypeName(number, illumos));
    expect(names).toEqual(["unspec", 1, "ah", "esp", "tcpsig", "rsvp", "ospfv2", "ripv2", "mip", 9]);
    expect(names.map((name) => saTypeNumber(name, illumos))).toEqual(range(0, 9));
    expect(() => saTypeNumber("ipcomp", illumos)).toThrow(
      '"ipcomp" is no value for message.saType: expected a name that illumos has a number for',
    );
  });

  it("extensions 1 to 28", () => {
    const { byType, byKind } = illumos.tables.extensions;
    expect([...byType.keys()]).toEqual(range(1, 28));
    for (const row of byType.values()) expect(byKind.get(row.kind)).toBe(row);
  });
});

describe("errno of illumos", () => {
  const cases: [errno: number, name: string, text: string][] = [
    [0, "E0", "Error 0"],
    [1, "EPERM", "Not owner"],
    [2, "ENOENT", "No such file or directory"],
    [3, "ESRCH", "No such process"],
    [5, "EIO", "I/O error"],
    [11, "EAGAIN", "Resource temporarily unavailable"],
    [12, "ENOMEM", "Not enough space"],
    [13, "EACCES", "Permission denied"],
    [16, "EBUSY", "Device busy"],
    [17, "EEXIST", "File exists"],
    [22, "EINVAL", "Invalid argument"],
    [48, "ENOTSUP", "Operation not supported"],
    [71, "EPROTO", "Protocol error"],
    [76, "E76", "Unknown error"],
    [89, "ENOSYS", "Operation not applicable"],
    [97, "EMSGSIZE", "Message too long"],
    [120, "EPROTONOSUPPORT", "Protocol not supported"],
    [122, "EOPNOTSUPP", "Operation not supported on transport endpoint"],
    [124, "EAFNOSUPPORT", "Address family not supported by protocol family"],
    [132, "ENOBUFS", "No buffer space available"],
    [145, "ETIMEDOUT", "Connection timed out"],
    [151, "ESTALE", "Stale NFS file handle"],
    [200, "E200", "Unknown error"],
  ];
  it.each(cases)("%d is %s", (errno, name, text) => {
    expect(errnoOf(errno, illumos)).toEqual({ name, text });
  });

  it("has every number to 151 but those that were never given out, each with a name of its own", () => {
    expect(range(0, 152).filter((errno) => !illumos.tables.errnos.has(errno))).toEqual([
      75,
      76,
      ...range(100, 119),
      ...range(135, 142),
      152,
    ]);
    const names = range(0, 152).map((errno) => errnoOf(errno, illumos).name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("constants of illumos", () => {
  it("count from 0 or 1 without a gap", () => {
    expect(Object.values(SaState)).toEqual(range(0, 6));
    expect(Object.values(IllumosIdentityType)).toEqual(range(1, 7));
    expect(Object.values(KmProtocol)).toEqual(range(0, 3));
    expect(Object.values(AlgorithmType)).toEqual(range(0, 3));
    expect(Object.values(IllumosSensitivityFlag)).toEqual([1, 2]);
  });

  it("SA flags are bits 0, 1 and 12 to 31, each once", () => {
    const bits = Object.values(IllumosSaFlag).map(Math.log2);
    expect(bits).toEqual([0, 1, ...range(12, 31)]);
  });
});
