import { hexDump, kdebug } from "@keysock/setkey-printer";
import { type Command, decode, encode, linux } from "@keysock/wire";
import type { Program } from "./program.ts";

/** -d: shows the requests of a command as they would be sent, and sends none. */
export function preview({ options, io, host }: Program, command: Command): void {
  for (let step = command.next([]); step.done !== true; step = command.next([])) {
    const bytes = encode({ ...step.value, pid: host.pid }, linux);
    io.out(kdebug(decode(bytes, linux)));
    if (options.hex || options.help) io.out(hexDump(bytes));
    bytes.fill(0);
  }
}
