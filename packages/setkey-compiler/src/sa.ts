import type { SaStatement } from "@keysock/setkey-grammar";
import { IpsecMode, type OutgoingMessage, type SaType } from "@keysock/wire";
import { addressPairs, refuseSeveral } from "./address-pairs.ts";
import { endToken } from "./named-token.ts";
import { saAddresses } from "./sa-addresses.ts";
import { type SaAlgorithms, saAlgorithms } from "./sa-algorithms.ts";
import { type NatT, saMessage } from "./sa-message.ts";
import { isOld, type SaOptions, saOptions } from "./sa-options.ts";
import { saTypeOf } from "./sa-type.ts";
import { fail, type Scope, tokenOf } from "./scope.ts";
import { spiOf } from "./spi.ts";

/** `add`, `update`, `getspi`, `get` and `delete`: a request for each pair of addresses. */
export function saRequests(scope: Scope, statement: SaStatement): OutgoingMessage[] {
  const { kind, addressFlags } = statement;
  const sources = saAddresses(scope, statement.source, addressFlags);
  const destinations = saAddresses(scope, statement.destination, addressFlags);
  const saType = saTypeOf(scope, statement.protocol);
  const natT = natTOf(scope, statement);
  const spi = spiOf(scope, statement);
  const options = saOptions(scope, statement);
  const algorithms = saAlgorithms(scope, statement);

  if (kind === "delete") refuseSeveral(scope, statement, sources, destinations);
  const pairs = addressPairs(scope, statement, sources, destinations);
  if (kind === "delete" || kind === "get") warnOfMode(scope, options);

  const window = windowOf(scope, statement, options, algorithms, saType);
  const parts = {
    kind,
    saType,
    spi,
    mode: modeOf(scope, statement, options),
    replay: scope.compat ? window : Math.min(window, pfkeyReplay),
    xfrm: {
      ...algorithms.xfrm,
      ...options.xfrm,
      ...(needsOwnField(scope, window, options) && { replayWindow: window }),
    },
    options,
    algorithms,
    bothLifetimes: !scope.compat,
    natT,
  };
  return pairs.map((pair) => saMessage(parts, pair));
}

function natTOf(scope: Scope, statement: SaStatement): NatT | undefined {
  if (statement.protocol?.value !== "esp-udp") return undefined;
  const { originalAddress: address, addressFlags } = statement;
  if (address === undefined) return {};
  return { originalAddress: saAddresses(scope, { address }, addressFlags, tokenOf(scope, address))[0]! };
}

function warnOfMode(scope: Scope, { mode = IpsecMode.any }: SaOptions): void {
  if (!scope.compat || mode === IpsecMode.any) return;
  const token = endToken(scope);
  scope.said.push({ message: "WARNING: mode is obsolete", token, culprit: token });
}

/** The manual page of 2002 has no SA for both modes: transport where none is given. */
function modeOf({ compat }: Scope, { kind }: SaStatement, { mode }: SaOptions): number {
  const seeks = kind === "get" || kind === "delete";
  return mode ?? (compat || seeks ? IpsecMode.any : IpsecMode.transport);
}

/** What the manual page of 2002 promises where none is given; the most that PF_KEY has room for on Linux. */
const pfkeyReplay = 32;

/** Whether the window is one of XFRMA_REPLAY_ESN_VAL. ipsec-tools cuts it to 8 bits whatever the other end can do. */
const needsOwnField = ({ compat }: Scope, window: number, { xfrm }: SaOptions): boolean =>
  !compat && (window > pfkeyReplay || xfrm.flags !== undefined);

function windowOf(
  scope: Scope,
  { kind, protocol, options }: SaStatement,
  { replay, xfrm }: SaOptions,
  { authenticated }: SaAlgorithms,
  saType: SaType,
): number {
  checkWindow(scope, options, replay, xfrm);
  if (replay !== undefined) return replay;
  if (xfrm.direction === "out") return 0;
  if (xfrm.flags !== undefined) return pfkeyReplay;
  const makes = kind === "add" || kind === "update";
  const checks = saType === "ah" || (saType === "esp" && authenticated);
  return !scope.compat && makes && checks && !isOld(protocol?.value) ? pfkeyReplay : 0;
}

/** What a kernel would refuse with no more than EINVAL: only what comes in can have been replayed. */
function checkWindow(
  scope: Scope,
  options: SaStatement["options"],
  replay: number | undefined,
  { direction, flags }: SaOptions["xfrm"],
): void {
  const given = options.findLast((option) => option.kind === "replay");
  if (given?.kind !== "replay" || replay === undefined) return;
  const message = "invalid replay window";
  if (direction === "out" && replay > 0) {
    fail(scope, tokenOf(scope, given.value), { message, expected: "0, or none, with -dir out" });
  }
  if (direction !== "out" && flags !== undefined && replay === 0) {
    fail(scope, tokenOf(scope, given.value), { message, expected: "1 to 4096 packets with -esn" });
  }
}
