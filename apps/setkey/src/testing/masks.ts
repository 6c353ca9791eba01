/** What varies from run to run, made the same: times and ages, a policy's refcount, ids and process ids. */
export function maskText(text: string): string {
  return text
    .replace(/\bpid=\d+/g, "pid=PID")
    .replace(/(created|current|lastused): \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}/g, "$1: DATE")
    .replace(/diff: \d+\(s\)/g, "diff: AGE")
    .replace(/(refcnt|reserved)=[1-9]\d*/g, "$1=N")
    .replace(/unique#\d+/g, "unique#ID")
    .replace(/addtime=1\d{9}/g, "addtime=TIME")
    .replace(/^\d\d:\d\d:\d\d\.\d{6} $/gm, "TIME ")
    .replace(/^\d{4} (?=\S{2,3} +[LMDd] [0-9a-f]{8})/gm, "MMSS ");
}

/** A message in hexadecimal with the sender's process id masked. */
export function maskPid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return `${hex.slice(0, 24)}PID${hex.slice(32)}`;
}
