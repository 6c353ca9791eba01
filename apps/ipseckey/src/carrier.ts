import type { Command } from "@keysock/ipseckey-grammar";

/** Carries commands out, in the way of a face. */
export interface Carrier {
  /**
   * @returns whether commands behind it are read
   * @throws Ending where the program ends
   */
  carryOut(command: Command): Promise<"go on" | "exit">;
  /** Nothing more is to be read for now: whatever is waiting is carried out. */
  settle(): void;
}
