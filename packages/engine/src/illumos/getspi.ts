import { find, SaState } from "@keysock/wire";
import { freeSpi } from "../free-spi.ts";
import { Refusal } from "../refusal.ts";
import { addressesOf } from "./addresses.ts";
import { install } from "./ageing.ts";
import { all, answer } from "./delivery.ts";
import { Diagnostic } from "./diagnostic.ts";
import { Errno } from "./errno.ts";
import type { Handler } from "./kernel.ts";
import { protocolOf } from "./protocol.ts";
import { refuse } from "./refuse.ts";
import { createSa } from "./sa.ts";
import { larvalExtensions } from "./sa-message.ts";

/** A larval SA with a free SPI of the range, of which everybody hears. */
export const getspi: Handler = (kernel, request) => {
  const { message } = request;
  const protocol = protocolOf(message);
  const { addressSource, addressDestination } = addressesOf(message);
  if (addressSource === undefined) refuse(Diagnostic.missingSource);
  if (addressDestination === undefined) refuse(Diagnostic.missingDestination);
  const range = find(message, "spiRange");
  if (range === undefined) refuse(Diagnostic.missingSpiRange);
  const source = addressSource.sockaddr.address;
  const destination = addressDestination.sockaddr.address;
  const isFree = (spi: number) => kernel.sadb.find(destination, spi, protocol) === undefined;
  const spi = freeSpi(Math.max(range.min, 1), range.max, kernel.random, isFree);
  if (spi === undefined) throw new Refusal(Errno.EEXIST);
  const addresses = [addressSource, addressDestination];
  const state = SaState.larval;
  const larval = createSa({ protocol, spi, source, destination, addresses, state }, kernel.clock.now());
  install(kernel, larval);
  answer(kernel, request, larvalExtensions(larval), all);
};
