import { Refusal } from "../refusal.ts";
import { offer } from "./algorithms.ts";
import { announce } from "./delivery.ts";
import { Errno } from "./errno.ts";
import type { Handler } from "./kernel.ts";

const highestSaType = 9;

/** The same algorithms whatever the type; type 0 asks for them and registers nothing. All who have registered hear of it. */
export const register: Handler = (kernel, { header, message }, from) => {
  const { saType, sequence, pid } = header;
  if (saType > highestSaType) throw new Refusal(Errno.EINVAL);
  if (saType !== 0) {
    const bit = 1 << saType;
    if ((from.registered & bit) !== 0) throw new Refusal(Errno.EEXIST);
    from.registered |= bit;
  }
  const { authentication, encryption } = kernel.supported;
  announce(
    kernel,
    {
      type: "register",
      saType: message.saType,
      sequence,
      pid,
      extensions: [
        {
          kind: "supportedAuthentication",
          reserved: 0,
          algorithms: offer("authentication", authentication),
        },
        { kind: "supportedEncryption", reserved: 0, algorithms: offer("encryption", encryption) },
      ],
    },
    "registered",
    from,
  );
};
