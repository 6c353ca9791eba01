/** An SA as `ip -s xfrm state` shows it; what is left out is that of {@link stateText}. */
export interface StateOfSa {
  src?: string;
  dst?: string;
  protocol?: "esp" | "ah";
  spi?: number;
  mode?: "transport" | "tunnel";
  replay?: number;
  /** The kernel's name, the key in hexadecimal digits, bits of the check value. */
  authentication?: readonly [name: string, key: string, bits: number];
  /** The same, of an algorithm that authenticates what it enciphers. */
  combined?: readonly [name: string, key: string, bits: number];
  /** The kernel's name, the key in hexadecimal digits. */
  encryption?: readonly [name: string, key: string];
  /** Of UDP encapsulation. */
  ports?: readonly [source: number, destination: number];
  /** Source of the selector; any of the family of `dst` unless given. */
  selector?: string;
  /** 0 is no limit. */
  soft?: Limits;
  hard?: Limits;
}

interface Limits {
  bytes?: bigint;
  packets?: bigint;
  addTime?: number;
  useTime?: number;
}

/**
 * What `ip -s xfrm state` prints of SAs that are unused, in its order: the newest is the first. Times and sequence numbers are masked. Unless
 * said otherwise an SA is one of ESP with the SPI 0x100 from 192.0.2.1 to 192.0.2.2, in transport mode, without limits.
 */
export const stateText = (...sas: readonly StateOfSa[]): string => sas.map(oneSa).join("");

function oneSa(sa: StateOfSa): string {
  const { src = "192.0.2.1", dst = "192.0.2.2", protocol = "esp", spi = 0x100, mode = "transport" } = sa;
  const { replay = 0, authentication, combined, encryption, ports, soft = {}, hard = {} } = sa;
  const selector = sa.selector ?? anyOf(dst);
  const lines = [
    `src ${src} dst ${dst}`,
    `\tproto ${protocol} spi 0x${hex8(spi)}(${spi}) reqid 0(0x00000000) mode ${mode}`,
    `\treplay-window ${replay} seq SEQUENCE flag  (0x00000000)`,
    ...(authentication ? [`\tauth-trunc ${keyText(authentication)} ${authentication[2]}`] : []),
    ...(combined ? [`\taead ${keyText(combined)} ${combined[2]}`] : []),
    ...(encryption ? [`\tenc ${keyText(encryption)}`] : []),
    ...(ports ? [`\tencap type espinudp sport ${ports[0]} dport ${ports[1]} addr 0.0.0.0`] : []),
    "\tanti-replay context: seq 0x0, oseq 0x0, bitmap 0x00000000",
    `\tsel src ${selector} dst ${anyOf(selector)} uid 0`,
    "\tlifetime config:",
    `\t  limit: soft ${count(soft.bytes)}(bytes), hard ${count(hard.bytes)}(bytes)`,
    `\t  limit: soft ${count(soft.packets)}(packets), hard ${count(hard.packets)}(packets)`,
    `\t  expire add: soft ${soft.addTime ?? 0}(sec), hard ${hard.addTime ?? 0}(sec)`,
    `\t  expire use: soft ${soft.useTime ?? 0}(sec), hard ${hard.useTime ?? 0}(sec)`,
    "\tlifetime current:",
    "\t  0(bytes), 0(packets)",
    "\t  add TIME use -",
    "\tstats:",
    "\t  replay-window 0 replay 0 failed 0",
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const hex8 = (value: number): string => value.toString(16).padStart(8, "0");

const keyText = ([name, key]: readonly [string, string, ...unknown[]]): string =>
  key === "" ? `${name} ` : `${name} 0x${key} (${key.length * 4} bits)`;

const anyOf = (address: string): string => (address.includes(":") ? "::/0" : "0.0.0.0/0");

const count = (limit: bigint | undefined): string => (limit ? limit.toString() : "(INF)");

/** What varies from run to run in the output of `ip -s xfrm state`, made the same. */
export const maskState = (text: string): string =>
  text
    .replaceAll(/(?<=^\treplay-window \d+ seq )0x\d+/gm, "SEQUENCE")
    .replaceAll(/(?<=^\t {2}add )\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?= use )/gm, "TIME");
