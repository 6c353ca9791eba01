import type { Host } from "@keysock/host";
import type { KeySocket } from "@keysock/wire";

/** What a recorded case runs on. */
export interface Stage {
  /** The machine as the program under test sees it. */
  host: Host;
  /** As the case's other programs see it: they are other processes. */
  peer: Host;
  /** Opens the key socket of the program under test. */
  open(): KeySocket;
  /** Opens that of another program. */
  openPeer(): KeySocket;
  /** Does what has to be done after pre.conf is loaded: the case's `prep`. */
  prepare(): void;
  ping(command: string): void;
  /** Lets time pass while no program runs. */
  pause(seconds: number): void;
  /** How long the program under test has waited for messages or slept, in milliseconds. */
  waited(): number;
}
