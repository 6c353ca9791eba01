import { headerBytes } from "../header.ts";
import { Refusal } from "../refusal.ts";
import { Errno } from "./errno.ts";
import type { Handler } from "./kernel.ts";

/** Key management tells that it failed. Nothing is answered, and what names no larval SA is ignored. */
export const acquireFailed: Handler = (kernel, { bytes, header }) => {
  if (bytes.length !== headerBytes) throw new Refusal(Errno.EOPNOTSUPP);
  if (header.sequence === 0 || header.errno === 0) return;
  const larval = kernel.sadb.findAcquire(header.sequence);
  if (larval !== undefined) larval.state = "failed";
};
