import { type Parameters, smallNumber, wordTokenOf } from "./parameters.ts";
import { note, type Reading } from "./reading.ts";

/** Checks what `delete`, `delete-pair` and `get` say as a whole; what is wrong is noted. */
export function checkNaming(reading: Reading, parameters: Parameters): void {
  const { command, context, original } = reading;
  const { kind: verb } = command;
  if (!parameters.numbers.has("spi")) {
    const text = `Need SA parameters for ${verb}`;
    note(reading, undefined, {
      code: "sa-missing",
      report: "collected",
      original: `${text}.\n`,
      message: `${text}: spi and its number.`,
    });
    if (original) return;
  }
  if (parameters.addresses.has("dst")) return;
  // The original asks its kernel, which refuses it; where there is a port to put into the address, it crashes.
  const asks = original && context.dialect.name === "illumos";
  if (asks && smallNumber(parameters, "dport") === 0) return;
  const text = `Need destination address for ${verb}`;
  note(reading, asks ? wordTokenOf(parameters, "dport") : undefined, {
    code: "destination-missing",
    report: "collected",
    original: `${text}.\n`,
    message: `${text}: dst and an address.`,
  });
}
