import { expect, it } from "vitest";
import { lacking, parseCommand } from "./index.ts";

const number = "a number (decimal, hexadecimal with 0x, or octal with 0)";

it.each<[text: string, lacks: string[]]>([
  ["flush", []],
  ["dump", []],
  ["exit", []],
  ["frob", []],
  ["save", ["all or ah or esp or a number"]],
  ["load", ["the name of a file"]],
  ["add", ["ah or esp or a number"]],
  ["get esp", ["spi", "dst"]],
  ["delete esp spi 1", ["dst"]],
  ["get esp dst x", ["spi"]],
  ["get esp spi 1 dst", ["an address or the name of a host"]],
  ["update ah spi 1 dst x hard_bytes", [number]],
  ["update ah spi 1 dst x hard_bytes 5", []],
  ["update ah spi 1 dst x", []],
  ["add ah spi 1 dst x", ["authalg"]],
  ["add ah spi 1 dst x authalg md5", ["authkey"]],
  ["add ah spi 1 dst x authalg md5 authkey 12", []],
  ["add esp spi 1 dst x", ["encralg or authalg"]],
  ["add esp spi 1 dst x encralg des", ["encrkey"]],
  ["add esp spi 1 dst x encralg null authalg md5", ["authkey"]],
  ["add esp spi 1 dst x encralg 11 authalg md5 authkey 12", []],
  ["add esp spi 1 dst x encralg des encrkey 12", []],
  [
    "add esp spi 1 dst x srcidtype",
    ["prefix or fqdn or domain or domainname or user_fqdn or mailbox or der_dn or der_gn"],
  ],
  ["add esp spi 1 dst x srcidtype fqdn", ["a name"]],
  ["get esp spi 12k", []],
  ["get esp flags", []],
])("%s", (text, lacks) => {
  expect(lacking(parseCommand(text)!)).toEqual(lacks);
});
