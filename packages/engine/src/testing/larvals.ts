import { type OutgoingMessage, request } from "@keysock/wire";
import { ends, getspi, sa2 } from "./requests.ts";

const v6 = ends("2001:db8:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:2");

/** Larval SAs of each kind, some of which are refused; without an UPDATE they end by themselves. */
export const larvals: readonly OutgoingMessage[] = [
  getspi(0x1000, 0x1000),
  getspi(0x1000, 0x1000, [sa2(2, 5)]),
  request("getspi", "ah", [...v6, { kind: "spiRange", min: 0x1000, max: 0x1000, reserved: 0 }]),
  request("getspi", "unspec", ends()),
  request("getspi", "ipcomp", [...ends(), { kind: "spiRange", min: 1, max: 0x1_0000, reserved: 0 }]),
  { ...getspi(0x1001, 0x1001, [sa2(1, 9)]), sequence: 77 },
  request("dump", "unspec"),
];
