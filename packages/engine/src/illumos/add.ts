import { find } from "@keysock/wire";
import { Refusal } from "../refusal.ts";
import { install } from "./ageing.ts";
import { echo } from "./echo.ts";
import { Errno } from "./errno.ts";
import type { Handler } from "./kernel.ts";
import { link, partnerOf } from "./pair.ts";
import { checkNew, describedIn } from "./sa-request.ts";

/** Everybody hears of a new SA, but not of its keys. If it cannot be paired it is not added. */
export const add: Handler = (kernel, request) => {
  const described = describedIn(request.message);
  const create = checkNew(kernel, described);
  const { protocol, sa, addresses, source, destination } = described;
  const ends = { source: source.sockaddr.address, destination: destination.sockaddr.address };
  if (kernel.sadb.find(ends.destination, sa.spi, protocol) !== undefined) throw new Refusal(Errno.EEXIST);
  const wanted = find(request.message, "pair");
  const half = { protocol, ...ends, flags: sa.flags, pair: undefined };
  const partner = wanted && partnerOf(kernel, half, wanted.spi);
  const created = create();
  install(kernel, created);
  link(created, partner);
  echo(kernel, request, addresses);
};
