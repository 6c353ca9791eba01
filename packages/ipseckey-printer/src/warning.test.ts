import { decode } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { messageText } from "./message-text.ts";
import { lifetime, reply, sa, sampleDialect, sampleHost, sampleLinux } from "./testing/sample.ts";

const options = { dialect: sampleDialect, host: sampleHost };
const bytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

describe("an extension of a wrong length", () => {
  it("is printed all the same", () => {
    const { text, warnings } = messageText(
      reply([
        { ...sa(), length: 3 },
        { ...lifetime("lifetimeHard"), length: 5 },
        { ...lifetime("lifetimeIdle"), length: 6 },
      ]),
      options,
    );
    expect(text.split("\n").slice(2)).toEqual([
      "SA: SADB_ASSOC spi=0x100, replay window size=0, state=MATURE",
      "SA: flags=0x0 < >",
      " LT: Lifetime information",
      "HLT: Hard lifetime information:",
      "HLT: 0 bytes of lifetime, 0 allocations.",
      "HLT: 0 seconds of post-add lifetime.",
      "HLT: 0 seconds of post-use lifetime.",
      "ILT: Idle lifetime information:",
      "ILT: 0 seconds of post-add lifetime.",
      "ILT: 0 seconds of post-use lifetime.",
      "",
    ]);
    expect(warnings).toEqual([
      "ipseckey: WARNING: SA info extension length (24) is bad.\n",
      "ipseckey: WARNING: HARD lifetime extension length (40) is bad.\n",
      "ipseckey: WARNING: IDLE lifetime extension length (48) is bad.\n",
    ]);
  });

  it("is shown as it is where it is too short to be read", () => {
    const decoded = decode(
      bytes(
        "0205000306000000000000000000000001000100000001000300020000000000000000000000000000000000000000ff",
      ),
      sampleDialect,
    );
    const { text, warnings } = messageText(decoded, options);
    expect(text.split("\n").slice(2)).toEqual([
      "UNK: Unknown ext. 1, len 8.",
      "UNK: 0x1000000010001",
      "UNK: Unknown ext. 2, len 24.",
      "UNK: 0x20003",
      "UNK: 0x0",
      "UNK: 0xff00000000000000",
      "",
    ]);
    expect(warnings).toEqual([
      "ipseckey: WARNING: SA info extension length (8) is bad.\n",
      "ipseckey: WARNING: CURRENT lifetime extension length (24) is bad.\n",
    ]);
  });

  it("is a filter on Linux, and no idle lifetime", () => {
    const filter = {
      kind: "filter",
      source: new Uint8Array(16),
      destination: new Uint8Array(16),
      family: 0,
      sourcePrefixLength: 0,
      destinationPrefixLength: 0,
    } as const;
    const { text, warnings } = messageText(reply([filter], {}, sampleLinux), {
      ...options,
      dialect: sampleLinux,
    });
    expect(text).toContain("UNK: Unknown ext. 26, len 40.\n");
    expect(warnings).toEqual([]);
  });
});

const corrupt = "ipseckey: WARNING: insufficient buffer space or corrupt message.\n";
const header = "Base message (version 2) type GET, SA type ESP.\n";

const broken: [name: string, hex: string, text: string][] = [
  ["is shorter than a header", "0205000302000000", `${header}Message length 16 bytes, seq=0, pid=0.\n`],
  ["has no length", "02050003", `${header}Message length 4 bytes, seq=0, pid=0.\n`],
  [
    "says that it is shorter",
    "02050003010000000000000000000000",
    `${header}Message length 8 bytes, seq=0, pid=0.\n`,
  ],
  [
    "says that it is longer",
    "02050003030000000000000000000000",
    `${header}Message length 24 bytes, seq=0, pid=0.\n`,
  ],
  [
    "has an extension without a length",
    "020500030300000000000000000000000000010000000000",
    `${header}Message length 24 bytes, seq=0, pid=0.\n`,
  ],
  [
    "has an extension that goes on behind its end",
    "02050003040000000000000000000000010063000000000002000100",
    `${header}Message length 32 bytes, seq=0, pid=0.\nUNK: Unknown ext. 99, len 8.\nUNK: 0x630001\n`,
  ],
];

it.each(broken)("a message that %s is printed as far as it goes", (_, hex, text) => {
  expect(messageText(decode(bytes(hex), sampleDialect), options)).toEqual({ text, warnings: [corrupt] });
});

it("a key that cannot be read is hidden like others", () => {
  const decoded = decode(
    bytes("0205000304000000000000000000000002000900ff000000deadbeefdeadbeef"),
    sampleDialect,
  );
  expect(messageText(decoded, options).text).toContain("UNK: 0xefbeaddeefbeadde\n");
  expect(
    messageText(decoded, { ...options, paranoid: true })
      .text.split("\n")
      .slice(2),
  ).toEqual(["UNK: Unknown ext. 9, len 16.", "UNK: 0xff00090002", "UNK: 0xXXXXXXXXXXXXXXXX", ""]);
});
