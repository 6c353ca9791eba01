import { describe, expect, it } from "vitest";
import { read, write } from "./testing/bytes.ts";
import { type FieldKind, type Layout, layouts } from "./testing/layouts.ts";

const bytesOf = { u8: 1, u16: 2, u32: 4, u64: 8, i32: 4, net16: 2, net32: 4, address: 16 } as const;
const sizeOf = (kind: FieldKind): number => (typeof kind === "string" ? bytesOf[kind] : kind.size);

/** A structure with something else in each field, and what is in it. Holes are zero. */
function sample(layout: Layout, byteOrder: "little" | "big", seed = 1): { bytes: Uint8Array; value: object } {
  const bytes = new Uint8Array(layout.size);
  const entries = layout.fields.map(([offset, kind, name], i) => {
    const from = seed + i * 5;
    if (typeof kind !== "string") {
      const inner = sample(kind, byteOrder, from);
      bytes.set(inner.bytes, offset);
      return [name, inner.value] as const;
    }
    // Most significant byte first, none of them 0 or above 0x7f.
    const digits = Array.from({ length: sizeOf(kind) }, (_, n) => 1 + ((from + n * 3) % 127));
    const isHost = kind === "u16" || kind === "u32" || kind === "u64" || kind === "i32";
    bytes.set(isHost && byteOrder === "little" ? digits.toReversed() : digits, offset);
    if (kind === "address") return [name, Uint8Array.from(digits)] as const;
    const number = digits.reduce((sum, digit) => sum * 256n + BigInt(digit), 0n);
    return [name, kind === "u64" ? number : Number(number)] as const;
  });
  return { bytes, value: Object.fromEntries(entries) };
}

const named = Object.values<Layout>(layouts);

describe.each(["little", "big"] as const)("%s endian", (byteOrder) => {
  it.each(named)("$name has its fields where C has them", (layout) => {
    const { bytes, value } = sample(layout, byteOrder);
    expect(read(layout.structure, bytes, byteOrder)).toEqual(value);
    expect(write(layout.structure, value, byteOrder)).toEqual(bytes);
  });

  it.each(named)("$name keeps what no field has", (layout) => {
    const bytes = new Uint8Array(layout.size).fill(0xa5);
    expect(write(layout.structure, read(layout.structure, bytes, byteOrder), byteOrder)).toEqual(bytes);
  });
});

/** As gcc prints them on a 64-bit machine (linux/xfrm.h); the last one is younger than that. */
const sizes: [name: string, size: number][] = [
  ["xfrm_id", 24],
  ["xfrm_selector", 56],
  ["xfrm_lifetime_cfg", 64],
  ["xfrm_lifetime_cur", 32],
  ["xfrm_replay_state", 12],
  ["xfrm_stats", 12],
  ["xfrm_user_tmpl", 64],
  ["xfrm_encap_tmpl", 24],
  ["xfrm_userpolicy_type", 6],
  ["xfrm_mark", 8],
  ["xfrm_usersa_info", 224],
  ["xfrm_usersa_id", 24],
  ["xfrm_aevent_id", 48],
  ["xfrm_userspi_info", 232],
  ["xfrm_userpolicy_info", 168],
  ["xfrm_userpolicy_id", 64],
  ["xfrm_user_acquire", 280],
  ["xfrm_user_expire", 232],
  ["xfrm_user_polexpire", 176],
  ["xfrm_usersa_flush", 1],
  ["xfrm_user_report", 60],
  ["xfrm_user_kmaddress", 40],
  ["xfrm_user_migrate", 76],
  ["xfrm_user_mapping", 64],
  ["xfrm_address_filter", 36],
  ["xfrm_user_offload", 8],
  ["xfrm_userpolicy_default", 3],
  ["xfrmu_sadhinfo", 8],
  ["xfrmu_spdinfo", 24],
  ["xfrmu_spdhinfo", 8],
  ["xfrmu_spdhthresh", 2],
  ["xfrm_user_migrate_state", 132],
];

it.each(sizes)("%s has %i bytes", (name, size) => {
  const layout = named.find((one) => one.name === name)!;
  expect([layout.size, layout.structure.minimum]).toEqual([size, size]);
});

it("has a layout and a size for each structure", () => {
  expect(named.map(({ name }) => name).sort()).toEqual(sizes.map(([name]) => name).sort());
});

it("an address may be given as 4 bytes", () => {
  const address = Uint8Array.of(192, 0, 2, 1);
  const value = { destination: address, spi: 1, protocol: 50 };
  const padded = new Uint8Array(16);
  padded.set(address);
  expect(write(layouts.id.structure, value, "little")).toEqual(
    write(layouts.id.structure, { ...value, destination: padded }, "little"),
  );
});
