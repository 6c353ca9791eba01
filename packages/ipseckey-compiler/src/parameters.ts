import type { AddressAttribute, Attribute, KeyValue, NumberName } from "@keysock/ipseckey-grammar";
import type { GivenAddress } from "./resolve.ts";

/** Names of the attributes that hold an address. */
export type AddressName = AddressAttribute["name"];

/** An identity as given. */
export interface GivenIdentity {
  type: number;
  /** One character a byte (latin1). */
  text: string;
}

/** What the attributes of a command say. What is absent was not given. */
export interface Parameters {
  /** The number of its type of SA. */
  readonly saType: number;
  /** The first attribute of each name. */
  readonly given: Map<Attribute["name"], Attribute>;
  /** Cut to the sizes of their fields. */
  readonly numbers: Map<NumberName, bigint>;
  readonly addresses: Map<AddressName, GivenAddress>;
  readonly keys: Map<"authkey" | "encrkey", KeyValue>;
  readonly identities: Map<"srcidtype" | "dstidtype", GivenIdentity>;
  /** 0 also where illumos does not know the word. */
  state?: number;
  /** Numbers of the dialect's kernel; 0 also where illumos does not know the word. */
  authentication?: number;
  encryption?: number;
  /** `encap udp`. */
  udp: boolean;
}

/** `ah` and `esp`. */
export const SaTypeNumber = { ah: 2, esp: 3 } as const;

/** SADB_EALG_NULL (net/pfkeyv2.h, linux/pfkeyv2.h). */
export const nullCipher = 11;

export function emptyParameters(saType: number): Parameters {
  return {
    saType,
    given: new Map(),
    numbers: new Map(),
    addresses: new Map(),
    keys: new Map(),
    identities: new Map(),
    udp: false,
  };
}

/** A number that fits into 32 bits; 0 where none was given. */
export const smallNumber = ({ numbers }: Parameters, name: NumberName): number =>
  Number(numbers.get(name) ?? 0n);

/** Whether one of the attributes says something of what is inside of a tunnel. */
export const isTunnel = ({ addresses, numbers }: Parameters): boolean =>
  addresses.has("inner-src") ||
  addresses.has("inner-dst") ||
  (["isport", "idport", "iproto"] as const).some((name) => numbers.has(name));

/** The index of the attribute's word; undefined where it was not given. */
export const wordTokenOf = ({ given }: Parameters, name: Attribute["name"]): number | undefined =>
  given.get(name)?.token;

/** The index of the attribute's first value. */
export function valueTokenOf({ given }: Parameters, name: Attribute["name"]): number | undefined {
  const attribute = given.get(name);
  return attribute && Math.min(attribute.token + 1, attribute.next - 1);
}
