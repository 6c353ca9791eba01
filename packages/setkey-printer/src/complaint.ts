import type { Decoded, ProblemReason } from "@keysock/wire";

/** Why libipsec's check of a reply fails, in its words; a listing shows them instead of the entry. */
export function complaintAbout({ message, problems }: Decoded): string | undefined {
  for (const { reason } of problems) if (!isInsidePolicy(reason)) return problemText(reason);
  const unknown = message.extensions.some(({ kind }) => kind === "raw" || kind === "filter");
  return unknown ? "Invalid extension type" : undefined;
}

/** Such a problem spoils the text of the policy, not the whole entry. */
export const isInsidePolicy = (reason: ProblemReason): boolean => reason.startsWith("ipsecrequest-");

function problemText(reason: ProblemReason): string {
  if (reason === "version-unknown") return "Invalid version";
  if (reason === "header-short" || reason.startsWith("message-")) return "Invalid sadb message";
  return "Invalid extension type";
}
