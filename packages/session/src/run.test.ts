import { type Command, type Dialect, find, illumos, type OutgoingMessage, request } from "@keysock/wire";
import { expect, describe as group, it } from "vitest";
import type { SessionOptions } from "./options.ts";
import { openSession } from "./session.ts";
import { add, entry, get, onWire, refusal, remove } from "./testing/messages.ts";
import { describe, plain, type RunLog, runLog } from "./testing/run-log.ts";
import { type Step, scriptedSocket } from "./testing/scripted-socket.ts";

/** A request with the session's first number or the ones after it, answered by itself. */
const answered = (message: OutgoingMessage, number: number): Step => ({
  expect: onWire(message, 9000 + number),
  give: [onWire(message, 9000 + number)],
});

const dump = request("dump", "unspec");
const flush = request("flush", "unspec");

/** A request of some 20,000 bytes. */
const long = (spi: number): OutgoingMessage => ({
  ...add(spi),
  extensions: [
    ...add(spi).extensions,
    { kind: "identitySource", identityType: 2, reserved: 0, id: 0n, data: new Uint8Array(20_000) },
  ],
});

/** Looks at all SAs, then deletes each. */
function* deleteAll(): Command {
  const spis: number[] = [];
  for (const found of yield dump) {
    for (const extension of found.extensions) if (extension.kind === "sa") spis.push(extension.spi);
  }
  for (const spi of spis) yield remove(spi);
}

/** Catches the refusal of its GET and adds instead. */
function* addUnlessThere(spi: number): Command {
  const replies = yield get(spi);
  try {
    for (const _ of replies) return;
  } catch {
    yield add(spi);
  }
}

interface Row {
  name: string;
  steps: Step[];
  jobs: (log: RunLog) => Iterable<ReturnType<RunLog["job"]>>;
  lines: string[];
  batches: number[];
  options?: Partial<SessionOptions>;
  dialect?: Dialect;
}

const rows: Row[] = [
  {
    name: "nothing to do sends nothing",
    steps: [],
    jobs: () => [],
    lines: [],
    batches: [],
  },
  {
    name: "independent requests go out in one send, replies come back under 0",
    steps: [answered(add(1), 0), answered(add(2), 1), answered(get(1), 2)],
    jobs: (log) => [log.job("a", plain(add(1))), log.job("b", plain(add(2), get(1)))],
    lines: ["a: add 0x1 seq 0", "b: add 0x2 seq 0", "b: get 0x1 seq 0"],
    batches: [3],
  },
  {
    name: "a sequence that the command gave is kept",
    steps: [{ expect: onWire(add(1), 7), give: [onWire(add(1), 7)] }, answered(add(2), 0)],
    jobs: (log) => [log.job("a", plain({ ...add(1), sequence: 7 }, add(2)))],
    lines: ["a: add 0x1 seq 7", "a: add 0x2 seq 0"],
    batches: [2],
  },
  {
    name: "two requests with the same given sequence: replies in the order of the requests",
    steps: [
      { expect: onWire(add(1), 7), give: [onWire(add(1), 7)] },
      { expect: onWire(add(2), 7), give: [onWire(add(2), 7)] },
    ],
    jobs: (log) => [log.job("a", plain({ ...add(1), sequence: 7 }, { ...add(2), sequence: 7 }))],
    lines: ["a: add 0x1 seq 7", "a: add 0x2 seq 7"],
    batches: [2],
  },
  {
    name: "the same, while an earlier one waits for its reply",
    steps: [
      { expect: onWire(get(9), 9000) },
      { expect: onWire(add(1), 7), give: [onWire(add(1), 7)] },
      { expect: onWire(add(2), 7), give: [onWire(add(2), 7), onWire(get(9), 9000)] },
    ],
    jobs: (log) => [log.job("a", plain(get(9), { ...add(1), sequence: 7 }, { ...add(2), sequence: 7 }))],
    lines: ["a: get 0x9 seq 0", "a: add 0x1 seq 7", "a: add 0x2 seq 7"],
    batches: [3],
  },
  {
    name: "numbers wrap and are never 0",
    steps: [
      { expect: onWire(add(1), 0xffffffff), give: [onWire(add(1), 0xffffffff)] },
      { expect: onWire(add(2), 1), give: [onWire(add(2), 1)] },
    ],
    jobs: (log) => [log.job("a", plain(add(1), add(2)))],
    lines: ["a: add 0x1 seq 0", "a: add 0x2 seq 0"],
    batches: [2],
    options: { sequence: { first: 0xffffffff } },
  },
  {
    name: "a refusal in the middle of a pipeline is told in its place, the rest still runs",
    steps: [
      answered(add(1), 0),
      { expect: onWire(add(2), 9001), give: [onWire(refusal(add(2), 17), 9001)] },
      answered(add(3), 2),
    ],
    jobs: (log) => [1, 2, 3].map((spi) => log.job(`${spi}`, plain(add(spi)))),
    lines: ["1: add 0x1 seq 0", '2: "add" was refused: File exists (EEXIST)', "3: add 0x3 seq 0"],
    batches: [3],
  },
  {
    name: "replies that come in another order are told in the order of the requests",
    steps: [
      { expect: onWire(add(1), 9000) },
      { expect: onWire(add(2), 9001), give: [onWire(add(2), 9001), onWire(add(1), 9000)] },
    ],
    jobs: (log) => [log.job("a", plain(add(1), add(2)))],
    lines: ["a: add 0x1 seq 0", "a: add 0x2 seq 0"],
    batches: [2],
  },
  {
    name: "a full window is sent and settled before the next request",
    steps: Array.from({ length: 33 }, (_, at) => answered(add(at + 1), at)),
    jobs: (log) => [log.job("a", plain(...Array.from({ length: 33 }, (_, at) => add(at + 1))))],
    lines: Array.from({ length: 33 }, (_, at) => `a: add 0x${(at + 1).toString(16)} seq 0`),
    batches: [32, 1],
  },
  {
    name: "a window is full by bytes, too",
    steps: [answered(long(1), 0), answered(long(2), 1), answered(add(3), 2)],
    jobs: (log) => [log.job("a", plain(long(1), long(2), add(3)))],
    lines: ["a: add 0x1 seq 0", "a: add 0x2 seq 0", "a: add 0x3 seq 0"],
    batches: [2, 1],
  },
  {
    name: "a flush stands alone",
    steps: [answered(add(1), 0), answered(flush, 1), answered(add(2), 2)],
    jobs: (log) => [log.job("a", plain(add(1))), log.job("b", plain(flush)), log.job("c", plain(add(2)))],
    lines: ["a: add 0x1 seq 0", "b: flush seq 0", "c: add 0x2 seq 0"],
    batches: [1, 1, 1],
  },
  {
    name: "Linux's second reply to a flush is dropped",
    steps: [
      { expect: onWire(flush, 9000), give: [onWire(flush, 9000), onWire(flush, 9000)] },
      { expect: onWire(dump, 9001), give: [onWire(refusal(dump, 2), 9001)] },
    ],
    jobs: (log) => [log.job("a", plain(flush)), log.job("b", plain(dump))],
    lines: ["a: flush seq 0", 'b: "dump" was refused: No such file or directory (ENOENT)'],
    batches: [1, 1],
  },
  {
    name: "two flushes, each answered twice, before a dump",
    steps: [
      { expect: onWire(flush, 9000), give: [onWire(flush, 9000), onWire(flush, 9000)] },
      { expect: onWire(flush, 9001), give: [onWire(flush, 9001), onWire(flush, 9001)] },
      { expect: onWire(dump, 9002), give: [onWire(entry(5, 0), 0)] },
    ],
    jobs: (log) => [log.job("a", plain(flush, flush)), log.job("b", plain(dump))],
    lines: ["a: flush seq 0", "a: flush seq 0", "b: dump 0x5 seq 0"],
    batches: [1, 1, 1],
  },
  {
    name: "a dump ends with sequence 0 and keeps the kernel's numbers; broadcasts of others do not end it",
    steps: [
      {
        expect: onWire(dump, 9000),
        give: [
          onWire(entry(1, 0), 1),
          onWire(add(9), 0, 200),
          onWire(request("acquire", "esp"), 0, 0),
          onWire(entry(2, 0), 2),
          onWire(refusal(dump, 2), 0, 200),
          onWire(entry(3, 0), 0),
        ],
      },
    ],
    jobs: (log) => [log.job("a", plain(dump))],
    lines: ["a: dump 0x1 seq 1", "a: dump 0x2 seq 2", "a: dump 0x3 seq 0"],
    batches: [1],
  },
  {
    name: "a dump that ends with a message of its own (illumos) gives its entries only",
    steps: [
      {
        expect: onWire(dump, 9000),
        give: [onWire(entry(1, 0), 9000), onWire(entry(2, 0), 9000), onWire(dump, 0)],
      },
    ],
    jobs: (log) => [log.job("a", plain(dump))],
    lines: ["a: dump 0x1 seq 0", "a: dump 0x2 seq 0"],
    batches: [1],
    dialect: illumos,
  },
  {
    name: "an empty dump on illumos",
    steps: [{ expect: onWire(dump, 9000), give: [onWire(dump, 0)] }],
    jobs: (log) => [log.job("a", plain(dump))],
    lines: [],
    batches: [1],
    dialect: illumos,
  },
  {
    name: "an entry that cannot be dumped ends a Linux dump with a negative errno in a byte",
    steps: [
      {
        expect: onWire(dump, 9000),
        give: [onWire(entry(1, 0), 1), onWire({ ...entry(2, 0), errno: 256 - 22 }, 0)],
      },
    ],
    jobs: (log) => [log.job("a", plain(dump))],
    lines: ["a: dump 0x1 seq 1", 'a: "dump" was refused: Invalid argument (EINVAL)'],
    batches: [1],
  },
  {
    name: "a command that looks first and then writes",
    steps: [
      answered(add(1), 0),
      { expect: onWire(dump, 9001), give: [onWire(entry(1, 0), 1), onWire(entry(2, 0), 0)] },
      answered(remove(1), 2),
      answered(remove(2), 3),
      answered(add(3), 4),
    ],
    jobs: (log) => [log.job("a", plain(add(1))), log.job("b", deleteAll()), log.job("c", plain(add(3)))],
    lines: ["a: add 0x1 seq 0", "b: delete 0x1 seq 0", "b: delete 0x2 seq 0", "c: add 0x3 seq 0"],
    batches: [1, 1, 3],
  },
  {
    name: "a refusal that the command catches",
    steps: [
      answered(add(1), 0),
      { expect: onWire(get(5), 9001), give: [onWire(refusal(get(5), 3), 9001)] },
      answered(add(5), 2),
    ],
    jobs: (log) => [log.job("a", plain(add(1))), log.job("b", addUnlessThere(5))],
    lines: ["a: add 0x1 seq 0", "b: add 0x5 seq 0"],
    batches: [2, 1],
  },
  {
    name: "a refusal that the command does not catch ends it and goes to its job",
    steps: [{ expect: onWire(dump, 9000), give: [onWire(refusal(dump, 2), 9000)] }, answered(add(3), 1)],
    jobs: (log) => [log.job("a", deleteAll()), log.job("b", plain(add(3)))],
    lines: ['a: "dump" was refused: No such file or directory (ENOENT)', "b: add 0x3 seq 0"],
    batches: [1, 1],
  },
  {
    name: "a command that stops in the middle of a dump has the rest drained",
    steps: [
      {
        expect: onWire(dump, 9000),
        give: [1, 2, 0].map((sequence) => onWire(entry(sequence + 1, 0), sequence)),
      },
      answered(add(3), 1),
    ],
    jobs: (log) => [
      log.job(
        "a",
        (function* (): Command {
          for (const found of yield dump) {
            log.lines.push(`looked at ${describe(found)}`);
            break;
          }
          yield add(3);
        })(),
      ),
    ],
    lines: ["looked at dump 0x2 seq 1", "a: add 0x3 seq 0"],
    batches: [1, 1],
  },
  {
    name: "a command that writes while it looks",
    steps: [
      {
        expect: onWire(dump, 9000),
        give: [onWire(entry(1, 0), 1), onWire(entry(2, 0), 2), onWire(entry(3, 0), 0)],
      },
      answered(remove(1), 1),
      answered(remove(2), 2),
      answered(remove(3), 3),
    ],
    jobs: (log) => [
      log.job(
        "a",
        (function* (): Command {
          for (const found of yield dump) {
            log.lines.push(`looked at ${describe(found)}`);
            yield remove(find(found, "sa")?.spi ?? 0);
          }
        })(),
      ),
    ],
    lines: [
      "looked at dump 0x1 seq 1",
      "looked at dump 0x2 seq 2",
      "looked at dump 0x3 seq 0",
      "a: delete 0x1 seq 0",
      "a: delete 0x2 seq 0",
      "a: delete 0x3 seq 0",
    ],
    batches: [1, 3],
  },
  {
    name: "as given: one at a time, under 0, told apart by type and pid",
    steps: [
      { expect: onWire(flush, 0), give: [onWire(flush, 0), onWire(flush, 0)] },
      { expect: onWire(add(1), 0), give: [onWire(add(7), 0, 200), onWire(add(1), 0)] },
      { expect: onWire(get(2), 0), give: [onWire(refusal(get(2), 3), 0)] },
      { expect: onWire(dump, 0), give: [onWire(entry(1, 0), 1), onWire(entry(2, 0), 0)] },
    ],
    jobs: (log) => [log.job("a", plain(flush, add(1))), log.job("b", plain(get(2), dump))],
    lines: [
      "a: flush seq 0",
      "a: add 0x1 seq 0",
      'b: "get" was refused: No such process (ESRCH)',
      "b: dump 0x1 seq 1",
      "b: dump 0x2 seq 0",
    ],
    batches: [1, 1, 1, 1],
    options: { sequence: "as-given" },
  },
  {
    name: "an ACQUIRE has no reply, and the next request does not wait for one",
    steps: [{ expect: onWire(request("acquire", "esp"), 5) }, answered(add(1), 0)],
    jobs: (log) => [log.job("a", plain({ ...request("acquire", "esp"), sequence: 5 }, add(1)))],
    lines: ["a: add 0x1 seq 0"],
    batches: [1, 1],
  },
  {
    name: "an ACQUIRE can be refused",
    steps: [
      {
        expect: onWire(request("acquire", "esp"), 5),
        give: [onWire(refusal(request("acquire", "esp"), 95), 5)],
      },
    ],
    jobs: (log) => [log.job("a", plain({ ...request("acquire", "esp"), sequence: 5 }))],
    lines: ['a: "acquire" was refused: Operation not supported (EOPNOTSUPP)'],
    batches: [1],
  },
  {
    name: "sending fails in the middle: the error is that request's, what was not accepted goes again",
    steps: [
      answered(add(1), 0),
      { expect: onWire(add(2), 9001), fail: 90 },
      answered(add(3), 2),
      { expect: onWire(add(4), 9003), fail: 22 },
      answered(add(5), 4),
    ],
    jobs: (log) => [1, 2, 3, 4, 5].map((spi) => log.job(`${spi}`, plain(add(spi)))),
    lines: [
      "1: add 0x1 seq 0",
      '2: "add" was refused: Message too long (EMSGSIZE)',
      "3: add 0x3 seq 0",
      '4: "add" was refused: Invalid argument (EINVAL)',
      "5: add 0x5 seq 0",
    ],
    batches: [5, 3, 1],
  },
];

group("run", () => {
  it.each(rows)("$name", ({ steps, jobs, lines, batches, options, dialect }) => {
    const socket = scriptedSocket(steps, dialect);
    const session = openSession(socket, { pid: 100, sequence: { first: 9000 }, now: socket.now, ...options });
    const log = runLog();
    session.run(jobs(log));
    expect({
      lines: log.lines,
      batches: socket.batches,
      steps: socket.left().steps,
      now: socket.now(),
    }).toEqual({
      lines,
      batches,
      steps: 0,
      now: 0,
    });
  });
});
