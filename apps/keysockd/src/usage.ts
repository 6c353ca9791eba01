import { personalities } from "./options.ts";

/** What --help prints. */
export function usageText(): string {
  return `usage: keysockd --listen PATH --personality NAME

  --listen PATH        serve key sockets on a Unix stream socket there, until SIGINT or SIGTERM
  --personality NAME   the kernel to behave like: ${personalities.join(" or ")}
  --help               print this
`;
}
