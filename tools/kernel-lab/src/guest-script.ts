/** Where the guest finds the scratch folder. */
const guestScratch = "/run/scratch";

/** One word of a POSIX shell, whatever is in it. */
export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/**
 * The script that runs a command in the guest. Time is UTC there: without TZ the C library looks /etc/localtime up for
 * each date that a listing prints.
 */
export function guestScript(command: readonly string[], folder: string, path: string): string {
  return [
    `export PATH=${quoted(path)} HOME=/root TZ=UTC LAB_SCRATCH=${guestScratch}`,
    `cd ${quoted(folder)} || exit 126`,
    `exec ${command.map(quoted).join(" ")}`,
    "",
  ].join("\n");
}
