import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import type { Prepared } from "./cache.ts";
import { consoleFile, managementSocket, type Port, portSocket, ports, startMachine } from "./machine.ts";
import { Management } from "./management.ts";

/** The emulator ended before the guest said what was expected of it. */
export class GuestGoneError extends Error {
  override readonly name = "GuestGoneError";
}

/** A machine with our streams to it. It is over when it is closed. */
export class Guest {
  readonly folder: string;
  readonly #machine: ChildProcess;
  readonly #management: Management;
  readonly #streams: Record<Port, Socket>;
  readonly #lines: AsyncIterator<string>;

  private constructor(
    folder: string,
    machine: ChildProcess,
    management: Management,
    streams: Record<Port, Socket>,
  ) {
    this.folder = folder;
    this.#machine = machine;
    this.#management = management;
    this.#streams = streams;
    this.#lines = createInterface(streams.control)[Symbol.asyncIterator]();
  }

  /** Starts a machine from its kernel, or from the snapshot: then it goes on where that was taken. */
  static async start(prepared: Prepared, scratch: string, restore: boolean): Promise<Guest> {
    const folder = mkdtempSync(join(tmpdir(), "kernel-lab-"));
    const machine = startMachine({ prepared, folder, scratch, restore });
    try {
      const said = collected(machine);
      const gone = once(machine, "exit").then(async ([status, signal]) => {
        throw new GuestGoneError(`the emulator ended (${signal ?? status}): ${await said}`);
      });
      gone.catch(() => {});
      const open = (path: string) => Promise.race([connected(path), gone]);
      const management = new Management(await open(managementSocket(folder)));
      const opened = await Promise.all(
        ports.map(async (port) => [port, await open(portSocket(folder, port))]),
      );
      const streams = Object.fromEntries(opened) as Record<Port, Socket>;
      await management.greet();
      const guest = new Guest(folder, machine, management, streams);
      if (restore) await guest.#resume();
      return guest;
    } catch (error) {
      machine.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  stream(port: Port): Socket {
    return this.#streams[port];
  }

  /** The kernel's messages so far are in this file. */
  get console(): string {
    return consoleFile(this.folder);
  }

  tell(text: string): void {
    this.#streams.control.write(text);
  }

  /** The next line that the guest says of itself. */
  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new GuestGoneError("the emulator ended before the guest was done");
    return value;
  }

  /** Writes the stopped machine to a file. */
  async save(path: string): Promise<void> {
    await this.#management.execute("stop");
    // The default holds back to spare a network.
    await this.#management.execute("migrate-set-parameters", { "max-bandwidth": 2 ** 40 });
    await this.#management.execute("migrate", { uri: `exec:exec cat > '${path.replaceAll("'", "'\\''")}'` });
    await this.#migrated();
  }

  async #resume(): Promise<void> {
    await this.#migrated();
    await this.#management.execute("cont");
  }

  async #migrated(): Promise<void> {
    for (;;) {
      const { status } = (await this.#management.execute("query-migrate")) as { status?: string };
      if (status === "completed") return;
      if (status === "failed") throw new GuestGoneError("the emulator could not write or read the snapshot");
      await wait(20);
    }
  }

  /** Ends the machine. What the guest wrote can still be read. */
  async end(): Promise<void> {
    if (this.#machine.exitCode !== null || this.#machine.signalCode !== null) return;
    const ended = once(this.#machine, "exit");
    this.#management.execute("quit").catch(() => this.kill());
    await ended;
  }

  /** Ends the machine and removes all that it left. */
  async close(): Promise<void> {
    await this.end();
    this.#management.close();
    for (const port of ports) this.#streams[port].destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }

  kill(): void {
    this.#machine.kill("SIGKILL");
  }
}

async function collected(machine: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of machine.stderr!.setEncoding("utf8")) text += chunk;
  return text.trim();
}

/** Connects as soon as somebody listens. */
async function connected(path: string): Promise<Socket> {
  for (;;) {
    const socket = connect({ path, allowHalfOpen: true });
    try {
      await once(socket, "connect");
      // Whoever reads notices that the machine is gone.
      return socket.on("error", () => {});
    } catch {
      await wait(10);
    }
  }
}
