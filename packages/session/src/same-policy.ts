import { type AddressExtension, find, type OutgoingMessage, type PolicyExtension } from "@keysock/wire";
import { portOf, sameAddress } from "./same-bytes.ts";

/** Whether two messages are about one policy: the same selector and direction. */
export function sameSelector(asked: OutgoingMessage, found: OutgoingMessage): boolean {
  return (
    find(asked, "policy")?.direction === find(found, "policy")?.direction &&
    sameRange(find(asked, "addressSource"), find(found, "addressSource")) &&
    sameRange(find(asked, "addressDestination"), find(found, "addressDestination"))
  );
}

/** Whether a policy is what a request asked for, as far as a kernel keeps it. */
export function samePolicy(asked: OutgoingMessage, found: OutgoingMessage): boolean {
  const [a, b] = [find(asked, "policy"), find(found, "policy")];
  return a?.policyType === b?.policyType && a?.priority === b?.priority && transforms(a) === transforms(b);
}

type Range = Pick<AddressExtension, "protocol" | "prefixLength" | "sockaddr"> | undefined;

const sameRange = (a: Range, b: Range): boolean =>
  anyProtocol(a) === anyProtocol(b) &&
  a?.prefixLength === b?.prefixLength &&
  portOf(a?.sockaddr) === portOf(b?.sockaddr) &&
  sameAddress(a?.sockaddr, b?.sockaddr);

/** 0 and 255 (IPSEC_ULPROTO_ANY) are both any. */
const anyProtocol = (range: Range): number => (range?.protocol ?? 0) % 255;

/** Levels and reqids are not compared: Linux rewrites both. */
const transforms = (policy: Pick<PolicyExtension, "requests"> | undefined): string =>
  (policy?.requests ?? []).map(({ protocol, mode }) => `${protocol}/${mode}`).join(" ");
