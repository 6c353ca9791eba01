import type { MessageOf } from "../message.ts";
import type { Bridge } from "./bridge.ts";
import { encodeTold } from "./pfkey-message.ts";
import { type Attributes, expiredSa } from "./sa-shown.ts";

/** Under a kernel's own numbers. */
const kernel = { sequence: 0, pid: 0 };

/** XFRM's EXPIRE leaves out algorithms and NAT-T, which PF_KEY's has: they are asked for, as long as there is the SA. */
export function expire({ line, deliver }: Bridge, message: MessageOf<"expire">): void {
  const { sa, hard } = message.body;
  const { destination, spi, protocol } = sa.id;
  const tell = (whole: Attributes) =>
    deliver(encodeTold({ type: "expire", ...expiredSa(sa, whole, hard === 0 ? "soft" : "hard") }, kernel));
  line.ask(
    {
      type: "getSa",
      body: { destination, spi, protocol, family: sa.family },
      attributes: message.attributes.filter(({ kind }) => kind === "mark"),
    },
    {
      told(answer) {
        if (answer.type !== "newSa") return false;
        tell(answer);
        return true;
      },
      ended: (errno) => errno !== 0 && tell(message),
    },
  );
}
