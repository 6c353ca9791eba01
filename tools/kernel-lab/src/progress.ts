/** Says what is being prepared. */
export type Progress = (what: string) => void;

/** On standard error, since standard output is the command's. */
export const toStandardError: Progress = (what) => void process.stderr.write(`kernel-lab: ${what}\n`);
