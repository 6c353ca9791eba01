import { describe, expect, it } from "vitest";
import { trafficOf } from "./strace.ts";

const open = "1795379131.259161 socket(AF_KEY, SOCK_RAW, PF_KEY_V2) = 3";

const rows: [name: string, lines: string[], sent: string[], received: string[]][] = [
  [
    "send and recv",
    [
      open,
      String.raw`1795379131.259162 sendto(3, "\x02\x07\x00\x00", 4, 0, NULL, 0) = 4`,
      String.raw`1795379131.259163 recvfrom(3, "\x02\x07\x00\x16", 65536, 0, NULL, NULL) = 4`,
    ],
    ["02070000"],
    ["02070016"],
  ],
  [
    "what is only looked at",
    [
      open,
      String.raw`1795379131.259163 recvfrom(3, "\x02\x07", 2, MSG_PEEK, NULL, NULL) = 2`,
      String.raw`1795379131.259164 recvfrom(3, "\x02\x07\x00\x16", 4, 0, NULL, NULL) = 4`,
    ],
    [],
    ["02070016"],
  ],
  [
    "failed reads",
    [
      open,
      "1795379131.259162 recvfrom(3, 0x55, 65536, 0, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable)",
      "1795379131.259163 recvfrom(3, 0x55, 65536, MSG_PEEK, NULL, NULL) = -1 ENOBUFS (No buffer space available)",
      "1795379131.259164 recvmmsg(3, 0x55, 32, MSG_DONTWAIT, NULL) = -1 EAGAIN (Resource temporarily unavailable)",
      "1795379131.259165 recvfrom(3, 0x55, 65536, 0, NULL, NULL) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)",
      "1795379131.259166 recvfrom(3,  <unfinished ...>) = ?",
      "1795379131.259167 +++ killed by SIGTERM +++",
    ],
    [],
    ["!ERR", "!ERR"],
  ],
  [
    "a message that the kernel does not take",
    [open, String.raw`1795379131.259162 sendto(3, "\x03\x07", 2, 0, NULL, 0) = -1 EINVAL (Invalid argument)`],
    [],
    [],
  ],
  [
    "other sockets, and a number that is used again",
    [
      "1795379131.1 socket(AF_UNIX, SOCK_STREAM, 0) = 4",
      open,
      String.raw`1795379131.259162 sendto(4, "\x01", 1, 0, NULL, 0) = 1`,
      "1795379131.259163 close(3)                = 0",
      "1795379131.259164 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3",
      String.raw`1795379131.259165 sendto(3, "\x01", 1, 0, NULL, 0) = 1`,
    ],
    [],
    [],
  ],
  [
    "messages in pieces and many at once",
    [
      open,
      String.raw`1795379131.259162 sendmsg(3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="\x02\x07", iov_len=2}, {iov_base="\x00\x16", iov_len=2}], msg_iovlen=2, msg_controllen=0, msg_flags=0}, 0) = 4`,
      String.raw`1795379131.259163 sendmmsg(3, [{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="\x02\x01", iov_len=2}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, msg_len=2}, {msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="\x02\x02", iov_len=2}], msg_iovlen=1, msg_controllen=0, msg_flags=0}}], 2, MSG_NOSIGNAL) = 1`,
      String.raw`1795379131.259164 recvmmsg(3, [{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="\x02\x03\x00\x00", iov_len=65536}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, msg_len=3}, {msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="\x02\x04", iov_len=65536}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, msg_len=2}], 32, MSG_DONTWAIT|MSG_TRUNC, NULL) = 2`,
    ],
    ["02070016", "0201"],
    ["020300", "0204"],
  ],
];

describe("what strace saw", () => {
  it.each(rows)("%s", (_, lines, sent, received) => {
    const traffic = trafficOf([`${lines.join("\n")}\n`]);
    const hex = (bytes: Uint8Array | undefined) => (bytes ? Buffer.from(bytes).toString("hex") : "!ERR");
    expect([traffic.sent.map(hex), traffic.received.map(hex)]).toEqual([sent, received]);
  });

  it("of threads is one, in order of time", () => {
    const one = String.raw`1795379131.259164 sendto(3, "\x02", 1, 0, NULL, 0) = 1`;
    const other = String.raw`1795379131.259163 sendto(3, "\x01", 1, 0, NULL, 0) = 1`;
    expect(trafficOf([`${one}\n`, `${open}\n${other}\n`]).sent).toEqual([Uint8Array.of(1), Uint8Array.of(2)]);
  });

  it("is refused where it was cut off", () => {
    const line = String.raw`1795379131.259164 sendto(3, "\x02\x07"..., 16, 0, NULL, 0) = 16`;
    expect(() => trafficOf([`${open}\n${line}\n`])).toThrow("strace shows 2 bytes of a message of 16");
  });
});
