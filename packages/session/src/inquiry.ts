import { find, type Message, type OutgoingMessage, request, SaState } from "@keysock/wire";
import { sameAddress } from "./same-bytes.ts";
import { samePolicy, sameSelector } from "./same-policy.ts";
import { sameLifetimes, sameSa } from "./same-sa.ts";

/** How to find out whether a request was carried out whose reply was lost. */
export interface Inquiry {
  readonly question: OutgoingMessage;
  /** Whether a request is about the same entry: sent meanwhile, it makes every answer ambiguous. */
  concerns(other: OutgoingMessage): boolean;
  /** Which of the answers is about the request. */
  matches(answer: Message): boolean;
  /**
   * What the reply must have said, given the answer that matches (undefined: there is no such entry); undefined if the
   * request was not carried out.
   */
  conclude(found: Message | undefined): OutgoingMessage | undefined;
}

type Row = (lost: OutgoingMessage) => Inquiry | undefined;

const rows: { readonly [type: string | number]: Row | undefined } = {
  add: bySpi((lost, found) => found && sameSa(lost, found) && found),
  update: bySpi((lost, found) => found && !isLarval(found) && sameLifetimes(lost, found) && found),
  getspi: bySpi((_, found) => found && isLarval(found) && found),
  delete: bySpi((lost, found) => (found ? undefined : lost)),
  spdadd: bySelector((lost, found) => found && samePolicy(lost, found) && found),
  spdupdate: bySelector((lost, found) => found && samePolicy(lost, found) && found),
  spdsetidx: bySelector((lost, found) => found && samePolicy(lost, found) && found),
  spddelete: bySelector((lost, found) => (found ? undefined : lost)),
  spddelete2: (lost) => ({
    question: { ...lost, type: "spdget" },
    concerns: ({ type }) => isPolicyWrite(type),
    matches: () => true,
    conclude: (found) => (found ? undefined : lost),
  }),
};

/** How to ask after a request; undefined where nothing can be asked. */
export const inquiryAfter = (lost: OutgoingMessage): Inquiry | undefined => rows[lost.type]?.(lost);

type Conclusion = (lost: OutgoingMessage, found: Message | undefined) => OutgoingMessage | undefined | false;

/** Asks by GET; without an SPI there is nothing to ask for. */
function bySpi(conclusion: Conclusion): Row {
  return (lost) => {
    const spi = spiOf(lost);
    if (spi === undefined) return undefined;
    const sa = { kind: "sa", spi, replay: 0, state: 0, authentication: 0, encryption: 0, flags: 0 } as const;
    const addresses = lost.extensions.filter(
      ({ kind }) => kind === "addressSource" || kind === "addressDestination",
    );
    return {
      question: request("get", lost.saType, [sa, ...addresses]),
      concerns: (other) => isSaWrite(other.type) && spiOf(other) === spi && sameDestination(lost, other),
      matches: () => true,
      conclude: (found) => conclusion(lost, found) || undefined,
    };
  };
}

/** Asks by SPDDUMP: a policy's id is not known before its reply. */
function bySelector(conclusion: Conclusion): Row {
  return (lost) => ({
    question: request("spddump", "unspec"),
    concerns: (other) =>
      other.type === "spddelete2" || (isPolicyWrite(other.type) && sameSelector(lost, other)),
    matches: (answer) => sameSelector(lost, answer),
    conclude: (found) => conclusion(lost, found) || undefined,
  });
}

const isSaWrite = (type: string | number): boolean => type in rows && !isPolicyWrite(type);

const isPolicyWrite = (type: string | number): boolean => type in rows && `${type}`.startsWith("spd");

/** An SA is known by its protocol, SPI and destination. */
const sameDestination = (a: OutgoingMessage, b: OutgoingMessage): boolean =>
  a.saType === b.saType &&
  sameAddress(find(a, "addressDestination")?.sockaddr, find(b, "addressDestination")?.sockaddr);

/** The SPI that the request names: of a GETSPI only a range of one says which. */
function spiOf(lost: OutgoingMessage): number | undefined {
  if (lost.type !== "getspi") return find(lost, "sa")?.spi;
  const range = find(lost, "spiRange");
  return range?.min === range?.max ? range?.min : undefined;
}

const isLarval = (message: Message): boolean => find(message, "sa")?.state === SaState.larval;
