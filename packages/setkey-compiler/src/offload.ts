import type { SaOption } from "@keysock/setkey-grammar";
import { XfrmOffloadFlag } from "@keysock/wire";
import { fail, type Scope, tokenOf } from "./scope.ts";
import type { XfrmParts } from "./xfrm.ts";

/** What `-hwif` says. A device has to be told which way the packets go. */
export function offloadOf(
  scope: Scope,
  { value, packet }: Extract<SaOption, { kind: "hardwareInterface" }>,
  direction: XfrmParts["direction"],
): NonNullable<XfrmParts["offload"]> {
  const token = tokenOf(scope, value);
  const interfaceIndex = scope.context.host.interfaceIndex(value.value);
  if (interfaceIndex === undefined) {
    fail(scope, token, {
      message: "invalid interface",
      expected: "the name of an interface of this machine",
    });
  }
  if (direction === undefined) {
    fail(scope, token, { message: "invalid interface", expected: "-dir in or -dir out beside it" });
  }
  const inbound = direction === "in" ? XfrmOffloadFlag.inbound : 0;
  return { interfaceIndex, flags: inbound | (packet ? XfrmOffloadFlag.packet : 0) };
}
