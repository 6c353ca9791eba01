/**
 * Messages that show an SA or a policy, under the numbers of the request that caused them.
 */
import type { MessageType } from "@keysock/wire";
import type { Endpoint } from "../endpoint.ts";
import type { Header } from "../header.ts";
import { type Audience, announce } from "./delivery.ts";
import type { Kernel } from "./kernel.ts";
import type { Policy } from "./policy.ts";
import { policyExtensions } from "./policy-message.ts";
import { saTypeOf } from "./protocol.ts";
import { references } from "./references.ts";
import type { Sa } from "./sa.ts";
import { saExtensions } from "./sa-message.ts";

export function tellSa(
  kernel: Kernel,
  { sequence, pid }: Header,
  type: MessageType,
  sa: Sa,
  audience: Audience,
  one?: Endpoint,
): void {
  const message = { type, saType: saTypeOf(sa.protocol), sequence, pid, extensions: saExtensions(sa) };
  announce(kernel, message, audience, one);
}

export function tellPolicy(
  kernel: Kernel,
  { sequence, pid }: Header,
  type: MessageType,
  policy: Policy,
  audience: Audience,
  one?: Endpoint,
): void {
  // Whoever handles the request holds the policy, too.
  const reserved = references(kernel, policy) + 1;
  const extensions = policyExtensions(policy);
  announce(kernel, { type, saType: "unspec", sequence, pid, reserved, extensions }, audience, one);
}
