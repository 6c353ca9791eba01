import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress } from "@keysock/address";
import { openSession, type Session } from "@keysock/session";
import { find, type Message, request } from "@keysock/wire";
import { bothWays, fresh } from "./both-ways.ts";
import { loads } from "./commands.ts";
import type { Lab } from "./lab.ts";
import { associations } from "./listing.ts";
import { noAnswer, ping } from "./ping.ts";

const limitMs = 5000;

/** The kernel asks for an SA. */
export function describeAcquire(lab: () => Lab): void {
  test("a packet without an SA: who has registered is asked for one, and setkey -x sees it", async () => {
    const { left, right, setkey, setkeyMonitor, openSocket, host, exchange } = lab();
    const sa = "add LEFT RIGHT esp 0x1001 ESP;";
    const policy = "spdadd LEFT RIGHT any -P out ipsec esp/transport//require;";
    await loads(setkey, left, fresh + bothWays([policy], "ipv4", lab()).left);
    await loads(setkey, right, fresh + bothWays([sa, policy], "ipv4", lab()).right);
    const daemon = openSession(openSocket(left), {
      pid: host.pid,
      sequence: { first: 1 },
      now: () => host.now(),
    });
    const monitor = await setkeyMonitor(left);
    for (const _ of daemon.request(request("register", "esp"))) {
      // What the kernel offers is another test's.
    }
    assert.equal(ping(left, right.ipv4, { count: 1, ...noAnswer }), 0);

    const { extensions, ...asked } = acquired(daemon);
    assert.deepEqual([asked.saType, asked.pid], ["esp", 0]);
    assert.deepEqual(
      extensions.map(({ kind }) => kind),
      ["addressSource", "addressDestination", "policy", "proposal"],
    );
    assert.deepEqual(
      [find({ extensions }, "addressSource"), find({ extensions }, "addressDestination")].map(
        (end) => end?.sockaddr,
      ),
      [left.ipv4, right.ipv4].map((address) => ({
        family: "inet",
        port: 0,
        address: readAddress(address),
      })),
    );
    await monitor.until((printed) => printed.includes("sadb_msg{ version=2 type=6 errno=0 satype=3\n"));

    const { stdout } = await setkey(left, ["-D"]);
    assert.deepEqual(
      associations(stdout).map(({ protocol, spi, state }) => ({ protocol, spi, state })),
      [{ protocol: "esp", spi: 0, state: "larval" }],
    );
    await loads(setkey, left, bothWays([sa], "ipv4", lab()).left);
    assert.equal(exchange(left, right.ipv4).answers, 2);
  });
}

/** The next ACQUIRE. */
function acquired(session: Session): Message {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; ) {
    const received = session.receive(limitMs);
    if (received?.message.type === "acquire") return received.message;
  }
  return assert.fail("no ACQUIRE came");
}
