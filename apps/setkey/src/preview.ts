import { hexDump, kdebug } from "@keysock/setkey-printer";
import { type Command, decode, encode } from "@keysock/wire";
import { dialectOf } from "./dialect.ts";
import type { Program } from "./program.ts";

/** -d: shows the requests of a command as they would be sent, and sends none. */
export function preview(program: Program, command: Command): void {
  const { options, io, host } = program;
  const dialect = dialectOf(program, undefined);
  for (let step = command.next([]); step.done !== true; step = command.next([])) {
    const bytes = encode({ ...step.value, pid: host.pid }, dialect);
    io.out(kdebug(decode(bytes, dialect), dialect));
    if (options.hex || options.help) io.out(hexDump(bytes));
    bytes.fill(0);
  }
}
