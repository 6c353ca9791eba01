import type { Attribute } from "../attribute.ts";
import type { XfrmMessage } from "../message.ts";

/** Overwrites the keys of a message, those of a request that it repeats, too. */
export function wipeMessage(message: XfrmMessage): void {
  if (typeof message.type === "number") {
    message.data.fill(0);
    return;
  }
  if (message.type === "error") message.body.request.fill(0);
  wipeAttributes(message.attributes);
}

export function wipeAttributes(attributes: readonly Attribute[]): void {
  for (const attribute of attributes) wipeAttribute(attribute);
}

function wipeAttribute(attribute: Attribute): void {
  switch (attribute.kind) {
    case "algAuth":
    case "algAuthTrunc":
    case "algCrypt":
    case "algAead":
    case "algComp":
      attribute.value.key.fill(0);
      break;
    case "raw":
      attribute.value.fill(0);
  }
  attribute.rest?.fill(0);
}
