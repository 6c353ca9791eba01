/**
 * What a test in the guest, or in a network of its own, uses.
 *
 * @packageDocumentation
 */
export { ip, NetworkNamespace } from "./network-namespace.ts";
export { SocketPolicies } from "./socket-policies.ts";
