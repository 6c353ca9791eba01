import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Prepared } from "./cache.ts";
import { environment } from "./run.ts";

/** Streams between host and guest, each a Unix socket here and a virtio port there. */
export const ports = ["control", "stdin", "stdout", "stderr"] as const;
export type Port = (typeof ports)[number];

const kernelArguments =
  "quiet console=ttyS0 panic=-1 mitigations=off cryptomgr.notests=1 nokaslr tsc=reliable no_timer_check";

/** The machine; a snapshot fits no other. Two processors, `pc` and `microvm` boot slower or not at all. */
export const machineArguments = [
  ...["-accel", "tcg", "-cpu", "max", "-machine", "q35", "-smp", "1", "-m", "2048"],
  ...["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"],
  ...["-append", kernelArguments],
  ...["-device", "virtio-serial-pci", "-device", "virtio-9p-pci,fsdev=root,mount_tag=root"],
  ...["-device", "virtio-9p-pci,fsdev=scratch,mount_tag=scratch"],
];

/** What one machine is started with. */
export interface MachineOptions {
  prepared: Prepared;
  /** For its sockets and its console. */
  folder: string;
  scratch: string;
  /** Whether it begins as the snapshot was. */
  restore: boolean;
}

/** The kernel's messages of a machine in that folder. */
export const consoleFile = (folder: string): string => join(folder, "console");

/** The management socket of a machine in that folder. */
export const managementSocket = (folder: string): string => join(folder, "management");

export const portSocket = (folder: string, port: Port): string => join(folder, port);

/** Starts the emulator. It is killed when this process ends, however that comes about. */
export function startMachine({ prepared, folder, scratch, restore }: MachineOptions): ChildProcess {
  const argv = [
    ...machineArguments,
    ...["-kernel", prepared.kernel, "-initrd", prepared.initramfs],
    ...["-serial", `file:${consoleFile(folder)}`],
    ...["-qmp", `unix:${managementSocket(folder)},server=on,wait=off`],
    ...["-fsdev", "local,id=root,path=/,security_model=none,readonly=on,multidevs=remap"],
    ...["-fsdev", `local,id=scratch,path=${escaped(scratch)},security_model=none`],
    ...ports.flatMap((port) => [
      ...["-chardev", `socket,id=${port},path=${escaped(portSocket(folder, port))},server=on,wait=off`],
      ...["-device", `virtserialport,chardev=${port},name=${guestName(port)}`],
    ]),
    ...(restore ? ["-incoming", `exec:exec cat '${prepared.snapshot.replaceAll("'", "'\\''")}'`] : []),
  ];
  return spawn("setpriv", ["--pdeathsig", "KILL", "qemu-system-x86_64", ...argv], {
    env: environment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** In the guest's /dev, where stdin, stdout and stderr are names that mean something else. */
const guestName = (port: Port): string => (port === "control" ? port : `${port}-port`);

/** A comma ends an option's value unless it is doubled. */
const escaped = (path: string): string => path.replaceAll(",", ",,");
