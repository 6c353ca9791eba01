/**
 * What the recorded runs of setkey found: their `pre.conf`, which a program of its own had loaded and whose messages were
 * not recorded, as messages.
 */
import {
  IpsecLevel,
  IpsecMode,
  type OutgoingExtension,
  type OutgoingMessage,
  PolicyDirection,
  PolicyType,
  request,
} from "@keysock/wire";
import {
  addEsp,
  address,
  ends,
  ipsecRequest,
  limits,
  nullKey,
  sa,
  sa2,
  sockaddrOf,
  spd,
} from "./requests.ts";

const { transport, tunnel } = IpsecMode;
const { in: inward, fwd } = PolicyDirection;
const normal = 0x8000_0000;

const hexKey = (kind: "keyAuthentication" | "keyEncryption", hex: string): OutgoingExtension => {
  const key = Uint8Array.from(Buffer.from(hex, "hex"));
  return { kind, bits: key.length * 8, reserved: 0, key };
};
const auth = (hex: string) => hexKey("keyAuthentication", hex);
const enc = (hex: string) => hexKey("keyEncryption", hex);
const text = (characters: string) => Buffer.from(characters).toString("hex");

/** The key bytes of the recorded runs, of which most take a part. */
const ascending = "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20";

const natT = (sourcePort: number, destinationPort: number): OutgoingExtension[] => [
  { kind: "natTType", natTType: 2, reserved: 0 },
  { kind: "natTSourcePort", port: sourcePort, reserved: 0 },
  { kind: "natTDestinationPort", port: destinationPort, reserved: 0 },
];

const v6 = ends("2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2");
const none = { policyType: PolicyType.none, requests: [], priority: normal };

/** One request for a tunnel with ESP. */
const through = (source: string, destination: string, reqid = 0) => ({
  priority: normal,
  requests: [
    ipsecRequest({
      mode: tunnel,
      level: reqid === 0 ? IpsecLevel.require : IpsecLevel.unique,
      reqid,
      source: sockaddrOf(source),
      destination: sockaddrOf(destination),
    }),
  ],
});

const between = (
  source: string,
  sourceBits: number,
  destination: string,
  destinationBits: number,
  { protocol = 255, sourcePort = 0, destinationPort = 0 } = {},
): OutgoingExtension[] => [
  address("addressSource", source, { protocol, prefixLength: sourceBits, port: sourcePort }),
  address("addressDestination", destination, {
    protocol,
    prefixLength: destinationBits,
    port: destinationPort,
  }),
];

const webOut = between("10.1.0.0", 16, "10.2.0.0", 16, { protocol: 6, sourcePort: 80 });
const webIn = between("10.2.0.0", 16, "10.1.0.0", 16, { protocol: 6, destinationPort: 80 });
const netIn = between("10.1.0.0", 16, "10.2.0.0", 16);

/** By statement of setkey. It sends a policy "in" a second time as "fwd", with level unique made require. */
// biome-ignore format: one row a statement
const statements: Readonly<Record<string, OutgoingMessage[]>> = {
  "add 192.0.2.1 192.0.2.2 esp 0x3001 -E null": [addEsp(0x3001)],
  "add 192.0.2.1 192.0.2.2 esp 16384 -E null": [addEsp(16384)],
  "add 192.0.2.1 192.0.2.2 esp 16385 -E null": [addEsp(16385)],
  "add 192.0.2.1 192.0.2.2 esp 16386 -E null": [addEsp(16386)],
  "add 192.0.2.1 192.0.2.2 esp 16387 -E null": [addEsp(16387)],
  "add 192.0.2.1 192.0.2.2 esp 16388 -E null": [addEsp(16388)],
  "add 192.0.2.1 192.0.2.2 esp 0x2001 -lh 1 -ls 1 -E null": [addEsp(0x2001, [limits("lifetimeHard", { add: 1 }), limits("lifetimeSoft", { add: 1 })])],
  "add 192.0.2.1 192.0.2.2 ah 0x3002 -A hmac-md5 0x0102030405060708090a0b0c0d0e0f10": [request("add", "ah", [sa(0x3002, { authentication: 2, encryption: 0 }), ...ends(), auth(ascending.slice(0, 32))])],
  "add 192.0.2.1 192.0.2.2 esp 0x3003 -m tunnel -E des-cbc 0x0102030405060708": [request("add", "esp", [sa(0x3003, { encryption: 2 }), sa2(tunnel), ...ends(), enc(ascending.slice(0, 16))])],
  "add 2001:db8::1 2001:db8::2 esp 0x3004 -E null": [request("add", "esp", [sa(0x3004), ...v6, nullKey])],
  "add 192.0.2.1 192.0.2.2 esp 0x6001 -m tunnel -u 9 -r 16 -lh 3600 -ls 1800 -bh 5000000 -bs 4000000 -E 3des-cbc 0x0102030405060708090a0b0c0d0e0f101112131415161718 -A hmac-sha1 0x4142434445464748494a4b4c4d4e4f5051525354": [request("add", "esp", [sa(0x6001, { replay: 16, authentication: 3, encryption: 3 }), sa2(tunnel, 9), ...ends(), limits("lifetimeHard", { add: 3600, bytes: 5000000 }), limits("lifetimeSoft", { add: 1800, bytes: 4000000 }), enc(ascending.slice(0, 48)), auth(text("ABCDEFGHIJKLMNOPQRST"))])],
  "add 2001:db8::1 2001:db8::2 ah 0x6002 -m transport -A hmac-sha256 0x0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20": [request("add", "ah", [sa(0x6002, { authentication: 5, encryption: 0 }), sa2(transport), ...v6, auth(ascending)])],
  "add 192.0.2.1 192.0.2.2 ipcomp 0x1111 -C deflate": [request("add", "ipcomp", [sa(0x1111, { encryption: 2 }), ...ends()])],
  'add 192.0.2.1[4500] 192.0.2.2[4501] esp-udp 0x6003 -m tunnel -E aes-cbc 0x0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20 -A hmac-md5 "0123456789abcdef"': [request("add", "esp", [sa(0x6003, { authentication: 2, encryption: 12 }), sa2(tunnel), ...ends(), enc(ascending), auth(text("0123456789abcdef")), ...natT(4500, 4501)])],
  "add 192.0.2.1[4500] 192.0.2.2[30000] esp-udp 0x2001 -m tunnel -E null": [addEsp(0x2001, [sa2(tunnel), ...natT(4500, 30000)])],
  'add 10.0.11.41 10.0.11.33 esp 123457 -m tunnel -E des-cbc "ESP SA!!"': [request("add", "esp", [sa(123457, { encryption: 2 }), sa2(tunnel), ...ends("10.0.11.41", "10.0.11.33"), enc(text("ESP SA!!"))])],
  'add 10.0.11.41 10.0.11.33 ah 123456 -m transport -A hmac-sha1 "AH SA configuration!"': [request("add", "ah", [sa(123456, { authentication: 3, encryption: 0 }), sa2(transport), ...ends("10.0.11.41", "10.0.11.33"), auth(text("AH SA configuration!"))])],
  'add 10.0.11.41 10.0.11.34 esp 0x10001 -m tunnel -E des-cbc "ESP with" -A hmac-md5 "authentication!!"': [request("add", "esp", [sa(0x10001, { authentication: 2, encryption: 2 }), sa2(tunnel), ...ends("10.0.11.41", "10.0.11.34"), enc(text("ESP with")), auth(text("authentication!!"))])],
  "spdadd 192.0.2.1 192.0.2.2 any -P out none": [spd("spdadd", none)],
  "spdadd 192.0.2.1 192.0.2.2 any -P in none": [spd("spdadd", { ...none, direction: inward }), spd("spdadd", { ...none, direction: fwd })],
  "spdadd 10.1.0.0/16[80] 10.2.0.0/16 tcp -P out prio high + 10 ipsec esp/tunnel/192.0.2.1-192.0.2.2/unique:9": [spd("spdadd", { ...through("192.0.2.1", "192.0.2.2", 9), priority: 0x3fff_fff6 }, webOut)],
  "spdadd 10.2.0.0/16 10.1.0.0/16[80] tcp -P in ipsec esp/tunnel/192.0.2.2-192.0.2.1/unique:9": [spd("spdadd", { ...through("192.0.2.2", "192.0.2.1", 9), direction: inward }, webIn), spd("spdadd", { ...through("192.0.2.2", "192.0.2.1"), direction: fwd }, webIn)],
  "spdadd 192.168.0.1/32[23] 192.168.0.2/32[any] any -P out ipsec esp/tunnel/10.0.11.41-10.0.11.34/require": [spd("spdadd", through("10.0.11.41", "10.0.11.34"), between("192.168.0.1", 32, "192.168.0.2", 32, { sourcePort: 23 }))],
  "spdadd 10.1.0.0/16 10.2.0.0/16 any -P in ipsec esp/tunnel/192.0.2.1-192.0.2.2/require": [spd("spdadd", { ...through("192.0.2.1", "192.0.2.2"), direction: inward }, netIn), spd("spdadd", { ...through("192.0.2.1", "192.0.2.2"), direction: fwd }, netIn)],
  "spdadd 10.0.11.0/24[any] 10.0.11.33/32[any] any -P out ipsec esp/tunnel/192.168.0.1[4500]-192.168.1.2[30000]/require": [spd("spdadd", through("192.168.0.1", "192.168.1.2"), between("10.0.11.0", 24, "10.0.11.33", 32))],
};

/** The messages of a `pre.conf`. */
export function preState(conf: string): OutgoingMessage[] {
  return conf
    .replace(/#.*/g, "")
    .split(";")
    .map((statement) => statement.replace(/\s+/g, " ").trim())
    .filter((statement) => statement !== "")
    .flatMap((statement) => {
      const messages = statements[statement];
      if (messages === undefined) throw new Error(`"${statement}" has no row here`);
      return messages;
    });
}
