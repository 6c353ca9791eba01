import { setkeyCases } from "@keysock/goldens";
import { decode, inByteOrder, linux } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { openSession } from "./session.ts";
import { recordedSocket } from "./testing/recorded-socket.ts";
import { plain, runLog } from "./testing/run-log.ts";

const dialect = inByteOrder(linux, "little");

/**
 * After a flush that was answered twice the original took each reply for the one to the next request, and in a
 * deleteall it took the rest of its dump for the replies to what followed: so it ended before it had read the reply to
 * its last request, and that is not in the recording.
 */
const lastReplyUnread: { readonly [name: string]: string } = {
  "deleteall-esp": "dump",
  "deleteall-many": "dump",
  "deleteall-v6": "dump",
  "flush-ah": "dump",
  "flush-esp": "dump",
  "flush-then-add": "get",
  "flush-then-dump-stdin": "dump",
  "man-all": "spddump",
  "man-all-stdin": "spddump",
  "man-examples-verbose": "spdadd",
  "spdflush-then-dump": "spddump",
  "verbose-deleteall": "delete",
};

describe("recorded runs of setkey", () => {
  it.each(setkeyCases().filter(({ sent }) => sent.length > 0))("$name", (recorded) => {
    const requests = recorded.sent.map((bytes) => decode(bytes, dialect).message);
    const socket = recordedSocket(recorded);
    const session = openSession(socket, { pid: requests[0]!.pid, sequence: "as-given", replyTimeoutMs: 1 });
    const log = runLog();
    session.run([log.job("", plain(...requests))]);
    // What a monitor went on to hear.
    while (session.receive(1) !== undefined) expect(recorded.name).toMatch(/^monitor/);
    const unread = lastReplyUnread[recorded.name];
    expect({ left: socket.left(), lost: log.lines.filter((line) => line.includes("no reply")) }).toEqual({
      left: { sent: 0, received: 0 },
      lost: unread === undefined ? [] : [`: "${unread}" got no reply within 1 ms`],
    });
  });
});
