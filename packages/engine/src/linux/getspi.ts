import { find } from "@keysock/wire";
import { sameAddress } from "../address.ts";
import { freeSpi } from "../free-spi.ts";
import { Refusal } from "../refusal.ts";
import { addressOf, addressPair } from "./address.ts";
import { install } from "./ageing.ts";
import { Errno } from "./errno.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { createLarval } from "./larval.ts";
import { tellSa } from "./notify.ts";
import { Protocol, protocolOf } from "./protocol.ts";
import type { Sa } from "./sa.ts";
import { modeOf } from "./sa-request.ts";

const defaultRange = { min: 0x100, max: 0x0fff_ffff } as const;
const maximumCpi = 0xffff;

/** Only the sender gets the answer. The larval SA stays even if no SPI can be had. */
export const getspi: Handler = (kernel, request, from) => {
  const { message, header } = request;
  const pair = addressPair(message);
  const protocol = protocolOf(message.saType);
  if (protocol === undefined) throw new Refusal(Errno.EINVAL);
  const wanted = {
    protocol,
    ...modeOf(message),
    source: addressOf(pair.source.sockaddr),
    destination: addressOf(pair.destination.sockaddr),
  };
  let larval = kernel.sadb.findAcquire(header.sequence);
  if (larval === undefined || !sameAddress(larval.destination, wanted.destination)) {
    larval = kernel.sadb.findLarval(wanted);
  }
  if (larval === undefined) {
    larval = createLarval(wanted, kernel.clock.now());
    install(kernel, larval);
  }
  const { min, max } = find(message, "spiRange") ?? defaultRange;
  checkRange(larval.protocol, min, max);
  if (larval.spi === 0) kernel.sadb.assignSpi(larval, spiOf(kernel, larval, min, max));
  tellSa(kernel, header, "getspi", larval, "one", from);
};

function checkRange(protocol: number, min: number, max: number): void {
  if (protocol === Protocol.any) throw new Refusal(Errno.EINVAL);
  if (protocol === Protocol.comp && max > maximumCpi) throw new Refusal(Errno.EINVAL);
  if (min > max) throw new Refusal(Errno.EINVAL);
}

/** One that no SA of the protocol has, whatever its destination. */
function spiOf(kernel: Kernel, { protocol }: Sa, min: number, max: number): number {
  const isFree = (spi: number) => spi !== 0 && !kernel.sadb.isTaken(spi, protocol);
  const spi = freeSpi(min, max, kernel.random, isFree);
  if (spi === undefined) throw new Refusal(Errno.ENOENT);
  return spi;
}
