import { headerAlone, headerBytes } from "../header.ts";
import { Refusal } from "../refusal.ts";
import { deliver } from "./delivery.ts";
import { Errno } from "./errno.ts";
import type { Handler } from "./kernel.ts";

/** A header alone switches; one with something behind it goes to everybody as it is. */
export const promisc: Handler = (kernel, { bytes, header }, from) => {
  if (bytes.length !== headerBytes) {
    deliver(kernel, bytes, "all");
    return;
  }
  if (header.saType > 1) throw new Refusal(Errno.EINVAL);
  from.promiscuous = header.saType === 1;
  deliver(kernel, headerAlone(bytes, 0, kernel.dialect), "all");
};
