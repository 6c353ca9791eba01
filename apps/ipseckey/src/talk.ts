import type { CompileContext } from "@keysock/ipseckey-compiler";
import type { PrintOptions } from "@keysock/ipseckey-printer";
import { verboseText } from "@keysock/ipseckey-printer";
import { openSession, type Session, type SessionEvent } from "@keysock/session";
import { type Dialect, illumos, linux } from "@keysock/wire";
import { cookieLabels } from "./cookie-labels.ts";
import { print } from "./print.ts";
import type { Program } from "./program.ts";

/** How long the original waits for a reply. */
const replyTimeoutMs = 10_000;

/** The key socket could not be opened. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";

  /** @param cause - what the socket's package says of it */
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/** The other end, to which a session is opened when it is first needed. */
export interface Talk {
  /** @throws ConnectionError */
  session(): Session;
  /** What the other end speaks, or where none is asked, what it would. */
  dialect(): Dialect;
  /** The number of the next command: all its requests have it. */
  nextSequence(): number;
  /** What commands are compiled for. */
  compileContext(): CompileContext;
  /** How messages are printed. */
  printing(): PrintOptions;
  /** Has every message shown to the observer, until the function that it returns is called. */
  observe(observer: (event: SessionEvent) => void): () => void;
  close(): void;
}

/** How a kernel is spoken to, in words. */
const kernelWays: Readonly<Record<string, string>> = { pfkey: "PF_KEY", xfrm: "XFRM" };

/** Where a session that numbers by itself begins; commands are numbered by {@link Talk.nextSequence}. */
const firstOfSession = 0xf000_0000;

export function createTalk(program: Program): Talk {
  const { options, io, host } = program;
  const observers = new Set<(event: SessionEvent) => void>();
  const labels = cookieLabels(io.files);
  let session: Session | undefined;
  let combinedModes = false;
  let last: number | undefined;

  function open(): Session {
    const { socket, kernel, via } = connection(program);
    if (!kernel && !options.compat) {
      io.err(`ipseckey: talking to ${via}, not to a kernel: nothing here protects a packet\n`);
    }
    if (kernel && options.verbose && !options.compat) {
      io.err(`ipseckey: talking to the kernel by ${kernelWays[via] ?? via}\n`);
    }
    combinedModes = via === "xfrm";
    return openSession(socket, {
      pid: host.pid,
      sequence: options.compat ? "as-given" : { first: firstOfSession },
      replyTimeoutMs,
      now: () => host.now(),
      observe(event) {
        if (event.direction === "sent" && options.verbose)
          print(program, verboseText(event.decoded, talk.printing()));
        for (const observer of observers) observer(event);
      },
    });
  }

  const talk: Talk = {
    session: () => (session ??= open()),
    dialect: () => session?.dialect ?? expectedDialect(program),
    nextSequence() {
      last = last === undefined ? firstSequence(talk.dialect()) : last + 1;
      return last;
    },
    compileContext: () => ({
      host,
      dialect: talk.dialect(),
      face: options.compat ? "illumos" : "default",
      numericOnly: options.numeric,
      combinedModes,
    }),
    printing: () => ({
      dialect: talk.dialect(),
      host,
      numeric: options.numeric,
      paranoid: options.paranoid,
      rawTimes: options.verbose,
      compat: options.compat,
      cookieLabel: labels,
    }),
    observe(observer) {
      observers.add(observer);
      return () => observers.delete(observer);
    },
    close: () => session?.close(),
  };
  return talk;
}

/** Small numbers name larval SAs in a Linux kernel. */
const firstSequence = ({ name }: Dialect): number =>
  name === "linux" ? 0x8000_0000 + Math.floor(Math.random() * 0x7000_0000) : 1;

const viaOf = ({ options, io }: Program): string => options.via ?? io.environment["KEYSOCK_VIA"] ?? "auto";

function connection(program: Program) {
  try {
    return program.connect({ via: viaOf(program), dialect: program.options.dialect });
  } catch (error) {
    if (error instanceof Error) throw new ConnectionError(error);
    throw error;
  }
}

/** What is checked without a socket is checked for the kernel that would be asked. */
function expectedDialect(program: Program): Dialect {
  const ofThisKernel = ["auto", "pfkey", "xfrm"].includes(viaOf(program)) && program.io.platform === "linux";
  const name = program.options.dialect ?? (ofThisKernel && !program.options.compat ? "linux" : "illumos");
  return name === "linux" ? linux : illumos;
}
