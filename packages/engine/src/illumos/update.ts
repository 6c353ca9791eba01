import { find, type Message, SaState } from "@keysock/wire";
import { age, install, isSoftReached, withdraw } from "./ageing.ts";
import { Diagnostic } from "./diagnostic.ts";
import { echo } from "./echo.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { type Lifetimes, renewed } from "./lifetimes.ts";
import { findNamed } from "./named.ts";
import { link, pairOf, partnerOf } from "./pair.ts";
import { refuse } from "./refuse.ts";
import type { Sa } from "./sa.ts";
import {
  checkedLifetimes,
  checkFlags,
  checkNew,
  type Described,
  describedIn,
  replayValueIn,
} from "./sa-request.ts";

/** A larval SA becomes what the request describes; of another one only lifetimes change, and it may be paired. */
export const update: Handler = (kernel, request) => {
  const described = describedIn(request.message);
  const { protocol, sa: named, addresses } = described;
  const sa = findNamed(kernel, protocol, named, addresses);
  if (sa.state === SaState.larval) {
    complete(kernel, sa, described);
  } else {
    const lifetimes = checkChange(described);
    const replayValue = replayValueIn(request.message);
    const wanted = find(request.message, "pair");
    link(sa, wanted && partnerOf(kernel, sa, wanted.spi));
    if (replayValue !== 0) sa.replayValue = replayValue;
    renew(kernel, sa, lifetimes, named.state);
  }
  echo(kernel, request, addresses);
};

/** Lifetimes of both halves. */
export const updatePair: Handler = (kernel, request) => {
  const described = describedIn(request.message);
  const { protocol, sa: named, addresses } = described;
  const sa = findNamed(kernel, protocol, named, addresses);
  const pair = pairOf(sa);
  const lifetimes = checkChange(described);
  if (!hasLifetimes(request.message)) refuse(Diagnostic.missingLifetime);
  if (find(request.message, "pair")) refuse(Diagnostic.pairAlready);
  for (const half of [sa, pair]) renew(kernel, half, lifetimes, named.state);
  echo(kernel, request, addresses);
};

/** As an ADD. */
function complete(kernel: Kernel, larval: Sa, described: Described): void {
  const create = checkNew(kernel, described);
  const wanted = find(described.message, "pair");
  const half = { ...larval, source: described.source.sockaddr.address, flags: described.sa.flags };
  const partner = wanted && partnerOf(kernel, half, wanted.spi);
  withdraw(kernel, larval);
  const sa = create();
  install(kernel, sa);
  link(sa, partner);
}

/** What may be changed of an SA that has its keys. @throws Refusal with EINVAL and 14 to 17, 36, 37, 42 or 43, or EOPNOTSUPP */
function checkChange({ message, protocol, sa }: Described): Lifetimes {
  if (sa.state !== SaState.mature && sa.state !== SaState.activeElsewhere) {
    refuse(Diagnostic.badSaState);
  }
  checkFlags(protocol, sa);
  const lifetimes = checkedLifetimes(message);
  if (find(message, "keyAuthentication")) {
    refuse(Diagnostic.authenticationKeyPresent);
  }
  if (find(message, "keyEncryption")) refuse(Diagnostic.encryptionKeyPresent);
  return lifetimes;
}

/** The times go on from when the SA was made and first used. One that is dying recovers if no soft limit holds any more. */
function renew(kernel: Kernel, sa: Sa, given: Lifetimes, state: number): void {
  const now = kernel.clock.now();
  Object.assign(sa, renewed(sa, given));
  sa.activeAt = now;
  sa.idleTold = false;
  if (sa.state !== SaState.dying || !isSoftReached(sa, now)) sa.state = state;
  age(kernel, sa);
}

const hasLifetimes = (message: Message): boolean =>
  (["lifetimeHard", "lifetimeSoft", "lifetimeIdle"] as const).some((kind) => find(message, kind));
