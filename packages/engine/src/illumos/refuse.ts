import { Refusal } from "../refusal.ts";
import { Errno } from "./errno.ts";

/** What is asked for is not valid. @throws Refusal with EINVAL and that diagnostic */
export function refuse(diagnostic: number): never {
  throw new Refusal(Errno.EINVAL, diagnostic);
}
