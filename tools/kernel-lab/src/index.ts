/**
 * What a test in the guest, or in a network of its own, uses.
 *
 * @packageDocumentation
 */
export { Background, until } from "./background.ts";
export { CSocket, type Received, SystemCallError } from "./c-socket.ts";
export {
  crowdDestination,
  crowdKey,
  crowdSource,
  crowdSpis,
  ipCrowd,
  ipCrowdMeanwhile,
} from "./crowd.ts";
export { kernelWays } from "./kernel-ways.ts";
export { ip, ipBatch, NetworkNamespace } from "./network-namespace.ts";
export { asNobody, insertModule, removeModule, runWithoutNetAdmin } from "./privilege.ts";
export { unreadBytes } from "./receive-queues.ts";
export { SocketPolicies } from "./socket-policies.ts";
