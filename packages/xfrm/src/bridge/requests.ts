/**
 * What each request of PF_KEY asks the kernel, and which of its messages is the answer.
 */
import { Errno, protocolOf, Refusal, type Reqids } from "@keysock/engine/linux";
import { find, type Message, type MessageType } from "@keysock/wire";
import type { Attribute } from "../attribute.ts";
import type { Id } from "../id.ts";
import type { Lifetime } from "../lifetime.ts";
import { attributeValue, type XfrmMessage } from "../message.ts";
import { XfrmPolicyType } from "../numbers.ts";
import type { PolicyId } from "../policy-id.ts";
import type { SaInfo } from "../sa-info.ts";
import { sameAddress } from "./family.ts";
import type { Question } from "./line.ts";
import { migrateQuestion } from "./migrate.ts";
import { newPolicyQuestion, policyAfter, policyById, policyBySelector } from "./policy-question.ts";
import { allocSpiQuestion, newSaQuestion, questionAfter, saIdQuestion } from "./sa-question.ts";
import { type Attributes, isLarval } from "./sa-shown.ts";
import { sameSelector } from "./selectors.ts";

/** A request in XFRM's words. */
export interface Asked {
  readonly question: Question;
  /** Whether a message under the question's numbers is what came of it. */
  isAnswer(message: XfrmMessage): boolean;
  /** The type that the reply has. */
  readonly reply: MessageType;
  /** Asked at the same time: what there was before. */
  readonly before?: Question;
  /** Where only the acknowledgement was heard: how to ask for what was done, or that the request itself is the reply. */
  readonly after?: Question | "request";
  /** Where nothing was heard: it can be asked again, or what there is now shows whether it was done. */
  readonly lost?: "again" | Look;
}

export interface Look {
  readonly question: Question;
  isDone(found: XfrmMessage | undefined): boolean;
}

/** Undefined for a type that is no question to the kernel. @throws Refusal */
export function askedBy(message: Message, reqids: Reqids): Asked | undefined {
  switch (message.type) {
    case "add":
      return newSa("newSa", message);
    case "update":
      return newSa("updSa", message);
    case "delete":
      return oneSa("delSa", message);
    case "get":
      return oneSa("getSa", message);
    case "getspi":
      return {
        question: allocSpiQuestion(message),
        isAnswer: ({ type }) => type === "newSa",
        reply: "getspi",
        lost: "again",
      };
    case "flush":
      return {
        question: { type: "flushSa", body: { protocol: protocolIn(message) }, attributes: [] },
        isAnswer: ({ type }) => type === "flushSa",
        reply: "flush",
        after: "request",
        lost: "again",
      };
    case "spdadd":
    // Its reply says SPDADD.
    case "spdsetidx":
      return newPolicy("newPolicy", message, reqids);
    case "spdupdate":
      return newPolicy("updPolicy", message, reqids);
    case "spddelete":
      return onePolicy(policyBySelector(message), "spddelete");
    case "spddelete2":
      return onePolicy(policyById("delPolicy", message), "spddelete2");
    case "spdget":
      return onePolicy(policyById("getPolicy", message), "spdget");
    case "spdflush": {
      const type = find(message, "xfrm")?.policyType ?? XfrmPolicyType.main;
      const attributes: Attribute[] = [{ kind: "policyType", value: { type } }];
      return {
        question: { type: "flushPolicy", attributes },
        isAnswer: ({ type }) => type === "flushPolicy",
        reply: "spdflush",
        after: "request",
        lost: "again",
      };
    }
    case "migrate":
      // Nothing is replied but a refusal.
      return { question: migrateQuestion(message), isAnswer: () => false, reply: "migrate" };
  }
  return undefined;
}

/** A dump in XFRM's words; undefined for another request. @throws Refusal */
export function dumpAskedBy(message: Message): Question | undefined {
  if (message.type === "spddump") return { type: "getPolicy", attributes: [] };
  if (message.type !== "dump") return undefined;
  const protocol = protocolOf(message.saType);
  if (protocol === undefined) throw new Refusal(Errno.EINVAL);
  const attributes: Attribute[] = [{ kind: "proto", value: protocol }];
  const filter = find(message, "filter");
  if (filter !== undefined) {
    const { source, destination, family, sourcePrefixLength, destinationPrefixLength } = filter;
    const value = { source, destination, family, sourcePrefixLength, destinationPrefixLength };
    attributes.push({ kind: "addressFilter", value });
  }
  return { type: "getSa", attributes };
}

function newSa(type: "newSa" | "updSa", message: Message): Asked {
  const question = newSaQuestion(type, message);
  const { id, sequence, lifetime } = question.body;
  const after = questionAfter(question);
  const isSame = (body: SaInfo) =>
    type === "newSa" ? body.sequence === sequence : sameLimits(body.lifetime, lifetime);
  return {
    question,
    isAnswer: (told) => told.type === type && sameId(told.body.id, id),
    reply: type === "newSa" ? "add" : "update",
    after,
    lost: {
      question: after,
      isDone: (found) => found?.type === "newSa" && !isLarval(found) && isSame(found.body),
    },
    ...(type === "updSa" && { before: after }),
  };
}

function oneSa(type: "getSa" | "delSa", message: Message): Asked {
  const question = saIdQuestion(type, message);
  const { body } = question;
  if (type === "getSa") {
    return {
      question,
      isAnswer: (told) => told.type === "newSa" && sameId(told.body.id, body),
      reply: "get",
      lost: "again",
    };
  }
  return {
    question,
    isAnswer: (told) => told.type === "delSa" && sameId(told.body, body),
    reply: "delete",
    ...gone({ ...question, type: "getSa" }),
  };
}

function newPolicy(type: "newPolicy" | "updPolicy", message: Message, reqids: Reqids): Asked {
  const question = newPolicyQuestion(type, message, reqids);
  const { body } = question;
  const after = policyAfter(question);
  return {
    question,
    isAnswer: (told) => told.type === type && samePolicy(told.body, body),
    reply: type === "newPolicy" ? "spdadd" : "spdupdate",
    after,
    lost: {
      question: after,
      isDone: (found) =>
        found?.type === "newPolicy" &&
        found.body.priority === body.priority &&
        found.body.action === body.action &&
        transforms(found) === transforms(question),
    },
  };
}

function onePolicy(question: ReturnType<typeof policyById>, reply: MessageType): Asked {
  const { body } = question;
  const isSame = (told: PolicyId) => (body.index === 0 ? samePolicy(told, body) : told.index === body.index);
  if (question.type === "getPolicy") {
    return {
      question,
      isAnswer: (told) => told.type === "newPolicy" && isSame(told.body),
      reply,
      lost: "again",
    };
  }
  return {
    question,
    isAnswer: (told) => told.type === "delPolicy" && isSame(told.body),
    reply,
    ...gone({ ...question, type: "getPolicy" }),
  };
}

/** Of what deletes. */
const gone = (question: Question): Pick<Asked, "after" | "lost"> => ({
  after: "request",
  lost: { question, isDone: (found) => found === undefined },
});

const sameId = (a: Id, b: Id): boolean =>
  a.spi === b.spi && a.protocol === b.protocol && sameAddress(a.destination, b.destination);

const sameLimits = (a: Lifetime, b: Lifetime): boolean =>
  (Object.keys(a) as (keyof Lifetime)[]).every((name) => a[name] === b[name]);

const samePolicy = (
  a: Pick<PolicyId, "direction" | "selector">,
  b: Pick<PolicyId, "direction" | "selector">,
) => a.direction === b.direction && sameSelector(a.selector, b.selector);

const transforms = (message: Attributes): string =>
  (attributeValue(message, "tmpl") ?? [])
    .map(({ id, mode, reqid, optional }) => [id.protocol, mode, reqid, optional].join("/"))
    .join(" ");

/** Any is IPSEC_PROTO_ANY, as from PF_KEY: by 0 a kernel flushes what is not IPsec's too, the states of Mobile IPv6. */
function protocolIn({ saType }: Message): number {
  const protocol = protocolOf(saType);
  if (protocol === undefined) throw new Refusal(Errno.EINVAL);
  return protocol;
}
