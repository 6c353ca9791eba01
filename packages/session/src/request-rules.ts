import type { MessageType } from "@keysock/wire";

/** How a request is answered. */
export interface RequestRule {
  /** "one" reply, a "dump" of many, or "none" unless it is refused. */
  replies: "one" | "dump" | "none";
  /** Others may be sent before it is answered. */
  pipelined: boolean;
}

const rules: Partial<Record<MessageType, RequestRule>> = {
  getspi: { replies: "one", pipelined: true },
  update: { replies: "one", pipelined: true },
  add: { replies: "one", pipelined: true },
  delete: { replies: "one", pipelined: true },
  get: { replies: "one", pipelined: true },
  acquire: { replies: "none", pipelined: false },
  dump: { replies: "dump", pipelined: false },
  spdupdate: { replies: "one", pipelined: true },
  spdadd: { replies: "one", pipelined: true },
  spddelete: { replies: "one", pipelined: true },
  spdget: { replies: "one", pipelined: true },
  spddump: { replies: "dump", pipelined: false },
  spdsetidx: { replies: "one", pipelined: true },
  spddelete2: { replies: "one", pipelined: true },
  migrate: { replies: "none", pipelined: false },
};

const anyOther: RequestRule = { replies: "one", pipelined: false };

/** The rule of a message type; one that is not in the table gets one reply and stands alone. */
export const ruleOf = (type: MessageType | number): RequestRule =>
  (typeof type === "string" ? rules[type] : undefined) ?? anyOther;
