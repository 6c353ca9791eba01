import type { LinuxVerb } from "@keysock/ipseckey-compiler";
import { type LinuxSample, sampleKey } from "./linux-samples.ts";

/** A command on the SA with SPI 0x100 to 192.0.2.2: what the words do not give is added. */
export function commandOf(verb: LinuxVerb, words: string): string {
  const given = new Set(words.split(" "));
  const naming = ["spi 0x100", "dst 192.0.2.2"];
  const whole = verb === "add" ? [...naming, "encralg aes", `encrkey ${sampleKey}`] : naming;
  const rest = whole.filter((pair) => !given.has(pair.split(" ")[0]!));
  return [verb, "esp", words, ...rest].filter((each) => each !== "").join(" ");
}

/** What `add` and `update` are told. */
export const together = ({ words, with: more = "" }: LinuxSample): string => `${words} ${more}`.trim();

/** What the SA was added with that an `update` changes, or is refused to change. */
export const wordsBefore = (sample: LinuxSample): string => sample.before ?? together(sample);

/** What of a refusal is told: of the words that only `add` and `update` have, the verb. */
export const toldOf = (verb: LinuxVerb, reason: string): string =>
  reason === "delete and get only name an SA" ? `for ${verb}.` : reason;
