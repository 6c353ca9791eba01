/**
 * Which token ipsec-tools shows after `at`. Its parser is an LALR(1) one of bison with default reductions: where the next
 * token decides what to do, it has been read by the time that a check fails, and is the one that is shown.
 *
 * | what fails | shown |
 * |---|---|
 * | address of an SA without a port | the token after it |
 * | address of an SA with a port | the closing bracket |
 * | address of `deleteall`, original address of `esp-udp` | itself |
 * | SPI, number of an extension, key, upper protocol, policy | itself |
 * | what is checked once the statement is complete | `;`, and behind a policy the policy's text with it |
 */
import { type Endpoint, originalText, type Token } from "@keysock/setkey-grammar";
import type { Scope } from "./scope.ts";

/** Shown when the address of an SA does not resolve. */
export function tokenAfterEndpoint({ tokens }: Scope, { address, port }: Endpoint): Token {
  if (port === undefined) return tokens[address.token + 1]!;
  return tokens.find(({ type }, index) => type === "]" && index >= port.token)!;
}

/** Shown for what is checked last. */
export function endToken({ tokens }: Scope): Token {
  const last = tokens.length - 1;
  return { ...tokens[last]!, text: originalText(tokens, last) };
}
