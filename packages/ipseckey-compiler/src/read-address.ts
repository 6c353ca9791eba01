import type { AddressAttribute } from "@keysock/ipseckey-grammar";
import { onlyNames } from "./only-names.ts";
import { type Next, note, type Reading } from "./reading.ts";
import { type GivenAddress, isIpv4, resolve } from "./resolve.ts";
import { looksLikeKey, shown } from "./shown.ts";

/** What an unknown address of each attribute is, as illumos words it; the second where an SA is only named. */
const unknown = {
  src: ['src address "', 'source address "'],
  dst: ['dst address "', 'destination address "'],
  "inner-src": ['proxy/inner-source address "'],
  "inner-dst": ['Inner Src address  "'],
  nat_loc: ['NAT-T local address "'],
  nat_rem: ['NAT-T remote address "'],
} as const satisfies Record<AddressAttribute["name"], readonly string[]>;

/** The attributes that take one address only. */
const single: Readonly<Partial<Record<AddressAttribute["name"], string>>> = {
  "inner-src": "Proxy/inner-source address",
  "inner-dst": "Inner destination address",
  nat_loc: "NAT-T local address",
  nat_rem: "NAT-T remote address",
};

/** The addresses that an attribute names; where there are none it is noted. */
export function readAddress(reading: Reading, attribute: AddressAttribute): GivenAddress | Next {
  const { context, original, command } = reading;
  const { name, token } = attribute;
  const { text, prefix } = attribute.value!;
  // The original's delete and get look at the wrong word, and take any address for `dst6`.
  const any = original && name === "dst" && onlyNames(command.kind);
  const addresses = resolve(text, any ? "any" : attribute.family, context);
  if (typeof addresses === "string") {
    noteUnknown(reading, attribute, addresses);
    return "the value as an attribute";
  }
  const what = single[name];
  if (what !== undefined && addresses.length > 1) {
    note(reading, token + 1, {
      code: "vague-address",
      report: "at once",
      original: `${what} ${text} is vague, not using.\n`,
      message: `${what} ${text} is vague: ${addresses.length} addresses, expected one.`,
    });
    return "next attribute";
  }
  const most = isIpv4(addresses[0]!) ? 32 : 128;
  if (!original && prefix?.length !== undefined && prefix.length > most) {
    note(reading, token + 1, {
      code: "prefix-too-long",
      report: "collected",
      original: `Invalid prefix /${prefix.text}.\n`,
      message: `Invalid prefix "/${prefix.text}".`,
      expected: [`a prefix length of 0 to ${most}`],
    });
  }
  return { text, addresses, prefixLength: prefix?.length };
}

function noteUnknown(reading: Reading, { name, value, token }: AddressAttribute, reason: string): void {
  const { command, original } = reading;
  const { text } = value!;
  const [changing, naming = changing] = unknown[name];
  const finding = {
    code: "unknown-address",
    report: "collected",
    original: `Unknown ${onlyNames(command.kind) ? naming : changing}${text}"\n`,
    message: `Unknown address ${shown(text)}: ${reason}.`,
    secret: looksLikeKey(text),
  } as const;
  // The original says it twice.
  const first = { ...finding, report: "at once", original: `Unknown address ${text}.` } as const;
  if (original) note(reading, token + 1, first);
  note(reading, token + 1, finding);
}
