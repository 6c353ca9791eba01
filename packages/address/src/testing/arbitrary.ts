import fc from "fast-check";

/** Any IPv4 address. */
export const inet = fc.uint8Array({ minLength: 4, maxLength: 4 });

/** An IPv6 address, with more zero and all-one groups than chance would give. */
export const inet6 = fc
  .array(fc.oneof(fc.constant(0), fc.constant(0), fc.constant(0xffff), fc.nat(15), fc.nat(0xffff)), {
    minLength: 8,
    maxLength: 8,
  })
  .map((groups) => Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff])));

/** An address of either family. */
export const anyAddress = fc.oneof(inet, inet6);

/** Text that is an address now and then. */
export const almostAddress = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."0123456789abcdefABCDEF:::...%/ g"), maxLength: 24 }),
  fc
    .array(
      fc.oneof(
        fc.nat(0xffff).map((group) => group.toString(16)),
        fc.constantFrom("", "0", "1.2.3.4"),
      ),
      {
        minLength: 1,
        maxLength: 9,
      },
    )
    .map((groups) => groups.join(":")),
  fc.array(fc.nat(300), { minLength: 1, maxLength: 5 }).map((octets) => octets.join(".")),
);
