import { describe, expect, it } from "vitest";
import { parseScript } from "./index.ts";
import { withoutSource } from "./testing/without-source.ts";

// setkey(8) of Linux 2.5, November 2002: its examples as they stand, and the forms that it promises in its text.
const examples = `
add	10.0.11.41 10.0.11.33 esp 123457
		-m tunnel -E des-cbc "ESP SA!!" ;

add	10.0.11.41 10.0.11.33 ah 123456
		-m transport -A hmac-sha1 "AH SA configuration!" ;

add	10.0.11.41 10.0.11.34 esp 0x10001
                -m tunnel
		-E des-cbc "ESP with"
		-A hmac-md5 "authentication!!" ;

get	10.0.11.41 10.0.11.33 ah 123456 ;

flush ;

dump esp ;

spdadd	192.168.0.1/32[23] 192.168.0.2/32[any] any
		-P out ipsec esp/tunnel/10.0.11.41-10.0.11.34/require ;

spdadd	192.168.0.1/32[23] 192.168.0.2/32[any] any
		-P out ipsec
                esp/tunnel/10.0.11.41-10.0.11.33/require
	        ah/transport//require ;
`;

const w = (value: unknown, token: number) => ({ value, token });
const key = (text: string, token: number) => w(new TextEncoder().encode(text), token);
const sa = (destination: string) => ({
  addressFlags: { numericOnly: false },
  source: { address: w("10.0.11.41", 1) },
  destination: { address: w(destination, 2) },
});
const telnet = {
  kind: "spdadd",
  addressFlags: { numericOnly: false },
  source: { address: w("192.168.0.1", 1), prefixLength: w("32", 3), port: w("23", 5) },
  destination: { address: w("192.168.0.2", 7), prefixLength: w("32", 9), port: w("any", 11) },
  upper: w("any", 13),
};
const tunnel = (destination: string) => ({
  protocol: "esp",
  mode: "tunnel",
  source: { address: "10.0.11.41" },
  destination: { address: destination },
  level: "require",
});

const meanings = [
  {
    kind: "add",
    ...sa("10.0.11.33"),
    protocol: w("esp", 3),
    spi: w("123457", 4),
    options: [{ kind: "mode", value: w("tunnel", 6) }],
    algorithms: { encryption: { name: w("des-cbc", 8), key: key("ESP SA!!", 9) } },
  },
  {
    kind: "add",
    ...sa("10.0.11.33"),
    protocol: w("ah", 3),
    spi: w("123456", 4),
    options: [{ kind: "mode", value: w("transport", 6) }],
    algorithms: { authentication: { name: w("hmac-sha1", 8), key: key("AH SA configuration!", 9) } },
  },
  {
    kind: "add",
    ...sa("10.0.11.34"),
    protocol: w("esp", 3),
    spi: w("0x10001", 4),
    options: [{ kind: "mode", value: w("tunnel", 6) }],
    algorithms: {
      encryption: { name: w("des-cbc", 8), key: key("ESP with", 9) },
      authentication: { name: w("hmac-md5", 11), key: key("authentication!!", 12) },
    },
  },
  {
    kind: "get",
    ...sa("10.0.11.33"),
    protocol: w("ah", 3),
    spi: w("123456", 4),
    options: [],
    algorithms: {},
  },
  { kind: "flush" },
  { kind: "dump", protocol: w("esp", 1) },
  {
    ...telnet,
    policy: w({ direction: "out", action: "ipsec", rules: [tunnel("10.0.11.34")] }, 15),
  },
  {
    ...telnet,
    policy: w(
      {
        direction: "out",
        action: "ipsec",
        rules: [tunnel("10.0.11.33"), { protocol: "ah", mode: "transport", level: "require" }],
      },
      15,
    ),
  },
];

describe.each([undefined, "ipsec-tools"] as const)(
  "the examples of the manual page, compat: %s",
  (compat) => {
    it("mean what they say", () => {
      expect([...parseScript([examples], { compat })].map(withoutSource)).toEqual(meanings);
    });
  },
);

describe("what real configuration files hold, in both faces", () => {
  it.each([
    ["#!/usr/sbin/setkey -f\n\nflush;\nspdflush;\n", ["flush", "spdflush"]],
    ["spdadd -n4 A B any -P out prio 2000 ipsec\n\tesp/transport//require;   \n", ["spdadd"]],
    ["spdadd A B any -P in priority def+1 none;", ["spdadd"]],
    ["spdadd 0.0.0.0/0 [l2tp] 0.0.0.0/0 udp -P out none;", ["spdadd"]],
    ["spdadd A B gre -P in none;", ["spdadd"]],
    ['# add A B esp 1 -E des-cbc "12345678;\nflush;# add\n#', ["flush"]],
    [
      "spdadd A/24 B/24 any -P in ipsec\n esp/tunnel/1.2.3.4-5.6.7.8/require\n ah/transport//require\n ;",
      ["spdadd"],
    ],
  ])("%j", (text, kinds) => {
    for (const compat of [undefined, "ipsec-tools"] as const) {
      const statements = [...parseScript([text], { compat })];
      expect(statements.map(({ kind }) => kind)).toEqual(kinds);
      for (const statement of statements) expect(statement).not.toHaveProperty("policy.value.problem");
    }
  });
});
