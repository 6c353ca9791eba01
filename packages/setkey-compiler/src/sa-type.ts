import type { ProtocolWord, Word } from "@keysock/setkey-grammar";
import type { SaType } from "@keysock/wire";
import { fail, type Scope, tokenOf } from "./scope.ts";

const types: Readonly<Record<Exclude<ProtocolWord, "tcp">, SaType>> = {
  esp: "esp",
  "esp-old": "esp",
  "esp-udp": "esp",
  ah: "ah",
  "ah-old": "ah",
  ipcomp: "ipcomp",
};

/** Why there is nothing for the BSDs' `tcp` and `tcp-md5`. */
export const tcpMd5Reason =
  "Linux's PF_KEY has no TCP MD5 signatures: programs set them on their sockets (TCP_MD5SIG)";

/**
 * The type of SA that a protocol stands for. ipsec-tools on Linux sends 0, which is every type, for `tcp`, so that
 * `flush tcp` flushes all; by default it is refused.
 */
export function saTypeOf(scope: Scope, protocol: Word<ProtocolWord> | undefined): SaType {
  if (protocol === undefined) return "unspec";
  if (protocol.value !== "tcp") return types[protocol.value];
  if (scope.compat) return "unspec";
  fail(scope, tokenOf(scope, protocol), {
    message: "Not supported",
    expected: "esp, ah or ipcomp",
    reason: tcpMd5Reason,
  });
}
