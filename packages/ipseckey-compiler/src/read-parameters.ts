import {
  type AddressAttribute,
  type AlgorithmAttribute,
  type Attribute,
  attributesFrom,
  type IdentityAttribute,
  type KeyAttribute,
  type NumberAttribute,
} from "@keysock/ipseckey-grammar";
import { algorithmNumber, algorithmWords, counterMode } from "./algorithm.ts";
import { duplicateOf } from "./duplicates.ts";
import { onlyNames } from "./only-names.ts";
import { emptyParameters, nullCipher, type Parameters, SaTypeNumber } from "./parameters.ts";
import { ours } from "./problem.ts";
import { readAddress } from "./read-address.ts";
import { type Next, note, type Reading } from "./reading.ts";
import { looksLikeKey, shown } from "./shown.ts";

/** Two identities and all else fit into a message. */
const mostIdentityBytes = 0xffff;

/** Reads the attributes of a command; what is wrong with them is noted. */
export function readParameters(reading: Reading, saType: number): Parameters {
  const parameters = emptyParameters(saType);
  const { command, original } = reading;
  const { tokens, kind } = command;
  let attributes: Iterable<Attribute> = command.attributes;
  for (let again: number | undefined = 0; again !== undefined; ) {
    again = undefined;
    for (const attribute of attributes) {
      const next = take(reading, parameters, attribute);
      if (!original || next === "next attribute") continue;
      if (next === "the value as an attribute") again = attribute.token + 1;
      break;
    }
    if (again !== undefined) attributes = attributesFrom(tokens, again, kind, { compat: "illumos" });
  }
  // What was read anew belongs to nobody, and to a command that is dropped.
  if (attributes !== command.attributes) for (const { bytes } of parameters.keys.values()) bytes.fill(0);
  return parameters;
}

function take(reading: Reading, parameters: Parameters, attribute: Attribute): Next {
  const { command, original, problems } = reading;
  const duplicate = duplicateOf(attribute, parameters, command.kind, original);
  if (duplicate?.unread) {
    note(reading, attribute.token, duplicate.finding);
    return "the value as an attribute";
  }
  problems.push(...attribute.problems);
  if (attribute.problems.some(({ report }) => report === "fatal")) return "nothing";
  if (duplicate !== undefined) {
    note(reading, attribute.token, duplicate.finding);
    return "next attribute";
  }
  if (attribute.name === "unknown" || attribute.name === "rejected") return "next attribute";
  const next = store(reading, parameters, attribute);
  if (!parameters.given.has(attribute.name)) parameters.given.set(attribute.name, attribute);
  return next;
}

/** The value of an attribute that has been given once. */
function store(reading: Reading, parameters: Parameters, attribute: Attribute): Next {
  switch (attribute.name) {
    case "state":
      if (attribute.value !== undefined) parameters.state = attribute.value.number ?? 0;
      break;
    case "auth-algorithm":
    case "encryption-algorithm":
      storeAlgorithm(reading, parameters, attribute);
      break;
    case "src":
    case "dst":
    case "inner-src":
    case "inner-dst":
    case "nat_loc":
    case "nat_rem":
      return storeAddress(reading, parameters, attribute);
    case "authkey":
    case "encrkey":
      storeKey(reading, parameters, attribute);
      break;
    case "srcidtype":
    case "dstidtype":
      storeIdentity(reading, parameters, attribute);
      break;
    case "encap":
      parameters.udp = attribute.value?.startsWith("udp") ?? false;
      break;
    case "label":
    case "outer-label":
    case "implicit-label":
      // What Linux says of it is said with the rest of what it does not have.
      if (attribute.value !== undefined && (reading.original || reading.context.dialect.name === "illumos")) {
        note(reading, attribute.token + 1, {
          code: "label",
          report: "collected",
          original: "Malformed security label\n",
          message: `Malformed security label: ${attribute.word} takes Trusted Extensions, which are not there.`,
        });
      }
      break;
    case "inbound":
    case "outbound":
    case "unknown":
    case "rejected":
      break;
    default:
      storeNumber(reading, parameters, attribute);
  }
  return "next attribute";
}

function storeNumber(reading: Reading, parameters: Parameters, attribute: NumberAttribute): void {
  const { name, value, bits, token, word } = attribute;
  if (value === undefined) return;
  const number = BigInt.asUintN(bits, value.value);
  const { kind } = reading.command;
  parameters.numbers.set(name, number);
  if ((name === "spi" || name === "pair-spi") && number === 0n && !onlyNames(kind)) {
    note(reading, token + 1, {
      code: "zero-spi",
      report: "collected",
      original: 'Invalid SPI value "0" .\n',
      message: `Invalid SPI value "0".`,
      expected: ["a number from 1 to 4294967295"],
    });
  }
  if (name === "pair-spi" && kind === "update-pair") {
    note(reading, token, {
      code: "pair-of-pair",
      report: "collected",
      original: 'pair-spi can not be used with the "update-pair" command.\n',
      message: 'pair-spi can not be used with the "update-pair" command.',
    });
  }
  if (name === "replay" && number !== 0n) {
    note(reading, token, {
      code: "replay-window",
      severity: "warning",
      report: "at once",
      original: "WARNING:  Replay with manual keying considered harmful.\n",
      message: "WARNING: Replay with manual keying considered harmful.",
    });
  }
  if (name === "reserved_bits" && parameters.given.has("encrkey")) {
    note(reading, token, {
      code: "reserved-bits-late",
      report: "collected",
      original: "Reserved bits need to be specified before key.\n",
      message: `Reserved bits need to be specified before key: ${word} before encrkey.`,
    });
  }
}

function storeAlgorithm(reading: Reading, parameters: Parameters, attribute: AlgorithmAttribute): void {
  const { name, value, token } = attribute;
  if (value === undefined) return;
  const { dialect } = reading.context;
  const kind = name === "auth-algorithm" ? "authentication" : "encryption";
  if (kind === "encryption" && parameters.saType === SaTypeNumber.ah) {
    note(reading, token, {
      code: "encryption-for-ah",
      report: "collected",
      original: "Cannot specify encryption with SA type ah.\n",
      message: "Cannot specify encryption with SA type ah.",
    });
    return;
  }
  const number = algorithmNumber(kind, value, dialect);
  if (number === undefined) {
    const words = algorithmWords(kind);
    note(reading, token + 1, {
      code: "unknown-algorithm",
      report: "at once",
      original: `Unknown ${kind} algorithm type "${value.text}"\n`,
      message: `Unknown ${kind} algorithm type ${shown(value.text)}.`,
      expected: [...words, "a number from 0 to 255"],
      secret: looksLikeKey(value.text),
    });
  }
  parameters[kind] = number ?? 0;
  const mode = kind === "encryption" && number !== undefined ? counterMode(number, dialect) : undefined;
  if (mode !== undefined) {
    const text = `Using manual keying with a Counter mode algorithm such as "${mode}" may be insecure!`;
    note(reading, token + 1, {
      code: "counter-mode",
      severity: "warning",
      report: "at once",
      original: `${text}\n`,
      message: text,
    });
  }
}

function storeKey(reading: Reading, parameters: Parameters, { name, value, token }: KeyAttribute): void {
  if (value === undefined) return;
  if (name === "encrkey" && parameters.encryption === nullCipher) {
    note(reading, token, {
      code: "key-for-null",
      report: "collected",
      original: "Cannot specify a key with NULL encryption algorithm.\n",
      message: "Cannot specify a key with NULL encryption algorithm.",
    });
  }
  parameters.keys.set(name, value);
}

function storeIdentity(reading: Reading, parameters: Parameters, attribute: IdentityAttribute): void {
  const { name, word, type, value, token } = attribute;
  if (type === undefined || value === undefined) return;
  if (value.length > mostIdentityBytes) {
    const message = `${word} is too long: ${value.length} bytes, expected at most ${mostIdentityBytes}.`;
    note(reading, token, ours({ code: "long-identity", message }));
  }
  parameters.identities.set(name, { type: type.number ?? 0, text: value });
}

function storeAddress(reading: Reading, parameters: Parameters, attribute: AddressAttribute): Next {
  // With a prefix that is none the address is not looked at.
  if (attribute.value === undefined || attribute.problems.length > 0) return "next attribute";
  const found = readAddress(reading, attribute);
  if (typeof found === "string") return found;
  parameters.addresses.set(attribute.name, found);
  return "next attribute";
}
