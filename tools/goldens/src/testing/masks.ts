/** SADB_X_SPDADD and what else is about policies: there the reserved field counts references (linux/pfkeyv2.h). */
const firstOfPolicies = 14;
const lastOfPolicies = 20;
const lifetimeCurrent = 2;

/** What varies from run to run in the parts of a recorded case, made the same. */
export const maskParts = (parts: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries(
    [...parts].map(([name, content]) => [
      name,
      name.endsWith(".hex") ? maskMessages(content) : maskText(content),
    ]),
  );

const maskText = (text: string): string =>
  text
    .replaceAll(/\bpid=\d+/g, "pid=PID")
    .replaceAll(/(created|current|lastused): \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}/g, "$1: DATE")
    .replaceAll(/diff: \d+\(s\)/g, "diff: AGE")
    .replaceAll(/(refcnt|reserved)=[1-9]\d*/g, "$1=N")
    .replaceAll(/addtime=1\d{9}/g, "addtime=TIME")
    .replaceAll(/^\d\d:\d\d:\d\d\.\d{6} $/gm, "TIME ");

const maskMessages = (lines: string): string => lines.replaceAll(/^[0-9a-f]+$/gm, maskMessage);

/** `struct sadb_msg`: type at 1, reserved at 6, pid at 12; `struct sadb_lifetime`: addtime at 16 (RFC 2367). */
function maskMessage(hex: string): string {
  const bytes = Buffer.from(hex, "hex");
  const type = bytes[1]!;
  if (type >= firstOfPolicies && type <= lastOfPolicies) bytes.writeUInt16LE(0, 6);
  bytes.writeUInt32LE(0, 12);
  for (let at = 16; at + 4 <= bytes.length; at += Math.max(8, bytes.readUInt16LE(at) * 8)) {
    if (bytes.readUInt16LE(at + 2) === lifetimeCurrent) bytes.fill(0, at + 16, at + 24);
  }
  return bytes.toString("hex");
}
