import { fileURLToPath } from "node:url";

/** A file of `guest/`, what the guest is made of. */
export const guestFile = (name: string): string =>
  fileURLToPath(new URL(`../guest/${name}`, import.meta.url));
