/**
 * The recorded runs of ipseckey whose scripted peer said yes to all that it was asked, or gave its default answers: what
 * ipseckey sent is sent here, to an engine that has the SAs which are updated and deleted. Where a kernel would not have said
 * yes a row says why.
 */
import { type IpseckeyCase, ipseckeyCases } from "@keysock/goldens";
import { decode, find, illumos, inByteOrder, type KeySocket, type Message, request } from "@keysock/wire";
import { expect, it } from "vitest";
import { ask, inShort } from "../testing/exchange.ts";
import { address, aesKey, anyIpv6, illumosBench, md5Key, pair, sa } from "../testing/illumos-requests.ts";

const littleEndian = inByteOrder(illumos, "little");

const cases = ipseckeyCases().filter(
  ({ sent, replies }) => sent.length > 0 && replies.every(({ kind }) => kind === "echo"),
);

// biome-ignore format: one row an answer
const refused: readonly (readonly [answer: string, why: string, names: string])[] = [
  ["add 22/4",      "SA type 5",                           "f-add-num5"],
  ["add 22/11",     "IPv6 to IPv4",                        "addr-n-04"],
  ["add 22/15",     "soft bytes above hard",               "f-x-softhard i-x-softhard"],
  ["add 22/22",     "authentication without a key",        "tok-auth_alg"],
  ["add 22/34",     "a key of no bits or of zeros",        "f-key-20 f-key-32 f-key-33 f-key-41 i-key-33 i-key-34 i-key-37 i-key-41"],
  ["add 22/37",     "AH with an encryption key",           "f-ah-encrkey"],
  ["add 22/40",     "no such algorithm, or none at all",   "aalg-255 f-ealg-key-null i-ealg-key-null tok-authkey"],
  ["add 22/41",     "no such algorithm",                   "ealg-99"],
  ["add 22/43",     "an SA that would begin by dying",     "f-state-dying"],
  ["add 22/44",     "a key too short or too long",         "aalg-hmac-sha1 aalg-hmac-sha384 aalg-sha-1 aalg-sha256 aalg-sha512 f-key-02 f-key-04 f-key-06 f-key-08 f-key-09 f-key-10 f-key-12 f-key-14 f-key-15 f-key-23 f-key-29 f-key-30 f-key-35 f-key-42 f-x-everything file-truncated-key i-key-00 i-key-02 i-key-03 i-key-05 i-key-06 i-key-07 i-key-08 i-key-09 i-key-10 i-key-11 i-key-14 i-key-29 i-key-30 i-key-31 i-key-36 i-key-42"],
  ["add 22/45",     "a key without its salt",              "ealg-aes-ccm ealg-aes-ccm12 ealg-aes-ccm8 ealg-aes-gcm ealg-aes-gcm12 ealg-aes-gcm16 ealg-aes-gcm8 fileas-gcm"],
  ["add 22/47",     "a 3DES key that is three times one",  "i-x-seed-all"],
  ["add 22/55",     "a NAT-T port without an address",     "f-natt-portonly-l"],
  ["add 22/64",     "a prefix of 200 bits",                "isrc-10.0.0.0_200"],
  ["add 22/65",     "a prefix of 33 bits",                 "idst-10.0.0.0_33"],
  ["add 22/74",     "a pair without a source",             "f-x-addpair i-x-addpair tok-pair-spi"],
  ["delete 22/19",  "no destination",                      "argv-delete-nodst-ok del-multi-src del-srconly f-seq-gap i-seq-gap"],
  ["flush 22/4",    "SA types 5, 8 and 9",                 "argv-flush-num f-number-type i-number-type"],
  ["get 3/78",      "what the peer said as well",          "f-get-esrch i-get-esrch"],
  ["update 22/37",  "a key for an SA that has its keys",   "f-x-update-key i-x-update-key"],
  ["update 22/74",  "a pair without a source",             "f-x-update-pairspi"],
];

/** Adds the SA that an update or delete names, unless it is there; and its other half, if it names a pair. */
function provide(socket: KeySocket, { type, saType, extensions }: Message): void {
  const named = find({ extensions }, "sa");
  const destination = find({ extensions }, "addressDestination");
  if (named === undefined || destination === undefined || type === "add" || type === "get") return;
  const isPair = type === "delpair" || type === "updatepair";
  const source = address("addressSource", isPair ? "192.0.2.1" : anyIpv6);
  const numbers = saType === "ah" ? { authentication: 2, encryption: 0 } : {};
  const key = saType === "ah" ? md5Key : aesKey;
  ask(socket, request("add", saType, [sa(named.spi, numbers), key, source, destination]));
  if (!isPair) return;
  const back = [address("addressDestination", "192.0.2.1"), address("addressSource", "192.0.2.2")];
  ask(socket, request("add", saType, [sa(0x7777, numbers), key, ...back, pair(named.spi)]));
}

function answersTo({ sent }: IpseckeyCase): string[] {
  const { socket } = illumosBench();
  return sent.flatMap((bytes) => {
    const { message } = decode(bytes, littleEndian);
    provide(socket, message);
    return ask(socket, message).map(inShort);
  });
}

it("says what ipseckey was told in its recorded runs, but for what a kernel refuses", () => {
  const found = new Map<string, string[]>();
  for (const one of cases) {
    for (const answer of new Set(answersTo(one))) {
      if (answer.includes(" ")) found.set(answer, [...(found.get(answer) ?? []), one.name]);
    }
  }
  const expected = new Map(refused.map(([answer, , names]) => [answer, names.split(" ")]));
  expect(found).toEqual(expected);
  expect(cases.length).toBe(330);
});
