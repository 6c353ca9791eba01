import type { Endpoint, Marking, Policy, PolicyRule, Range, SaOption, Statement } from "../statement.ts";

const hex = (bytes: Uint8Array): string =>
  `0x${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

/** A statement as text, in one of the ways to write it; what it says of tokens and positions does not matter. */
export function printStatement(statement: Statement): string {
  return `${words(statement)
    .filter((word) => word !== "")
    .join(" ")};`;
}

function words(statement: Statement): string[] {
  switch (statement.kind) {
    case "flush":
    case "dump":
      return [statement.kind, statement.protocol?.value ?? ""];
    case "spddump":
    case "spdflush":
    case "exit":
      return [statement.kind];
    case "spdadd-tagged":
    case "spdupdate-tagged":
      return [
        statement.kind.replace("-", " "),
        `"${statement.tag.value}"`,
        policy(statement.policy.value as Policy),
      ];
    case "deleteall":
      return [...addresses(statement, endpoint), statement.protocol?.value ?? ""];
    case "spdadd":
    case "spdupdate":
    case "spddelete": {
      const { upper, upperDetail, securityContext, mark, ifId } = statement;
      const [command, ...between] = addresses(statement, range);
      return [
        command!,
        mark ? `-mark ${marking(mark)}` : "",
        ifId ? `-if_id ${ifId.value}` : "",
        ...between,
        upper.value,
        upperDetail?.value ?? "",
        securityContext === undefined ? "" : option({ kind: "securityContext", ...securityContext }),
        policy(statement.policy.value as Policy),
      ];
    }
    default: {
      const { protocol, originalAddress, spi, options, algorithms } = statement;
      return [
        ...addresses(statement, endpoint),
        protocol?.value ?? "",
        originalAddress?.value ?? "",
        spi.value,
        ...options.map(option),
        ...algorithm("-E", algorithms.encryption),
        ...algorithm("-A", algorithms.authentication),
        ...(algorithms.compression ? ["-C", algorithms.compression.name.value] : []),
        algorithms.compression?.rawCpi ? "-R" : "",
      ];
    }
  }
}

type Addressed<T> = {
  kind: string;
  addressFlags: { family?: string; numericOnly: boolean };
  source: T;
  destination: T;
};

function addresses<T>(
  { kind, addressFlags, source, destination }: Addressed<T>,
  print: (one: T) => string,
): string[] {
  const { family, numericOnly } = addressFlags;
  const version = family === undefined ? "" : family === "inet" ? "-4" : "-6";
  return [kind, version, numericOnly ? "-n" : "", print(source), print(destination)];
}

const port = (word?: { value: string }): string => (word === undefined ? "" : `[${word.value}]`);
const endpoint = (end: Endpoint): string => end.address.value + port(end.port);
const range = ({ address, prefixLength, port: portWord }: Range): string =>
  address.value + (prefixLength === undefined ? "" : `/${prefixLength.value}`) + port(portWord);

const flags: Readonly<Record<string, string>> = {
  mode: "-m",
  reqid: "-u",
  replay: "-r",
  hardTime: "-lh",
  softTime: "-ls",
  hardBytes: "-bh",
  softBytes: "-bs",
  espFragment: "-esp_frag",
  flag: "-f",
  natTMtu: "-natt_mtu",
  mark: "-mark",
  outputMark: "-output-mark",
  ifId: "-if_id",
  direction: "-dir",
};

const marking = ({ value, mask }: Marking): string => value.value + (mask ? `/${mask.value}` : "");

function option(one: SaOption): string {
  switch (one.kind) {
    case "securityContext":
      return `-ctx ${one.doi.value} ${one.algorithm.value} "${one.context.value}"`;
    case "natT":
      return `-natt ${endpoint(one.source)} ${endpoint(one.destination)}`;
    case "esn":
      return "-esn";
    case "hardwareInterface":
      return `-hwif ${one.value.value}${one.packet ? " packet" : ""}`;
    case "mark":
    case "outputMark":
      return `${flags[one.kind]} ${marking(one)}`;
    case "selector":
      return `-sel ${range(one.source)} ${range(one.destination)} ${one.upper.value} ${one.upperDetail?.value ?? ""}`;
    default:
      return `${flags[one.kind]} ${one.value.value}`;
  }
}

function algorithm(flag: string, one?: { name: { value: string }; key?: { value: Uint8Array } }): string[] {
  if (one === undefined) return [];
  const key = one.key && (one.key.value.length === 0 ? '""' : hex(one.key.value));
  return [flag, one.name.value, key ?? ""];
}

function policy({ direction, action, priority, rules }: Policy): string {
  const prio = priority === undefined ? "" : ` prio ${0x80000000 - priority}`;
  return `-P ${direction}${prio} ${action ?? ""} ${rules.map(rule).join(" ")}`;
}

function rule({ protocol, mode, source, destination, level, reqid }: PolicyRule): string {
  const end = ({ address, port: name }: { address: string; port?: string }) =>
    address + (name === undefined ? "" : `[${name}]`);
  const ends = source && destination ? `${end(source)}-${end(destination)}` : "";
  return `${protocol}/${mode}/${ends}/${level}${reqid === undefined ? "" : `:${reqid}`}`;
}
