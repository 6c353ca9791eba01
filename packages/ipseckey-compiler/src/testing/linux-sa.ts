import { type Message, type OutgoingExtension, request } from "@keysock/wire";

/** What differs from the usual SA. */
export interface SaDifferences {
  state?: number;
  replay?: number;
  authentication?: number;
  encryption?: number;
  /** With the NULL cipher there is none. */
  encrkey?: Uint8Array | undefined;
  mode?: number;
  reqid?: number;
  flags?: number;
  source?: readonly number[];
  proxy?: { address: readonly number[]; prefixLength: number };
  natT?: { source: number; destination: number };
  hard?: { bytes?: bigint; addTime?: bigint };
  soft?: { bytes?: bigint; addTime?: bigint };
}

const aes = Uint8Array.from({ length: 16 }, (_, index) => index * 0x11);

/** What Linux answers to GET of an ESP SA with SPI 0x100 to 192.0.2.2; the extensions in its order (measured on Linux 6.1). */
export function linuxSa(sa: SaDifferences = {}): Message {
  const { authentication = 0, encryption = 12, source = [0, 0, 0, 0], natT, proxy } = sa;
  const encrkey = "encrkey" in sa ? sa.encrkey : aes;
  const lifetime = (
    kind: "lifetimeHard" | "lifetimeSoft" | "lifetimeCurrent",
    limits = {},
  ): OutgoingExtension => ({
    kind,
    allocations: 0,
    bytes: 0n,
    addTime: 0n,
    useTime: 0n,
    ...limits,
  });
  const address = (
    kind: "addressSource" | "addressDestination" | "addressProxy",
    bytes: readonly number[],
    prefixLength = bytes.length * 8,
    protocol = 0,
  ): OutgoingExtension => ({
    kind,
    protocol,
    prefixLength,
    reserved: 0,
    sockaddr: { family: "inet", port: 0, address: Uint8Array.from(bytes) },
  });
  const key = (kind: "keyAuthentication" | "keyEncryption", bytes: Uint8Array): OutgoingExtension => ({
    kind,
    bits: bytes.length * 8,
    reserved: 0,
    key: bytes.slice(),
  });
  const extensions: OutgoingExtension[] = [
    {
      kind: "sa",
      spi: 0x100,
      replay: sa.replay ?? 0,
      state: sa.state ?? 1,
      authentication,
      encryption,
      flags: sa.flags ?? 0,
    },
    lifetime("lifetimeHard", sa.hard),
    lifetime("lifetimeSoft", sa.soft),
    lifetime("lifetimeCurrent", { addTime: 1n }),
    address("addressSource", source),
    address("addressDestination", [192, 0, 2, 2]),
    ...(proxy ? [address("addressProxy", proxy.address, proxy.prefixLength, 255)] : []),
    ...(authentication ? [key("keyAuthentication", aes)] : []),
    ...(encrkey ? [key("keyEncryption", encrkey)] : []),
    { kind: "sa2", mode: sa.mode ?? 1, reserved1: 0, reserved2: 0, sequence: 0, reqid: sa.reqid ?? 0 },
  ];
  if (natT) {
    extensions.push(
      { kind: "natTType", natTType: 2, reserved: 0 },
      { kind: "natTSourcePort", port: natT.source, reserved: 0 },
      { kind: "natTDestinationPort", port: natT.destination, reserved: 0 },
    );
  }
  return { ...request("get", "esp", extensions), extensions } as Message;
}
