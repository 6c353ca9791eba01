import type { SaVerb } from "@keysock/ipseckey-grammar";

/** Whether a verb names an SA and says nothing of it. */
export const onlyNames = (verb: SaVerb): boolean =>
  verb === "delete" || verb === "delete-pair" || verb === "get";
