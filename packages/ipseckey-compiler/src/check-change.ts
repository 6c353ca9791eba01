import type { Attribute } from "@keysock/ipseckey-grammar";
import {
  isTunnel,
  nullCipher,
  type Parameters,
  SaTypeNumber,
  smallNumber,
  wordTokenOf,
} from "./parameters.ts";
import type { CompileProblemCode } from "./problem.ts";
import { note, type Reading } from "./reading.ts";

/** Protocols that a tunnel's outer header may have: any, IPv4 and IPv6. */
const tunnelProtocols: readonly number[] = [0, 4, 41];

/** Notes that something is wrong with the command as a whole, or with that attribute of it. */
type Refuse = (
  code: CompileProblemCode,
  text: string,
  more?: { hint?: string; at?: Attribute["name"] },
) => void;

/** Checks what `add`, `update` and `update-pair` say as a whole, in illumos's order; what is wrong is noted. */
export function checkChange(reading: Reading, parameters: Parameters): void {
  const refuse: Refuse = (code, text, { hint = ".", at } = {}) =>
    note(reading, at && wordTokenOf(parameters, at), {
      code,
      report: "collected",
      original: `${text}.\n`,
      message: `${text.replace("WARNING: ", "")}${hint}`,
    });
  const nat = natAttribute(parameters);
  if (!parameters.udp && nat !== undefined) {
    const what = nat === "nat_lport" || nat === "nat_rport" ? "port" : "address";
    refuse("encapsulation-missing", `Must specify 'encap udp' with any NAT-T ${what}`, { at: nat });
  }
  // Illumos gives up where there is nothing to choose an algorithm for, or a destination for.
  if (!checkSa(reading, parameters, refuse) && reading.original) return;
  if (!checkDestination(reading, parameters, refuse) && reading.original) return;
  if (parameters.udp && nat === undefined) {
    refuse(
      "encapsulation-without-address",
      "Must specify NAT-T remote or local address for UDP encapsulation",
      {
        hint: ": nat_loc or nat_rem.",
        at: "encap",
      },
    );
  }
}

/** The first attribute that speaks of NAT-T; ports first, as illumos looks for them first. */
function natAttribute(parameters: Parameters): "nat_loc" | "nat_rem" | "nat_lport" | "nat_rport" | undefined {
  const port = (["nat_lport", "nat_rport"] as const).find((name) => smallNumber(parameters, name) !== 0);
  return port ?? (["nat_loc", "nat_rem"] as const).find((name) => parameters.addresses.has(name));
}

/** The attributes that illumos needs an SA extension for. */
const saNames = ["spi", "replay", "state", "auth-algorithm", "encryption-algorithm"] as const;

/** False where there is no algorithm. */
function checkSa({ command, original }: Reading, parameters: Parameters, refuse: Refuse): boolean {
  const { kind: verb } = command;
  const hasSa = saNames.some((name) => parameters.given.has(name));
  if (hasSa && !parameters.numbers.get("spi")) {
    refuse("spi-missing", `The SPI value is missing for the association you wish to ${verb}`);
  }
  const hasAlgorithm = Boolean(parameters.authentication || parameters.encryption);
  if (verb === "add" && !hasAlgorithm && (hasSa || !original)) {
    refuse("algorithm-missing", "Select at least one algorithm for this add", {
      hint: ": authalg or encralg.",
    });
    if (original) return false;
  }
  if (parameters.state === 0) refuse("state-larval", "WARNING: Cannot set LARVAL SA state", { at: "state" });
  const protocol = smallNumber(parameters, "proto");
  if (isTunnel(parameters) && !tunnelProtocols.includes(protocol)) {
    refuse("tunnel-protocol", `WARNING: Protocol type ${protocol} not for use with Tunnel-Mode SA`, {
      at: "proto",
    });
  }
  if (!hasSa) {
    refuse("spi-missing", `Need to define SPI for ${verb}`, { hint: ": spi and its number." });
    if (original) refuse("sa-missing", `Need SA parameters for ${verb}`);
  }
  return true;
}

/** False where there is no destination. */
function checkDestination(reading: Reading, parameters: Parameters, refuse: Refuse): boolean {
  const { command, original } = reading;
  const { kind: verb } = command;
  if (verb === "add" && parameters.keys.size === 0) {
    refuse("key-missing", "Must have at least one key for an add", { hint: ": authkey or encrkey." });
  }
  if (verb === "add" && !original) checkNull(reading, parameters, refuse);
  if (parameters.addresses.has("dst")) return true;
  refuse("destination-missing", `Need destination address for ${verb}`, { hint: ": dst and an address." });
  return false;
}

/** Illumos looks only whether the NULL cipher was chosen before the key, and leaves the rest to its kernel. */
function checkNull({ problems }: Reading, { saType, keys, encryption }: Parameters, refuse: Refuse): void {
  const isNull = saType === SaTypeNumber.esp && (encryption === nullCipher || !encryption);
  if (!isNull || !keys.has("encrkey") || problems.some(({ code }) => code === "key-for-null")) return;
  refuse("key-for-null", "Cannot specify a key with NULL encryption algorithm", {
    hint: encryption ? "." : ": no encralg found.",
    at: "encrkey",
  });
}
