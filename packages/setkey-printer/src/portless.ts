/** Upper-layer protocols whose pseudo ports hold something else: type and code, or a key. */
const icmp = 1;
export const gre = 47;
const icmp6 = 58;
const mobility = 135;
const portless: ReadonlySet<number> = new Set([icmp, gre, icmp6, mobility]);

/** Whether the ports of a selector for that protocol are none. */
export const isPortless = (protocol: number): boolean => portless.has(protocol);
