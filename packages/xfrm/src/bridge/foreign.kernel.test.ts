/** SAs that `ip xfrm` made: listed whole, and what was listed makes the same SA again. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ip, NetworkNamespace } from "@keysock/kernel-lab";
import {
  decode,
  find,
  type KeySocket,
  linuxXfrm,
  type Message,
  request,
  type XfrmExtension,
} from "@keysock/wire";
import { openLive } from "../testing/live.ts";
import { address, destination, heard, numbered, sa, send, source } from "../testing/pfkey.ts";
import { ip as bytes } from "../testing/values.ts";

const key = (bytes: number) => `0x${"5a".repeat(bytes)}`;
const nullCipher = ["enc", "ecb(cipher_null)", ""];
const gcm = ["aead", "rfc4106(gcm(aes))", key(20), "128"];

interface Row {
  name: string;
  /** Behind the addresses, `proto` and SPI. */
  argv: string[];
  proto?: string;
  encryption?: number;
  authentication?: number;
  xfrm?: Partial<XfrmExtension>;
}

const rows: Row[] = [
  { name: "aes-gcm-16", argv: gcm, encryption: 20 },
  { name: "aes-gcm-8", argv: ["aead", "rfc4106(gcm(aes))", key(36), "64"], encryption: 18 },
  { name: "aes-ccm-12", argv: ["aead", "rfc4309(ccm(aes))", key(19), "96"], encryption: 15 },
  { name: "aes-gmac", argv: ["aead", "rfc4543(gcm(aes))", key(20), "128"], encryption: 23 },
  {
    name: "chacha20-poly1305",
    argv: ["aead", "rfc7539esp(chacha20,poly1305)", key(36), "128"],
    encryption: 0,
    xfrm: { aead: { name: "rfc7539esp(chacha20,poly1305)", icvBits: 128 } },
  },
  {
    name: "hmac-sha256 with 128 bits",
    argv: ["auth-trunc", "hmac(sha256)", key(32), "128", ...nullCipher],
    authentication: 5,
    encryption: 11,
    xfrm: { authentication: { name: "hmac(sha256)", truncationBits: 128 } },
  },
  {
    name: "hmac-sha256 with 96 bits",
    argv: ["auth", "hmac(sha256)", key(32), ...nullCipher],
    authentication: 5,
    encryption: 11,
  },
  {
    name: "aes-cmac",
    proto: "ah",
    argv: ["auth-trunc", "cmac(aes)", key(16), "96"],
    authentication: 0,
    xfrm: { authentication: { name: "cmac(aes)", truncationBits: 96 } },
  },
  { name: "deflate", proto: "comp", argv: ["comp", "deflate"], encryption: 2 },
  {
    name: "a mark",
    argv: [...gcm, "mark", "0x7", "mask", "0xff"],
    encryption: 20,
    xfrm: { mark: { value: 7, mask: 0xff } },
  },
  {
    name: "an output mark and an interface id",
    argv: [...gcm, "output-mark", "0x5", "mask", "0xf", "if_id", "42"],
    encryption: 20,
    xfrm: { outputMark: { value: 5, mask: 0xf }, ifId: 42 },
  },
  {
    name: "extended sequence numbers",
    argv: [...gcm, "replay-window", "128", "flag", "esn"],
    encryption: 20,
    xfrm: { flags: 0x80, replayWindow: 128 },
  },
  {
    name: "flags that PF_KEY has",
    argv: [...gcm, "flag", "noecn", "decap-dscp", "nopmtudisc"],
    encryption: 20,
  },
  {
    name: "flags that it has not",
    argv: [...gcm, "flag", "icmp", "align4"],
    encryption: 20,
    xfrm: { flags: 0x50 },
  },
  {
    name: "extra flags",
    argv: [...gcm, "extra-flag", "dont-encap-dscp"],
    encryption: 20,
    xfrm: { extraFlags: 1 },
  },
  {
    name: "a tunnel that pads",
    argv: ["mode", "tunnel", ...gcm, "tfcpad", "256"],
    encryption: 20,
    xfrm: { tfcPad: 256 },
  },
  { name: "BEET", argv: ["mode", "beet", ...gcm], encryption: 20 },
  {
    name: "NAT-T with an original address",
    argv: [...gcm, "encap", "espinudp", "4500", "4501", "192.0.2.9"],
    encryption: 20,
    xfrm: { encapOriginal: bytes(192, 0, 2, 9) },
  },
  {
    name: "a selector",
    argv: [
      ...gcm,
      "sel",
      "src",
      "10.0.0.0/8",
      "dst",
      "10.1.0.0/16",
      "proto",
      "tcp",
      "sport",
      "80",
      "dev",
      "lo",
    ],
    encryption: 20,
    xfrm: {
      selector: {
        source: bytes(10, 0, 0, 0),
        destination: bytes(10, 1, 0, 0),
        sourcePrefixLength: 8,
        destinationPrefixLength: 16,
        sourcePort: 80,
        sourcePortMask: 0xffff,
        destinationPort: 0,
        destinationPortMask: 0,
        protocol: 6,
        interfaceIndex: 1,
        user: 0,
      },
    },
  },
  {
    name: "limits",
    argv: [...gcm, "limit", "byte-hard", "1000", "limit", "packet-soft", "5", "limit", "time-hard", "3600"],
    encryption: 20,
  },
];

const add = ({ proto = "esp", argv }: Row) =>
  ip(
    "xfrm",
    "state",
    "add",
    "src",
    "192.0.2.1",
    "dst",
    "192.0.2.2",
    "proto",
    proto,
    "spi",
    "0x1000",
    ...argv,
  );

const noKey = { kind: "keyEncryption", bits: 0, reserved: 0, key: bytes() } as const;

/** As `ip` shows them, times aside. */
const states = () => ip("-s", "xfrm", "state").replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "TIME");

function within(act: (socket: KeySocket, network: NetworkNamespace) => void): void {
  const network = new NetworkNamespace();
  const socket = openLive();
  try {
    act(socket, network);
  } finally {
    socket.close();
    network.close();
  }
}

function ask(socket: KeySocket, ...messages: Parameters<typeof numbered>[0][]): Message[] {
  send(socket, ...messages.map((message, index) => numbered(message, index + 1)));
  return heard(socket).filter(({ pid }) => pid === 4242);
}

/** What of an xfrm extension is said. */
function parts(message: Message): Partial<XfrmExtension> | undefined {
  const found = find(message, "xfrm");
  if (found === undefined) return undefined;
  const { kind, type, length, ...rest } = found;
  return rest;
}

describe("SAs that ip xfrm made", () => {
  for (const row of rows) {
    test(row.name, () =>
      within((socket) => {
        add(row);
        const before = states();
        const [listed, ...others] = ask(socket, request("dump", "unspec"));
        assert.equal(others.length, 0);
        assert.equal(listed!.errno, 0);
        assert.deepEqual(
          [find(listed!, "sa")?.encryption, find(listed!, "sa")?.authentication],
          [row.encryption ?? 0, row.authentication ?? 0],
        );
        assert.deepEqual(parts(listed!), row.xfrm);
        ip("xfrm", "state", "flush");
        heard(socket);
        // PF_KEY does not show a key without bits, but wants one.
        const extensions = row.encryption === 11 ? [...listed!.extensions, noKey] : listed!.extensions;
        send(socket, { ...listed!, type: "add", sequence: 0, extensions });
        assert.deepEqual(
          heard(socket).map(({ type, errno }) => [type, errno]),
          [["add", 0]],
        );
        assert.equal(states(), before);
      }),
    );
  }

  test("are listed together, and none breaks the list", () =>
    within((socket) => {
      for (const [index, row] of rows.entries()) {
        add({ ...row, argv: row.argv });
        if (index < rows.length - 1) {
          const spi = `0x${(0x2000 + index).toString(16)}`;
          ip("xfrm", "state", "flush");
          ip(
            "xfrm",
            "state",
            "add",
            "src",
            "192.0.2.1",
            "dst",
            "192.0.2.2",
            "proto",
            row.proto ?? "esp",
            "spi",
            spi,
            ...row.argv,
          );
        }
      }
      assert.equal(ask(socket, request("dump", "unspec")).at(-1)!.sequence, 0);
    }));

  test("are heard of as they are made, changed and deleted", () =>
    within((socket) => {
      const argv = ["src", "192.0.2.1", "dst", "192.0.2.2", "proto", "esp", "spi", "0x1000"];
      ip("xfrm", "state", "add", ...argv, ...gcm);
      ip("xfrm", "state", "update", ...argv, ...gcm, "limit", "time-hard", "100");
      ip("xfrm", "state", "delete", ...argv);
      assert.deepEqual(
        heard(socket).map((message) => [
          message.type,
          message.pid,
          find(message, "sa")?.state,
          find(message, "lifetimeHard")?.addTime,
        ]),
        [
          ["add", 0, 1, 0n],
          ["update", 0, 1, 100n],
          ["delete", 0, 3, 100n],
        ],
      );
    }));

  test("are found by their mark", () =>
    within((socket) => {
      add({ name: "", argv: [...gcm, "mark", "0x7", "mask", "0xff"] });
      const get = (...mark: { kind: "xfrm"; mark: { value: number; mask: number } }[]) =>
        request("get", "esp", [sa(), source, destination, ...mark]);
      assert.deepEqual(
        ask(socket, get(), get({ kind: "xfrm", mark: { value: 7, mask: 0xff } })).map(({ errno }) => errno),
        [3, 0],
      );
    }));
});

describe("EXPIRE over XFRM", () => {
  test("shows algorithms and NAT-T while there is the SA", () =>
    within((socket) => {
      send(socket, numbered(request("register", "esp")));
      add({
        name: "",
        argv: [
          ...gcm,
          "encap",
          "espinudp",
          "4500",
          "4501",
          "0.0.0.0",
          "limit",
          "time-soft",
          "1",
          "limit",
          "time-hard",
          "2",
        ],
      });
      heard(socket);
      const soft = decode(socket.receive(10_000)!, linuxXfrm).message;
      const hard = decode(socket.receive(10_000)!, linuxXfrm).message;
      const shown = (message: Message) => [
        message.type,
        find(message, "sa")?.state,
        find(message, "sa")?.encryption,
        message.extensions.map(({ type }) => type),
      ];
      assert.deepEqual(shown(soft), ["expire", 2, 20, [1, 4, 2, 5, 6, 7, 19, 20, 21, 22]]);
      assert.deepEqual(shown(hard), ["expire", 3, 0, [1, 3, 2, 5, 6, 7, 19]]);
    }));
});

describe("refusals over XFRM", () => {
  test("bring the kernel's words", () =>
    within((socket) => {
      const add = request("add", "ah", [
        sa({ authentication: 3, encryption: 12 }),
        source,
        destination,
        { kind: "keyAuthentication", bits: 160, reserved: 0, key: new Uint8Array(20) },
        { kind: "keyEncryption", bits: 128, reserved: 0, key: new Uint8Array(16) },
      ]);
      const [refused] = ask(socket, add);
      assert.equal(refused!.errno, 22);
      assert.deepEqual(parts(refused!), {
        errorText: "Invalid attributes for AH: AEAD, CRYPT, COMP, TFCPAD",
      });
    }));

  test("are PF_KEY's where XFRM's would be others", () =>
    within((socket) => {
      const other = address("addressDestination", bytes(192, 0, 2, 2));
      const add = request("add", "unspec", [sa({ encryption: 11 }), source, other, noKey]);
      assert.deepEqual(
        ask(socket, add).map(({ errno }) => errno),
        [93],
      );
    }));
});
