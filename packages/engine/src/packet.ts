/** An outgoing packet and the policy that it met. */
export interface Packet {
  /** Id of an outbound policy. */
  readonly policy: number;
  /** 4 or 16 bytes. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
}

/**
 * What became of a packet: all SAs that its policy asks for are "ready"; an ACQUIRE went out ("acquiring") or had gone out
 * before ("pending"); or it is "refused", because nobody has registered or key management has failed.
 */
export type Resolution = "ready" | "acquiring" | "pending" | "refused";

/** There is no outbound policy with that id. */
export class NoOutboundPolicyError extends Error {
  override readonly name = "NoOutboundPolicyError";
  readonly id: number;

  constructor(id: number) {
    super(`"${id}" is not the id of an outbound policy`);
    this.id = id;
  }
}
