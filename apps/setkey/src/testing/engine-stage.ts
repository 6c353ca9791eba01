import { createEngine } from "@keysock/engine";
import type { RecordedCase } from "@keysock/goldens";
import { tableHost } from "@keysock/host";
import { decode, find, linux } from "@keysock/wire";
import { names, services } from "./recorded-databases.ts";
import { recordedExchange } from "./recorded-exchange.ts";
import { recordedPids } from "./recorded-pids.ts";
import type { Stage } from "./stage.ts";

/** What answers in a replayed run. */
export type OtherEnd = "engine" | "recorded exchange" | "no privilege";

/** A case's own /etc/hosts. */
const ownNames = {
  localhost: ["::1", "127.0.0.1"],
  multi: ["192.0.2.11", "192.0.2.12", "2001:db8::11"],
};

/** A machine of tables, with the engine for a kernel or with what a kernel once said. */
export function engineStage(recorded: RecordedCase, otherEnd: OtherEnd): Stage {
  const prep = recorded.parts.get("prep") ?? "";
  const pids = recordedPids(recorded);
  const host = tableHost({
    names: prep.includes("/etc/hosts") ? ownNames : names,
    unknownName: "EAI_AGAIN",
    services,
    interfaces: { lo: 1, d0: 2 },
    now: startOf(recorded),
    pid: pids.own,
  });
  const engine = createEngine({ personality: "linux", clock: host });
  const began = host.now();
  return {
    host,
    peer: { ...host, pid: pids.peer },
    open() {
      if (otherEnd === "recorded exchange") return recordedExchange(recorded.received, host.sleep);
      if (otherEnd === "engine") return engine.connect();
      throw Object.assign(new Error("cannot open a PF_KEY socket"), { errno: 1 });
    },
    openPeer: () => engine.connect(),
    prepare() {
      const { seconds } = /sleep (?<seconds>[\d.]+)/.exec(prep)?.groups ?? {};
      host.sleep(1000 + Number(seconds ?? 0) * 1000);
    },
    ping() {},
    pause: (seconds) => host.sleep(seconds * 1000),
    waited: () => host.now() - began,
  };
}

/** When the case was recorded, as near as its messages tell. */
function startOf({ received }: RecordedCase): number {
  for (const bytes of received) {
    const current = bytes && find(decode(bytes, linux).message, "lifetimeCurrent");
    if (current !== undefined && current.addTime > 0n) return Number(current.addTime) * 1000;
  }
  return Date.UTC(2026, 10, 22, 14, 21, 28);
}
