import { type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import {
  add,
  adds,
  done,
  ENOBUFS,
  ENOENT,
  ESRCH,
  inShort,
  migrate,
  multi,
  newSa,
  open,
} from "../testing/bridged.ts";
import { destination, heard, ipsecRequest, numbered, policy, sa, send, source } from "../testing/pfkey.ts";
import { acknowledge, portId, type Said } from "../testing/pretend-kernel.ts";
import { noLimits, policyInfo, saInfo, template } from "../testing/values.ts";

describe("messages that were lost", () => {
  class OverrunError extends Error {
    override readonly name = "OverrunError";
  }

  it("are told by the socket's own error, and then it goes on", () => {
    const { socket, kernel } = open(adds);
    kernel.fail(new OverrunError());
    send(socket, numbered(add(1), 1));
    expect(() => socket.receive(0)).toThrow(OverrunError);
    expect(inShort(socket)).toEqual(["add 1 4242 1"]);
  });

  it("are told by receive() also where they were lost while sending", () => {
    const { socket, kernel } = open(adds);
    const spis = Array.from({ length: 33 }, (_, index) => index + 1);
    kernel.fail(new OverrunError());
    send(socket, ...spis.map((spi) => numbered(add(spi), spi)));
    expect(() => socket.receive(0)).toThrow(OverrunError);
    expect(inShort(socket)).toHaveLength(33);
  });

  it("do not break a dump: the kernel goes on with it when there is room", () => {
    const { socket, kernel } = open();
    kernel.send = () => {};
    send(socket, numbered(request("dump", "esp")));
    const sequence = 1;
    kernel.say({ ...newSa(3, multi), portId, sequence });
    kernel.fail(new OverrunError());
    expect(() => heard(socket)).toThrow(OverrunError);
    kernel.say({ ...newSa(2, multi), portId, sequence }, { ...done(), portId, sequence });
    expect(inShort(socket)).toEqual(["dump 1 4242 3", "dump 0 4242 2"]);
  });

  it("are missed as well when a later question is acknowledged", () => {
    const { socket, kernel } = open(({ type }) => (type === "getSa" ? [acknowledge(ESRCH)] : []));
    const sends = kernel.send;
    kernel.send = () => {};
    send(socket, numbered(add(1), 1), numbered(request("get", "unspec", [sa(), source, destination]), 2));
    expect(heard(socket)).toEqual([]);
    kernel.send = sends;
    send(socket, numbered(request("flush", "esp"), 3));
    expect(inShort(socket)).toEqual([
      `get 2 4242 errno ${ESRCH}`,
      "flush 3 4242 ",
      `add 1 4242 errno ${ENOBUFS}`,
    ]);
  });

  const spdadd = request("spdadd", "unspec", [source, destination, policy({ requests: [ipsecRequest] })]);
  const there: Said = {
    type: "newPolicy",
    body: policyInfo(),
    attributes: [{ kind: "tmpl", value: [template()] }],
  };
  const otherPolicy: Said = { type: "newPolicy", body: policyInfo({ priority: 1 }), attributes: [] };
  const made = (sequence: number): Said => ({ ...newSa(1), body: saInfo({ sequence }) }) as Said;
  const remove = request("delete", "esp", [sa(), source, destination]);
  const removePolicy = request("spddelete2", "unspec", [policy({ id: 9 })]);
  const limited = (hardAddTime: bigint): Said =>
    ({ ...newSa(1), body: saInfo({ lifetime: { ...noLimits, hardAddTime } }) }) as Said;

  it.each<[string, OutgoingMessage, Said[], string]>([
    ["ADD: the SA is there", add(0x1000), [made(9)], "add 9 4242 4096"],
    ["ADD: another SA is there", add(0x1000), [made(8)], `add 9 4242 errno ${ENOBUFS}`],
    ["ADD: none is there", add(0x1000), [acknowledge(ESRCH)], `add 9 4242 errno ${ENOBUFS}`],
    ["UPDATE: it has the limits", { ...add(0x1000), type: "update" }, [limited(0n)], "update 9 4242 4096"],
    [
      "UPDATE: it has others",
      { ...add(0x1000), type: "update" },
      [limited(1n)],
      `update 9 4242 errno ${ENOBUFS}`,
    ],
    ["DELETE: it has gone", remove, [acknowledge(ESRCH)], "delete 9 4242 4096"],
    ["DELETE: it is there", remove, [newSa(0x1000)], `delete 9 4242 errno ${ENOBUFS}`],
    ["GET is asked again", { ...remove, type: "get" }, [newSa(0x1000)], "get 9 4242 4096"],
    ["GETSPI is asked again", request("getspi", "esp", [source, destination]), [newSa(5)], "getspi 9 4242 5"],
    ["FLUSH is asked again", request("flush", "esp"), [], "flush 9 4242 "],
    ["SPDADD: the policy is there", spdadd, [there], "spdadd 9 4242 "],
    ["SPDADD: another policy is there", spdadd, [otherPolicy], `spdadd 9 4242 errno ${ENOBUFS}`],
    ["SPDDELETE2: it has gone", removePolicy, [acknowledge(ENOENT)], "spddelete2 9 4242 "],
    [
      "SPDGET is asked again",
      { ...removePolicy, type: "spdget" },
      [{ ...there, body: policyInfo({ index: 9 }) } as Said],
      "spdget 9 4242 ",
    ],
    ["MIGRATE: nobody knows", migrate, [], `migrate 9 4242 errno ${ENOBUFS}`],
  ])("are asked for: %s", (_, message, answers, reply) => {
    const { socket, kernel } = open(() => answers);
    const sends = kernel.send;
    kernel.send = () => {};
    kernel.fail(new OverrunError());
    send(socket, numbered(message));
    kernel.send = sends;
    expect(() => socket.receive(0)).toThrow(OverrunError);
    expect(inShort(socket)).toEqual([reply]);
  });

  it.each([
    ["at once", [numbered(add(1))], [0]],
    ["and where there were none the wait goes on", [], [0, 500]],
  ])("are asked for %s", (_, requests, waits) => {
    const { socket, kernel } = open();
    const waited: number[] = [];
    kernel.send = () => {};
    send(socket, ...requests);
    kernel.fail(new OverrunError());
    expect(() => socket.receive(500)).toThrow(OverrunError);
    kernel.receive = (timeoutMs) => {
      waited.push(timeoutMs);
      return undefined;
    };
    socket.receive(500);
    expect(waited.slice(0, waits.length)).toEqual(waits);
  });

  it("are asked for once each, also where there are more than go into a datagram", () => {
    const { socket, kernel } = open((question) =>
      question.type === "getSa" && question.body ? [made(question.body.spi)] : [],
    );
    const sends = kernel.send;
    const spis = Array.from({ length: 70 }, (_, index) => index + 1);
    kernel.send = () => {};
    send(socket, ...spis.map((spi) => numbered(add(spi), spi)));
    kernel.fail(new OverrunError());
    kernel.send = sends;
    expect(() => socket.receive(0)).toThrow(OverrunError);
    expect(heard(socket).map(({ sequence, errno }) => [sequence, errno])).toEqual(
      spis.map((spi) => [spi, 0]),
    );
    expect(kernel.asked.flat()).toHaveLength(70);
  });

  it("are none of those that have not gone out yet", () => {
    const { socket, kernel } = open((question) =>
      question.type === "getSa" ? [acknowledge(ESRCH)] : adds(question),
    );
    kernel.fail(new OverrunError());
    expect(() => socket.receive(0)).toThrow(OverrunError);
    const spis = Array.from({ length: 33 }, (_, index) => index + 1);
    send(socket, ...spis.map((spi) => numbered(add(spi), spi)));
    expect(inShort(socket)).toEqual(spis.map((spi) => `add ${spi} 4242 ${spi}`));
  });

  it("are not asked for again and again", () => {
    const { socket, kernel } = open();
    kernel.send = () => {};
    send(socket, numbered(add(1)));
    for (let time = 0; time < 2; time++) {
      kernel.fail(new OverrunError());
      expect(() => socket.receive(0)).toThrow(OverrunError);
    }
    expect(heard(socket)).toEqual([]);
    kernel.fail(new OverrunError());
    expect(() => socket.receive(0)).toThrow(OverrunError);
    expect(inShort(socket)).toEqual([`add 9 4242 errno ${ENOBUFS}`]);
  });
});
