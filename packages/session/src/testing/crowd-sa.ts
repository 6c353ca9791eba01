import { crowdDestination, crowdKey, crowdSource } from "@keysock/kernel-lab";
import {
  type AddressExtension,
  find,
  type Message,
  type OutgoingMessage,
  request,
  SaState,
} from "@keysock/wire";

/** A request about one of a crowd of SAs, as ip(8) makes them. */
export function crowdSa(type: "add" | "delete", spi: number): OutgoingMessage {
  const key = Uint8Array.from(Buffer.from(crowdKey, "hex"));
  const keys = [{ kind: "keyAuthentication" as const, bits: key.length * 8, reserved: 0, key }];
  return request(type, "ah", [
    { kind: "sa", spi, replay: 0, state: SaState.mature, authentication: 2, encryption: 0, flags: 0 },
    address("addressSource", crowdSource),
    address("addressDestination", crowdDestination(spi)),
    ...(type === "add" ? keys : []),
  ]);
}

const address = (kind: AddressExtension["kind"], text: string) => ({
  kind,
  protocol: 0,
  prefixLength: 32,
  reserved: 0,
  sockaddr: { family: "inet" as const, port: 0, address: Uint8Array.from(text.split("."), Number) },
});

/** The SPI that a message is about; 0 where it says none. */
export const spiOf = (message: Message): number => find(message, "sa")?.spi ?? 0;
