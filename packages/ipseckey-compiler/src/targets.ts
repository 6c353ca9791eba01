import { formatAddress, isUnspecified } from "@keysock/address";
import { scopeOf } from "./address-scope.ts";
import { type Parameters, valueTokenOf } from "./parameters.ts";
import { type CommandProblem, type Finding, problemAt } from "./problem.ts";
import type { Reading } from "./reading.ts";
import { type GivenAddress, isIpv4, type NetAddress } from "./resolve.ts";

/** One SA of those that a command with names means. */
export interface Target {
  /** Undefined: any. */
  source: NetAddress | undefined;
  /** Undefined: none was given. */
  destination: NetAddress | undefined;
  /** No source fits: there is nothing to send. */
  skipped: boolean;
  /** What is to be said before it is sent. */
  remarks: readonly CommandProblem[];
}

/**
 * An SA for each destination, with the one source that has its family and scope: any, where there are several. In the default face it
 * is noted as an error where no destination has one.
 */
export function targetsOf(reading: Reading, parameters: Parameters): Target[] {
  const source = parameters.addresses.get("src");
  const destination = parameters.addresses.get("dst");
  const plain = { skipped: false, remarks: [] };
  if (destination === undefined) {
    const sources = source?.addresses ?? [undefined];
    return sources.map((each) => ({ ...plain, source: each, destination: undefined }));
  }
  const { addresses } = destination;
  if (source === undefined || (!reading.original && isAny(source))) {
    return addresses.map((each) => ({ ...plain, source: undefined, destination: each }));
  }
  // With addresses in figures the original does not compare them.
  if (reading.original && reading.context.numericOnly) {
    return addresses.map((each) => ({ ...plain, source: source.addresses[0], destination: each }));
  }
  const targets = addresses.map((each, index) => {
    const isLast = reading.original && index === addresses.length - 1;
    const match = sourceFor(each, source, isLast);
    const remarks = match.findings.map((finding) =>
      problemAt(reading.command, valueTokenOf(parameters, "src"), finding),
    );
    return { source: match.source, destination: each, skipped: match.skipped, remarks };
  });
  if (!reading.original && targets.every(({ skipped }) => skipped)) {
    const remarks = targets.flatMap((target) => target.remarks);
    reading.problems.push(...remarks.map((remark) => ({ ...remark, severity: "error" as const })));
  }
  return targets;
}

const isAny = ({ addresses }: GivenAddress): boolean =>
  addresses.length === 1 && isUnspecified(addresses[0]!.address);

function sourceFor(
  destination: NetAddress,
  { text, addresses }: GivenAddress,
  isLast: boolean,
): Omit<Target, "destination" | "remarks"> & { findings: Finding[] } {
  const inet = isIpv4(destination);
  const candidates = addresses.filter((each) => isIpv4(each) === inet && (inet || fits(each, destination)));
  if (candidates.length === 1) return { source: candidates[0]!, skipped: false, findings: [] };
  if (candidates.length > 1) {
    return { source: undefined, skipped: false, findings: [severalSources(text, inet)] };
  }
  const findings = [noSource(text, inet, destination), ...(isLast ? [noMatch(inet)] : [])];
  return { source: undefined, skipped: true, findings };
}

function fits({ address }: NetAddress, destination: NetAddress): boolean {
  const scope = scopeOf(address);
  return scope === "unspecified" || scope === scopeOf(destination.address);
}

const severalSources = (text: string, inet: boolean): Finding => {
  const message = inet
    ? `Multiple IPv4 source addresses for ${text}, using unspecified source instead.`
    : `Multiple IPv6 source addresses for ${text} of the same scope, using unspecified source instead.`;
  return {
    code: "several-sources",
    severity: "warning",
    report: "at once",
    original: inet ? message : `${message}\n`,
    message,
  };
};

const noSource = (text: string, inet: boolean, { address }: NetAddress): Finding => {
  const what = inet
    ? `No IPv4 source address for name ${text}`
    : `No IPv6 source address of matching scope for name ${text}`;
  return {
    code: "no-source",
    severity: "warning",
    report: "collected",
    original: `${what}.\n`,
    message: `${what}: ${formatAddress(address)} is left out.`,
  };
};

/** Illumos says it of the last destination. */
const noMatch = (inet: boolean): Finding => {
  const message = `No match for ${inet ? "destination IP" : "IPV6 destination"} address.`;
  return { code: "no-source", severity: "warning", report: "collected", original: `${message}\n`, message };
};
