import { find, type Message, type OutgoingExtension } from "@keysock/wire";
import { offer } from "./algorithms.ts";
import { answer, registeredFor, registrationBit } from "./delivery.ts";
import { Diagnostic } from "./diagnostic.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { protocolOrAll } from "./protocol.ts";
import { refuse } from "./refuse.ts";
import type { Protocol } from "./sa.ts";

/** By number, as X_EREG has them. */
const protocols: ReadonlyMap<number, Protocol> = new Map([
  [2, "ah"],
  [3, "esp"],
]);

/** All who have registered for one of the types hear which algorithms there are. */
export const register: Handler = (kernel, request, from) => {
  const wanted = protocolsIn(request.message);
  for (const protocol of wanted) from.registered |= registrationBit[protocol];
  answer(kernel, request, offers(kernel, wanted), registeredFor(wanted));
};

/** Without an SA type X_EREG lists those that are meant. @throws Refusal with EINVAL and 4 or 5 */
function protocolsIn(message: Message): Protocol[] {
  const protocol = protocolOrAll(message.saType);
  if (protocol !== "unspec") return [protocol];
  const listed = find(message, "extendedRegister");
  if (listed === undefined) refuse(Diagnostic.saTypeNeeded);
  return listed.saTypes.map((number) => {
    const one = protocols.get(number);
    if (one === undefined) refuse(Diagnostic.unknownSaType);
    return one;
  });
}

function offers({ supported }: Kernel, wanted: readonly Protocol[]): OutgoingExtension[] {
  const { authentication, encryption } = supported;
  const both: OutgoingExtension[] = [
    { kind: "supportedAuthentication", reserved: 0, algorithms: offer("authentication", authentication) },
    { kind: "supportedEncryption", reserved: 0, algorithms: offer("encryption", encryption) },
  ];
  return wanted.includes("esp") ? both : both.slice(0, 1);
}
