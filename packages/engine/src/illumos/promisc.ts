import { answer, only } from "./delivery.ts";
import { Diagnostic } from "./diagnostic.ts";
import type { Handler } from "./kernel.ts";
import { refuse } from "./refuse.ts";

/** The header's SA type says on or off. */
export const promisc: Handler = (kernel, request, from) => {
  const { header, message } = request;
  if (message.extensions.length > 0) refuse(Diagnostic.extensionsNotNeeded);
  if (header.saType > 1) refuse(Diagnostic.unknownSaType);
  from.promiscuous = header.saType === 1;
  answer(kernel, request, [], only(from));
};
