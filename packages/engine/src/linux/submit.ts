/**
 * What happens to a message that is sent.
 */
import { decode, type MessageType } from "@keysock/wire";
import { type Request, wipeRequest } from "../core.ts";
import type { Endpoint } from "../endpoint.ts";
import { headerAlone } from "../header.ts";
import { Refusal } from "../refusal.ts";
import { accept } from "./accept.ts";
import { acquireFailed } from "./acquire-failed.ts";
import { add, update } from "./add-update.ts";
import { deliver } from "./delivery.ts";
import { dump, spddump } from "./dump.ts";
import { Errno } from "./errno.ts";
import { flush, spdflush } from "./flush.ts";
import { get, remove } from "./get-delete.ts";
import { getspi } from "./getspi.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { migrate } from "./migrate.ts";
import { promisc } from "./promisc.ts";
import { register } from "./register.ts";
import { spdadd, spdupdate } from "./spd-add.ts";
import { spddelete, spddelete2, spdget } from "./spd-get-delete.ts";
import { walk } from "./walker.ts";

/** Those of no handler are not for users: EXPIRE, PCHANGE, SPDACQUIRE, SPDEXPIRE, NAT_T_NEW_MAPPING. */
const handlers: Readonly<Partial<Record<MessageType | number, Handler>>> = {
  getspi,
  update,
  add,
  delete: remove,
  get,
  acquire: acquireFailed,
  register,
  flush,
  dump,
  promisc,
  spdupdate,
  spdadd,
  spddelete,
  spdget,
  spddump,
  spdflush,
  spdsetidx: spdadd,
  spddelete2,
  migrate,
};

/**
 * Takes one message. What is wrong with it later than {@link accept} is told to its sender in a reply.
 *
 * @throws SendRefusedError
 */
export function submit(kernel: Kernel, from: Endpoint, bytes: Uint8Array): void {
  const header = accept(bytes, kernel.dialect);
  deliver(kernel, bytes, "promiscuous");
  try {
    walk(bytes, kernel.dialect);
    handle(kernel, from, { bytes, header, message: decode(bytes, kernel.dialect).message });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    deliver(kernel, headerAlone(bytes, error.errno, kernel.dialect), "one", from);
  }
}

/** @throws Refusal */
function handle(kernel: Kernel, from: Endpoint, request: Request): void {
  const handler = handlers[request.message.type];
  if (handler === undefined) throw new Refusal(Errno.EOPNOTSUPP);
  try {
    handler(kernel, request, from);
  } finally {
    wipeRequest(request);
  }
}
