import { decode, find, linux, linuxXfrm, type OutgoingMessage, request, SaState } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { NetlinkFlag, XfrmGroup } from "../numbers.ts";
import {
  add,
  adds,
  done,
  EEXIST,
  EINTR,
  EINVAL,
  ENOBUFS,
  ENOENT,
  ESRCH,
  flushSa,
  inShort,
  migrate,
  multi,
  newSa,
  notified,
  open,
} from "../testing/bridged.ts";
import { destination, heard, ipsecRequest, numbered, policy, sa, send, source } from "../testing/pfkey.ts";
import {
  acknowledge,
  type PretendKernel,
  portId,
  pretendKernel,
  type Said,
} from "../testing/pretend-kernel.ts";
import { policyInfo, template } from "../testing/values.ts";
import { openXfrmKeySocket } from "./xfrm-key-socket.ts";

describe("a reply", () => {
  it("is what the kernel tells everybody, under the request's numbers", () => {
    const { kernel, socket } = open(adds);
    send(socket, numbered(add(1), 5));
    expect(inShort(socket)).toEqual(["add 5 4242 1"]);
    expect(kernel.asked.flat()).toMatchObject([{ sequence: 5, portId: 4242, flags: 5 }]);
  });

  it("is found among others' changes", () => {
    const { socket, kernel } = open((question) => [
      { ...newSa(7), portId: 4242 },
      { ...newSa(8), portId: 1, sequence: 1 },
      ...adds(question),
    ]);
    send(socket, numbered(add(1), 5));
    expect(inShort(socket)).toEqual(["add 5 4242 7", "add 1 1 8", "add 5 4242 1"]);
    kernel.say({ ...newSa(1), portId: 4242, sequence: 5 });
    expect(inShort(socket)).toEqual(["add 5 4242 1"]);
  });

  it.each([
    ["FLUSH of nothing", request("flush", "ah"), ["flush 9 4242 "]],
    ["SPDFLUSH of nothing", request("spdflush", "unspec"), ["spdflush 9 4242 "]],
    ["DELETE", request("delete", "esp", [sa(), source, destination]), ["delete 9 4242 4096"]],
    ["MIGRATE has none", migrate, []],
  ])("is the request where only the acknowledgement is heard: %s", (_, message, replies) => {
    const { socket } = open();
    send(socket, numbered(message));
    expect(inShort(socket)).toEqual(replies);
  });

  it.each([
    ["ADD", add(1), { type: "getSa", body: { spi: 1, protocol: 50, family: 2 } }, newSa(1), "add 9 4242 1"],
    [
      "SPDADD",
      request("spdadd", "unspec", [source, destination, policy()]),
      { type: "getPolicy", body: { selector: { protocol: 0 }, direction: 1, index: 0 } },
      { type: "newPolicy", body: policyInfo(), attributes: [] },
      "spdadd 9 4242 ",
    ],
  ] satisfies [string, OutgoingMessage, object, Said, string][])(
    "is asked for where only the acknowledgement is heard: %s",
    (_, message, question, found, reply) => {
      const { socket, kernel } = open(({ type }) => (`${type}`.startsWith("get") ? [found] : []));
      send(socket, numbered(message));
      expect(inShort(socket)).toEqual([reply]);
      expect(kernel.asked[1]).toMatchObject([question]);
    },
  );

  it("says what the question after it came to", () => {
    const { socket } = open(({ type }) => (type === "getSa" ? [acknowledge(ESRCH)] : []));
    send(socket, numbered(add(1)));
    expect(inShort(socket)).toEqual([`add 9 4242 errno ${ESRCH}`]);
  });

  it.each([
    ["of an SA that stays", [newSa(1)], SaState.dead],
    ["of a larval SA", [{ ...newSa(1), attributes: [] } as Said], SaState.mature],
    ["of an SA that has gone before", [acknowledge(ESRCH)], SaState.mature],
  ])("to an UPDATE %s", (_, there, state) => {
    const { socket } = open((question) =>
      question.type === "getSa"
        ? there
        : [notified({ ...(newSa(1) as Extract<Said, { type: "newSa" }>), type: "updSa" }, question)],
    );
    send(socket, numbered({ ...add(1), type: "update" }));
    const [reply] = heard(socket);
    expect([reply?.type, find(reply!, "sa")?.state]).toEqual(["update", state]);
  });

  it("to SPDSETIDX says SPDADD, as PF_KEY's does", () => {
    const { socket } = open((question) => [
      notified({ type: "newPolicy", body: policyInfo(), attributes: [] }, question),
    ]);
    send(socket, numbered(request("spdsetidx", "unspec", [source, destination, policy()])));
    expect(inShort(socket)).toEqual(["spdadd 9 4242 "]);
  });

  it("to REGISTER lists what a Linux may have, in PF_KEY's order, and what only XFRM sets at the end", () => {
    const { socket, kernel } = open();
    send(socket, numbered(request("register", "unspec")));
    const [reply] = heard(socket);
    expect(find(reply!, "supportedAuthentication")?.algorithms.map(({ id }) => id)).toEqual([
      251, 2, 3, 5, 6, 7, 8, 9, 10,
    ]);
    expect(find(reply!, "supportedEncryption")?.algorithms.map(({ id }) => id)).toEqual([
      11, 2, 3, 6, 7, 12, 252, 22, 253, 13, 24, 14, 15, 16, 18, 19, 20, 23,
    ]);
    expect(find(reply!, "supportedEncryption")?.algorithms[15]).toEqual({
      id: 19,
      ivLength: 8,
      minBits: 160,
      maxBits: 288,
      reserved: 0,
    });
    expect(kernel.asked).toEqual([]);
  });
});

describe("a refusal", () => {
  it("is the header with the errno, and the kernel's words", () => {
    const { socket } = open(() => [acknowledge(EINVAL, "Invalid mode")]);
    send(socket, numbered(add(1)));
    expect(heard(socket)).toMatchObject([
      {
        type: "add",
        saType: "esp",
        errno: EINVAL,
        sequence: 9,
        pid: 4242,
        extensions: [{ kind: "xfrm", errorText: "Invalid mode" }],
      },
    ]);
  });

  it("without words has no extensions", () => {
    const { socket } = open(() => [acknowledge(EEXIST)]);
    send(socket, numbered(add(1)));
    expect(heard(socket)).toMatchObject([{ errno: EEXIST, extensions: [] }]);
  });

  it("of the bridge's own comes in its turn", () => {
    const { socket } = open(adds);
    send(
      socket,
      numbered(add(1), 1),
      numbered(request("get", "unspec", [sa(), source, destination]), 2),
      numbered(add(3), 3),
    );
    expect(inShort(socket)).toEqual(["add 1 4242 1", `get 2 4242 errno ${ESRCH}`, "add 3 4242 3"]);
  });

  it.each([
    ["too short", new Uint8Array(8), "EMSGSIZE"],
    ["another version", Uint8Array.of(1, 9, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), "EINVAL"],
    ["type 0", Uint8Array.of(2, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), "EINVAL"],
    ["another length", Uint8Array.of(2, 9, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), "EMSGSIZE"],
  ])("of send itself: %s", (_, bytes, code) => {
    const { socket, kernel } = open();
    const flush = Uint8Array.of(2, 9, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(() => socket.send([flush, bytes, flush])).toThrow(
      expect.objectContaining({ name: "SendRefusedError", code, sent: 1 }),
    );
    expect(kernel.asked.flat()).toHaveLength(1);
    expect(inShort(socket)).toEqual(["flush 0 0 "]);
  });
});

describe("many requests", () => {
  const spis = Array.from({ length: 100 }, (_, index) => index + 1);

  it("go out together, and are answered in order", () => {
    const { socket, kernel } = open(adds);
    send(socket, ...spis.map((spi) => numbered(add(spi), spi)));
    expect(kernel.asked.map(({ length }) => length)).toEqual([32, 32, 32, 4]);
    expect(inShort(socket)).toEqual(spis.map((spi) => `add ${spi} 4242 ${spi}`));
  });

  it("under one number are told apart", () => {
    const { socket, kernel } = open(adds);
    send(socket, ...spis.slice(0, 5).map((spi) => numbered(add(spi), 0)));
    expect(inShort(socket)).toEqual(spis.slice(0, 5).map((spi) => `add 0 4242 ${spi}`));
    expect(new Set(kernel.asked.flat().map(({ sequence }) => sequence)).size).toBe(5);
  });

  it("have a number again once a request under it was answered", () => {
    const { socket, kernel } = open(adds);
    for (const spi of spis) {
      send(socket, numbered(add(spi), 0));
      expect(socket.receive(0)).toBeDefined();
    }
    expect(new Set(kernel.asked.flat().map(({ sequence }) => sequence))).toEqual(new Set([0]));
  });

  it("do not leave their keys with the kernel's socket", () => {
    const sent: Uint8Array[] = [];
    const kernel: PretendKernel = { ...pretendKernel(), send: (datagrams) => void sent.push(...datagrams) };
    send(openXfrmKeySocket(kernel), numbered(add(1)));
    expect(sent).toEqual([new Uint8Array(sent[0]!.length)]);
  });

  it("are forgotten where they could not be sent", () => {
    const trouble = new Error("no memory");
    const { kernel, socket } = open();
    const sends = kernel.send;
    kernel.send = () => {
      throw trouble;
    };
    expect(() => send(socket, numbered(add(1)))).toThrow(trouble);
    expect(() => send(socket, numbered(request("dump", "esp")))).toThrow(trouble);
    kernel.send = sends;
    send(socket, numbered(request("flush", "esp")));
    expect(inShort(socket)).toEqual(["flush 9 4242 "]);
    expect(kernel.asked.flat()).toMatchObject([{ type: "flushSa", sequence: 9 }]);
  });
});

describe("a dump", () => {
  const three = [newSa(3, multi), newSa(2, multi), newSa(1, multi), done()];

  it("is numbered, and the last entry has sequence 0", () => {
    const { socket, kernel } = open(() => three);
    send(socket, numbered(request("dump", "esp")));
    expect(inShort(socket)).toEqual(["dump 1 4242 3", "dump 2 4242 2", "dump 0 4242 1"]);
    expect(kernel.asked.flat()).toMatchObject([{ type: "getSa", flags: 0x301, portId }]);
  });

  it.each([
    ["of nothing", [done()], [`dump 9 4242 errno ${ENOENT}`]],
    ["that the kernel refuses", [acknowledge(1)], ["dump 9 4242 errno 1"]],
    ["that is refused at its end", [done(EINVAL)], [`dump 9 4242 errno ${EINVAL}`]],
    ["that breaks off", [newSa(1, multi), done(EINVAL)], ["dump 1 4242 1", `dump 9 4242 errno ${EINVAL}`]],
    [
      "during which something changed",
      [newSa(1, multi | NetlinkFlag.dumpInterrupted), done()],
      ["dump 1 4242 1", `dump 9 4242 errno ${EINTR}`],
    ],
  ])("%s", (_, answers, replies) => {
    const { socket } = open(() => answers);
    send(socket, numbered(request("dump", "esp")));
    expect(inShort(socket)).toEqual(replies);
  });

  it("of policies has no hold on them", () => {
    const { socket } = open(() => [
      { type: "newPolicy", flags: multi, body: policyInfo(), attributes: [] },
      done(),
    ]);
    send(socket, numbered(request("spddump", "unspec")));
    expect(heard(socket)).toMatchObject([{ type: "spddump", sequence: 0, reserved: 1 }]);
  });

  it("waits for the one before it", () => {
    const { socket, kernel } = open(() => three);
    send(socket, numbered(request("dump", "esp")), numbered(request("dump", "ah")));
    expect(kernel.asked.flat()).toHaveLength(1);
    expect(inShort(socket)).toHaveLength(6);
    expect(kernel.asked.flat()).toMatchObject([
      { attributes: [{ kind: "proto", value: 50 }] },
      { attributes: [{ kind: "proto", value: 51 }] },
    ]);
  });

  it("leaves what changes meanwhile to be heard", () => {
    const { socket } = open(() => [newSa(3, multi), { ...newSa(4), portId: 5, sequence: 6 }, done()]);
    send(socket, numbered(request("dump", "esp")));
    expect(inShort(socket)).toEqual(["add 6 5 4", "dump 0 4242 3"]);
  });
});

describe("who hears what", () => {
  const changes = [XfrmGroup.sa, XfrmGroup.policy, XfrmGroup.migrate];
  const all = [...changes, XfrmGroup.expire, XfrmGroup.acquire, XfrmGroup.mapping];
  const on = 1;

  it.each([
    ["everybody hears changes", [], changes],
    ["REGISTER adds what the kernel tells by itself", [request("register", "esp")], all],
    ["REGISTER of no type does not", [request("register", "unspec")], changes],
    ["PROMISC does", [request("promisc", on)], all],
    ["PROMISC off", [request("promisc", on), request("promisc", "unspec")], changes],
    [
      "PROMISC off after REGISTER",
      [request("register", "ah"), request("promisc", on), request("promisc", "unspec")],
      all,
    ],
  ] as const)("%s", (_, messages, groups) => {
    const { socket, kernel } = open();
    send(socket, ...messages.map((message) => numbered(message)));
    expect([...kernel.groups].sort()).toEqual([...groups].sort());
    expect(heard(socket).map(({ type, errno }) => [type, errno])).toEqual(
      messages.map(({ type }) => [type, 0]),
    );
  });

  it("cannot register twice for a type", () => {
    const { socket } = open();
    send(
      socket,
      numbered(request("register", "esp")),
      numbered(request("register", "ah")),
      numbered(request("register", "esp")),
    );
    expect(heard(socket).map(({ errno }) => errno)).toEqual([0, 0, EEXIST]);
  });

  it("says nothing to a failed ACQUIRE", () => {
    const { socket, kernel } = open();
    send(socket, { ...numbered(request("acquire", "esp")), errno: 3 });
    expect([heard(socket), kernel.asked]).toEqual([[], []]);
  });
});

describe("level unique without a reqid", () => {
  const unique = (reqid = 0) =>
    numbered(
      request("spdadd", "unspec", [
        source,
        destination,
        policy({ requests: [{ ...ipsecRequest, level: 3, reqid }] }),
      ]),
    );
  const withReqid = (reqid: number, type: "newPolicy" | "updPolicy" = "newPolicy"): Said => ({
    type,
    body: policyInfo(),
    attributes: [{ kind: "tmpl", value: [template({ reqid })] }],
  });
  const reqids = ({ asked }: PretendKernel) =>
    asked
      .flat()
      .flatMap((question) =>
        question.type === "newPolicy"
          ? question.attributes.map((one) => (one.kind === "tmpl" ? one.value[0]?.reqid : undefined))
          : [],
      );

  it("gets one from 0x4000 up that no policy has", () => {
    const { socket, kernel } = open(({ type }) =>
      type === "getPolicy" ? [withReqid(0x4000), withReqid(0x4002), withReqid(7), done()] : [],
    );
    send(socket, unique(), unique(), unique(5), unique(0x4001));
    kernel.say(withReqid(0x4005, "updPolicy"));
    heard(socket);
    send(socket, unique());
    expect(reqids(kernel)).toEqual([0x4001, 0x4003, 5, 0x4004, 0x4006]);
    expect(
      kernel.asked.flat().filter(({ flags }) => (flags & NetlinkFlag.dump) === NetlinkFlag.dump),
    ).toHaveLength(1);
  });

  it("gets one also where messages were lost before", () => {
    const { socket, kernel } = open(({ type }) => (type === "getPolicy" ? [withReqid(0x4000), done()] : []));
    const lost = new Error("lost messages");
    kernel.fail(lost);
    send(socket, unique());
    expect(reqids(kernel)).toEqual([0x4001]);
    expect(() => socket.receive(0)).toThrow(lost);
    expect(heard(socket)).toMatchObject([{ type: "spdadd", errno: 0 }]);
  });

  it("is refused where the socket is broken", () => {
    const { socket, kernel } = open();
    const broken = new Error("broken");
    kernel.receive = () => {
      throw broken;
    };
    send(socket, unique());
    expect(reqids(kernel)).toEqual([]);
    expect(decode(socket.receive(0)!, linuxXfrm).message).toMatchObject({ type: "spdadd", errno: ENOBUFS });
    expect(() => socket.receive(0)).toThrow(broken);
  });

  it("is refused where the kernel does not list its policies", () => {
    const { socket } = open(() => [withReqid(0x4000)]);
    const silent = pretendKernel();
    silent.send = () => {};
    const other = openXfrmKeySocket(silent);
    send(other, unique());
    expect(heard(other)).toMatchObject([{ type: "spdadd", errno: ENOBUFS }]);
    socket.close();
  });
});

describe("the socket", () => {
  it("speaks linux's dialect and more", () => {
    const { socket } = open();
    expect(socket.dialect).toBe(linuxXfrm);
    expect(socket.dialect.name).toBe(linux.name);
  });

  it("closes the netlink socket", () => {
    const { socket, kernel } = open();
    socket.close();
    expect(kernel.closed).toBe(true);
  });

  it("closes it also where it cannot join a group", () => {
    const kernel = pretendKernel();
    const trouble = new Error("no privilege");
    kernel.join = () => {
      throw trouble;
    };
    expect(() => openXfrmKeySocket(kernel)).toThrow(trouble);
    expect(kernel.closed).toBe(true);
  });

  it("ignores what is no message", () => {
    const { socket, kernel } = open();
    kernel.say({ type: "noop", attributes: [] }, { type: "overrun", attributes: [] }, acknowledge(ENOENT));
    expect(heard(socket)).toEqual([]);
  });

  it("does not wait longer for what is nothing to tell", () => {
    const kernel = pretendKernel();
    const waits: number[] = [];
    const waiting = [new Uint8Array(0), new Uint8Array(0)];
    const socket = openXfrmKeySocket({
      ...kernel,
      receive(timeoutMs) {
        waits.push(timeoutMs);
        return waiting.shift();
      },
    });
    expect(socket.receive(50)).toBeUndefined();
    expect(waits).toHaveLength(3);
    expect(Math.max(...waits)).toBeLessThanOrEqual(50);
  });
});

it("gives a flush once, whatever the kernel held", () => {
  const { socket } = open((question) => [notified(flushSa, question)]);
  send(socket, numbered(request("flush", "unspec")));
  expect(inShort(socket)).toEqual(["flush 9 4242 "]);
});
