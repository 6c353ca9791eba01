import { describeAlgorithms } from "./kernel-algorithms.ts";
import { describeAttributes } from "./kernel-attributes.ts";
import { describeBulk } from "./kernel-bulk.ts";
import { describeCommands } from "./kernel-commands.ts";
import { describeDocument } from "./kernel-document.ts";
import { describeMonitor } from "./kernel-monitor.ts";
import { describeProgram } from "./kernel-program.ts";
import { describeSave } from "./kernel-save.ts";
import { describeSeedExamples } from "./kernel-seed.ts";

/**
 * The command on a real kernel. Each test has a network of its own, and looks at the SADB through ip(8).
 *
 * @param via - the way to the kernel
 */
export function describeIpseckey(via: string): void {
  describeSeedExamples(via);
  describeDocument(via);
  describeCommands(via);
  describeSave(via);
  describeMonitor(via);
  describeBulk(via);
  describeProgram(via);
}

/** Every attribute and every algorithm on a real kernel. */
export function describeLinuxMatrix(via: string): void {
  describeAttributes(via);
  describeAlgorithms(via);
}
