import type { Host } from "@keysock/host";
import type { Dialect } from "@keysock/wire";

/** What changes the text of a message. */
export interface PrintOptions {
  /** The one that the message was decoded with: numbers of algorithms, flags and errnos are a kernel's own. */
  dialect: Dialect;
  /** Its clock, the names of its interfaces, and unless `numeric` its names of addresses and protocols. */
  host: Pick<Host, "now" | "reverse" | "protocolName" | "interfaceName">;
  /** `-n`: no names of addresses and protocols. */
  numeric?: boolean;
  /** `-p`: `XX` for each byte of a key. */
  paranoid?: boolean;
  /** `-v`: seconds since 1970 below each date. */
  rawTimes?: boolean;
  /** `--compat=illumos`: the original's mistakes too. */
  compat?: boolean;
  /** What illumos keeps in `/var/run/ipsec_kmc_map`: the label of an IKE daemon's cookie. */
  cookieLabel?: (cookie: number) => string | undefined;
}

/** A text for standard output and what goes to standard error beside it. */
export interface Printed {
  text: string;
  /** Whole lines, `ipseckey: ` in front and a line end behind. */
  warnings: string[];
}
