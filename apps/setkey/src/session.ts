import { openSession, type Session, type SessionEvent } from "@keysock/session";
import { viaOf } from "./dialect.ts";
import type { Program } from "./program.ts";

/** The key socket could not be opened. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";

  /** @param cause - what the socket's package says of it */
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/** How a kernel is spoken to, in words. */
const kernelWays: Readonly<Record<string, string>> = { pfkey: "PF_KEY", xfrm: "XFRM" };

/** Where a session begins to number its requests: at random and high, because small numbers name larval SAs in a kernel. */
const firstSequence = () => 0x8000_0000 + Math.floor(Math.random() * 0x7000_0000);

/**
 * Opens the key socket that the options name, and says so when it is no kernel's; with `-v` also how it speaks to one.
 *
 * @param observe - is told of every message
 * @throws ConnectionError
 */
export function converse(program: Program, observe?: (event: SessionEvent) => void): Session {
  const { options, io, host } = program;
  const { socket, kernel, via } = connection(program);
  if (!kernel && !options.compat) {
    io.err(`setkey: talking to ${via}, not to a kernel: nothing here protects a packet\n`);
  }
  if (kernel && options.verbose && !options.compat) {
    io.err(`setkey: talking to the kernel by ${kernelWays[via] ?? via}\n`);
  }
  return openSession(socket, {
    pid: host.pid,
    sequence: options.compat ? "as-given" : { first: firstSequence() },
    now: () => host.now(),
    ...(observe && { observe }),
  });
}

function connection(program: Program) {
  try {
    return program.connect({ via: viaOf(program), dialect: program.options.dialect });
  } catch (error) {
    if (error instanceof Error) throw new ConnectionError(error);
    throw error;
  }
}
