import type { Host } from "@keysock/host";
import type { KeySocket } from "@keysock/wire";
import type { Io } from "./io.ts";
import type { Options } from "./options.ts";

/** Opens the key socket that the options name. */
export type Connect = (choice: { via: string; dialect: string | undefined }) => Connection;

/** An open key socket and what is at its other end. */
export interface Connection {
  socket: KeySocket;
  via: string;
  /** Whether a kernel answers: if not, keys that look installed protect nothing. */
  kernel: boolean;
}

/** Everything that one run of the command is made of. */
export interface Program {
  options: Options;
  io: Io;
  host: Host;
  connect: Connect;
  /** `SMF_FMRI`: the service as whose method the program runs. */
  service: string | undefined;
}

/** Where commands come from. */
export interface Source {
  origin: "shell" | "file" | "prompt";
  /** The file as it was named, or `<stdin>`. */
  name: string;
  /** Somebody types it, and sees what comes of each command. */
  typed: boolean;
}
