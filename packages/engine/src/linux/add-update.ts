import { sameAddress } from "../address.ts";
import { limitReached } from "../lifetime.ts";
import { Refusal } from "../refusal.ts";
import { age, die, install, soften, withdraw } from "./ageing.ts";
import { Errno } from "./errno.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { tellSa } from "./notify.ts";
import { type Sa, wipeKeys } from "./sa.ts";
import { saOf } from "./sa-request.ts";

/** Everybody hears of a new SA, keys included. */
export const add: Handler = (kernel, request) => {
  const sa = saOf(kernel, request);
  if (!enter(kernel, sa)) {
    wipeKeys(sa);
    throw new Refusal(Errno.EEXIST);
  }
  tellSa(kernel, request.header, "add", sa, "all");
};

/** Puts an SA where none with its destination, SPI and protocol is; false if one is. */
export function enter(kernel: Kernel, sa: Sa): boolean {
  if (kernel.sadb.find(sa.destination, sa.spi, sa.protocol) !== undefined) return false;
  const answered = larvalFor(kernel, sa);
  install(kernel, sa);
  if (answered !== undefined) withdraw(kernel, answered);
  return true;
}

/** The larval SA whose place a new one takes: the one of its ACQUIRE, or the one that wants the same. */
function larvalFor(kernel: Kernel, sa: Sa): Sa | undefined {
  const acquired = kernel.sadb.findAcquire(sa.sequence);
  if (
    acquired !== undefined &&
    acquired.protocol === sa.protocol &&
    sameAddress(acquired.destination, sa.destination)
  ) {
    return acquired;
  }
  return kernel.sadb.findLarval(sa);
}

/** A larval SA is replaced; of a mature one only lifetimes and NAT-T ports change. The reply shows the request's SA. */
export const update: Handler = (kernel, request) => {
  const sa = saOf(kernel, request);
  const old = kernel.sadb.find(sa.destination, sa.spi, sa.protocol);
  if (old?.state === "larval") {
    install(kernel, sa);
    withdraw(kernel, old);
  } else {
    sa.state = "dead";
    const errno = old === undefined ? Errno.ESRCH : renew(kernel, old, sa);
    if (errno !== undefined) {
      wipeKeys(sa);
      throw new Refusal(errno);
    }
  }
  tellSa(kernel, request.header, "update", sa, "all");
  if (sa.state === "dead") wipeKeys(sa);
};

function renew(kernel: Kernel, old: Sa, sa: Sa): number | undefined {
  if (old.state !== "mature") return Errno.EINVAL;
  // Encapsulation neither comes nor goes nor changes its kind.
  if (old.encapsulation?.type !== sa.encapsulation?.type) return Errno.EINVAL;
  old.encapsulation = sa.encapsulation;
  old.hard = sa.hard;
  old.soft = sa.soft;
  old.dying = false;
  old.limitedAt = sa.madeAt;
  age(kernel, old);
  if (old.usedAt !== undefined) {
    if (limitReached(old.current, old.hard)) die(kernel, old);
    else if (limitReached(old.current, old.soft)) soften(kernel, old);
  }
  return undefined;
}
