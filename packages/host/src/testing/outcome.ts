import { formatAddress } from "@keysock/address";
import type { Host, ResolveOptions } from "../host.ts";
import { ResolveError } from "../resolve-error.ts";

/** What a host resolves a name to, in a form that reads well in a table: `192.0.2.1 port 500`, or the code of the error. */
export function outcome(host: Host, name: string, options?: ResolveOptions): string[] | string {
  try {
    return host.resolve(name, options).map(({ family, address, port, scopeId }) => {
      if (address.length !== (family === "inet" ? 4 : 16))
        throw new Error(`${address.length} bytes of ${family}`);
      return `${formatAddress(address)}${scopeId ? `%${scopeId}` : ""}${port ? ` port ${port}` : ""}`;
    });
  } catch (error) {
    if (error instanceof ResolveError) return error.code;
    throw error;
  }
}
