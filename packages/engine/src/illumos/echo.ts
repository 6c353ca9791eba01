import type { OutgoingExtension } from "@keysock/wire";
import type { Request } from "../core.ts";
import type { Address, Addresses } from "./addresses.ts";
import { all, answer } from "./delivery.ts";
import type { Kernel } from "./kernel.ts";
import { replayOf } from "./sa-request.ts";

/** Tells everybody of a request that was carried out: as it came, but without keys and with addresses as the kernel has them. */
export function echo(kernel: Kernel, request: Request, addresses: Addresses): void {
  const extensions = request.message.extensions.flatMap((extension): OutgoingExtension[] => {
    switch (extension.kind) {
      case "keyAuthentication":
      case "keyEncryption":
      case "stringAuthentication":
        return [];
      case "sa":
        return [{ ...extension, replay: replayOf(extension, addresses.addressSource) }];
      default:
        return [asAddress(addresses, extension.kind) ?? extension];
    }
  });
  answer(kernel, request, extensions, all);
}

const asAddress = (addresses: Addresses, kind: string): Address | undefined =>
  (addresses as Readonly<Record<string, Address>>)[kind];
