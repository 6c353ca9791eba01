import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readAddress } from "@keysock/address";
import type { Host } from "@keysock/host";
import { CSocket } from "@keysock/kernel-lab";
import { fresh, inWords } from "./both-ways.ts";
import { loads } from "./commands.ts";
import type { Lab } from "./lab.ts";
import { cableIndex, linkLocal, type Node, type Sides } from "./nodes.ts";
import { noAnswer } from "./ping.ts";
import { inet6, rawType, socketAddress } from "./socket-address.ts";
import { risen, xfrmStatistics } from "./statistics.ts";

/** OSPF for IPv6 (RFC 5340): its protocol number, and the group of all its routers. */
const ospf = 89;
const allRouters = "ff02::5";

/** `<linux/in6.h>` */
const ipv6Level = 41;
const multicastLoop = 19;
const joinGroup = 20;

const limitMs = 5000;

/** RFC 4552: one SPI and one key for a link, in and out. A window makes no sense where there are many senders, which start anew. */
const group = (protocol: "ah" | "esp", window: string): string => `${fresh}
add :: ${allRouters} ${protocol} 0x1001 ${window} ${protocol.toUpperCase()};
add :: ${linkLocal.left} ${protocol} 0x1001 ${window} ${protocol.toUpperCase()};
add :: ${linkLocal.right} ${protocol} 0x1001 ${window} ${protocol.toUpperCase()};
spdadd fe80::/10 ::/0 ${ospf} -P out ipsec ${protocol}/transport//require;
spdadd fe80::/10 ::/0 ${ospf} -P in ipsec ${protocol}/transport//require;
`;

interface Router {
  says(text: string, to: string): void;
  /** The next thing that is said to it; undefined: nothing is, in that time. */
  hears(waitMs?: number): string | undefined;
  close(): void;
}

/** Routers that share their keys. */
export function describeRouters(lab: () => Lab): void {
  let routers: Sides<Router>;

  describe("OSPF routers on a link", () => {
    before(() => {
      const { left, right, host } = lab();
      routers = {
        left: openRouter(left, linkLocal.left, host),
        right: openRouter(right, linkLocal.right, host),
      };
    });
    after(() => {
      for (const router of Object.values(routers)) router.close();
    });

    for (const protocol of ["ah", "esp"] as const) {
      test(`${protocol}: each hears the other, in the group and alone`, async () => {
        const { left, right } = routers;
        await load(["left", "right"], group(protocol, "-r 0"));
        lab().sent();
        left.says("hello from left", allRouters);
        assert.equal(right.hears(), "hello from left");
        right.says("hello from right", allRouters);
        assert.equal(left.hears(), "hello from right");
        left.says("my database", linkLocal.right);
        assert.equal(right.hears(), "my database");
        right.says("and mine", linkLocal.left);
        assert.equal(left.hears(), "and mine");
        const packet = `ipv6 ${protocol}:1001 ${ospf}`;
        assert.deepEqual(lab().sent(), { left: [packet, packet], right: [packet, packet] });
      });
    }

    // biome-ignore format: one row a line
    const rows = [
      { name: "one that starts anew is heard",                             window: "-r 0", keys: true,  hears: "hello again", refused: {} },
      { name: "with a replay window one that starts anew is not heard",    window: "",     keys: true,  hears: undefined,     refused: { XfrmInStateSeqError: 1 } },
      { name: "one without keys is not heard",                             window: "-r 0", keys: false, hears: undefined,     refused: { XfrmInTmplMismatch: 1 } },
    ];
    for (const { name, window, keys, hears, refused } of rows) {
      test(name, async () => {
        const { left, right } = routers;
        await load(["left", "right"], group("ah", window));
        left.says("hello", allRouters);
        assert.equal(right.hears(), "hello");
        await load(["left"], keys ? group("ah", window) : fresh);
        const begun = xfrmStatistics(lab().right);
        left.says("hello again", allRouters);
        assert.equal(right.hears(hears === undefined ? noAnswer.waitMs : limitMs), hears);
        assert.deepEqual(risen(begun, xfrmStatistics(lab().right)), refused);
      });
    }
  });

  async function load(sides: readonly (keyof Sides<unknown>)[], text: string): Promise<void> {
    for (const side of sides) await loads(lab().setkey, lab()[side], inWords(text, "ipv6", lab()));
  }
}

function openRouter(node: Node, address: string, host: Host): Router {
  const link = cableIndex(node, host);
  const socket = new CSocket(inet6, rawType, ospf);
  socket.bind(socketAddress(address, 0, link));
  // struct ipv6_mreq: the group and the interface.
  const membership = Buffer.alloc(20);
  membership.set(readAddress(allRouters));
  membership.writeUInt32LE(link, 16);
  socket.set(ipv6Level, joinGroup, membership);
  socket.set(ipv6Level, multicastLoop, 0);
  return {
    says: (text, to) => socket.send(Buffer.from(text), socketAddress(to, 0, link)),
    hears(waitMs = limitMs) {
      const received = socket.receive(waitMs);
      return received && Buffer.from(received.bytes).toString();
    },
    close: () => socket.close(),
  };
}
