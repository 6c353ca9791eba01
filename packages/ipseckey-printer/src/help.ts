const helpLines = "help <cmd> - Display help for command\nhelp attr  - Display possible SA attributes\n";
const quitLine = "quit, exit - Exit the program\n";
const monitorLine = "monitor - Monitor all PF_KEY reply messages.\n";
const passiveMonitorLines =
  "pmonitor, passive_monitor - Monitor PF_KEY messages that\n" +
  "                            reply to all PF_KEY sockets.\n";
const loadLine = "load - Loads SAs from a file\n";

const saTypesText = (verb: string): string => `
Optional arguments:
all        ${verb} all SAs
esp        ${verb} just ESP SAs
ah         ${verb} just AH SAs
<number>   ${verb} just SAs with type given by number

`;

const topics: ReadonlyMap<string, string> = new Map([
  ["update", "update\t - Update an existing SA\n"],
  ["update-pair", "update-pair - Update an existing pair of SA's\n"],
  ["add", "add\t - Add a new security association (SA)\n"],
  ["delete", "delete - Delete an SA\n"],
  ["delete-pair", "delete-pair - Delete a pair of SA's\n"],
  ["get", "get - Display an SA\n"],
  ["flush", `flush - Delete all SAs\n${saTypesText("delete")}`],
  ["dump", `dump - Display all SAs\n${saTypesText("display")}`],
  ["monitor", monitorLine],
  ["pmonitor", passiveMonitorLines],
  ["passive_monitor", passiveMonitorLines],
  ["quit", quitLine],
  ["exit", quitLine],
  ["save", "save\t    - Saves all SAs to a file\n"],
  ["help", `help\t    - Display list of commands\n${helpLines}`],
  ["?", `help\t    - Display list of commands\n${helpLines}`],
  ["attr", attributesText()],
]);

/** Which program is being described. */
export interface HelpOptions {
  /** `--compat=illumos`: the original, which has no `load`. */
  compat?: boolean;
}

/**
 * What `help` and `?` print.
 *
 * @param topic - the word behind `help`: a command or `attr`; without one, the list of commands
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { helpText } from "@keysock/ipseckey-printer";
 *
 * assert.match(helpText(), /^Commands\n--------\n/);
 * assert.equal(helpText("get"), "get - Display an SA\n");
 * assert.equal(helpText("got"), "got: Unknown command\n");
 * ```
 */
export function helpText(topic?: string, { compat = false }: HelpOptions = {}): string {
  if (topic === undefined) return commandsText(compat);
  if (topic === "load" && !compat) return loadLine;
  return topics.get(topic) ?? `${topic}: Unknown command\n`;
}

const commandsText = (compat: boolean): string => `Commands
--------
?, help  - Display this list
${helpLines}${quitLine}${monitorLine}${passiveMonitorLines}
The following commands are of the form:
    <command> {SA type} {attribute value}*

add (interactive only) - Add a new security association (SA)
update (interactive only) - Update an existing SA
update-pair (interactive only) - Update an existing SA pair
delete - Delete an SA
delete-pair - Delete an SA pair
get - Display an SA
flush - Delete all SAs
dump - Display all SAs
save - Saves all SAs to a file
${compat ? "" : loadLine}`;

/** Three in a row, in the original's order. */
function attributesText(): string {
  const cells = [
    ...["spi", "pair-spi", "replay", "state", "auth_alg", "authalg", "encr_alg", "encralg", "flags"],
    ...["soft_alloc", "soft_bytes", "soft_addtime", "soft_usetime"],
    ...["hard_alloc", "hard_bytes", "hard_addtime", "hard_usetime"],
    ...["current_alloc", "current_bytes", "current_addtime", "current_usetime"],
    ...["saddr", "srcaddr", "src", "daddr", "dstaddr", "dst"],
    ...["proxyaddr", "proxy", "innersrc", "isrc", "innerdst", "idst"],
    ...["sport", "dport", "innersport", "isport", "innerdport", "idport", "proto", "ulp", "iproto", "iulp"],
    ...["saddr6", "srcaddr6", "src6", "daddr6", "dstaddr6", "dst6", "proxyaddr6", "proxy6"],
    ...["innersrc6", "isrc6", "innerdst6", "idst6", "authkey", "encrkey", "srcidtype", "dstidtype"],
    ...["dpd", "sens_level", "sens_map", "integ_level", "integ_map"],
    ...["nat_loc", "nat_rem", "nat_lport", "nat_rport", "encap", "outbound", "inbound", "reserved_bits"],
    ...["replay_value", "idle_addtime", "idle_usetime", "label", "outer-label", "implicit-label"],
  ].map((name, i) => `${i % 3 === 0 ? "\n" : ""}    ${name.slice(0, 15).padEnd(15)}`);
  return `\nSA attributes:\n${cells.join("")}\n`;
}
