// What the rules of setkey.ne make of their parts: one function a shape, each with the parts' types.
import { bytesOfHex, bytesOfLatin1 } from "./key-bytes.ts";
import { arrayOf, type Linked } from "./linked.ts";
import type { ScannedToken } from "./scanned-token.ts";
import type {
  AddressFlags,
  Algorithms,
  BareStatement,
  DeleteAllStatement,
  Endpoint,
  KeyWord,
  Marking,
  ProtocolWord,
  Range,
  SadStatement,
  SaOption,
  SaStatement,
  SpdStatement,
  TaggedStatement,
  Word,
} from "./statement.ts";

/** A statement before its tokens are attached and the text of its policy is parsed. */
export type Draft =
  | Bare<SaStatement>
  | Bare<DeleteAllStatement>
  | Bare<SadStatement>
  | Unread<SpdStatement>
  | Unread<TaggedStatement>
  | Bare<BareStatement>;

type Bare<S> = Omit<S, "tokens" | "position">;
type Unread<S> = Omit<Bare<S>, "policy"> & { policy: Word<string> };

type Token = ScannedToken;
type Context = NonNullable<SpdStatement["securityContext"]>;
type SpdFlag =
  | { kind: "addressFlags"; token: Token }
  | (SaOption & { kind: "mark" })
  | (SaOption & { kind: "ifId" });
type Numbered =
  | "reqid"
  | "replay"
  | "hardTime"
  | "softTime"
  | "hardBytes"
  | "softBytes"
  | "espFragment"
  | "natTMtu";

export const none = (): undefined => undefined;
export const second = <T>([, part]: [unknown, T]): T => part;
export const word = ([token]: [Token]): Word<string> => ({ value: token.value, token: token.index });
export const linked = <T>([before, last]: [Linked<T> | undefined, T]): Linked<T> => ({ before, last });

// Statements

type SaParts = [
  Token,
  Linked<Token> | undefined,
  Endpoint,
  Endpoint,
  Protocol,
  Word<string>,
  Linked<SaOption> | undefined,
];

function sa([command, flags, source, destination, protocol, spi, options]: SaParts): Omit<
  Bare<SaStatement>,
  "algorithms"
> {
  return {
    kind: command.text as SaStatement["kind"],
    addressFlags: addressFlags(flags),
    source,
    destination,
    ...protocol,
    spi,
    options: arrayOf(options),
  };
}

export function keyedSa(parts: [...SaParts, Algorithms, Token]): Bare<SaStatement> {
  return { ...sa(parts.slice(0, 7) as SaParts), algorithms: parts[7] };
}

export function plainSa(parts: [...SaParts, Token]): Bare<SaStatement> {
  return { ...sa(parts.slice(0, 7) as SaParts), algorithms: {} };
}

export function deleteAll([, flags, source, destination, protocol]: [
  Token,
  Linked<Token> | undefined,
  Endpoint,
  Endpoint,
  Protocol,
  Token,
]): Bare<DeleteAllStatement> {
  // The original address of `esp-udp` says nothing here: ipsec-tools reads it and forgets it.
  return {
    kind: "deleteall",
    addressFlags: addressFlags(flags),
    source,
    destination,
    ...onlyProtocol(protocol),
  };
}

export function sad([command, protocol]: [Token, Protocol, Token]): Bare<SadStatement> {
  return { kind: command.text as SadStatement["kind"], ...onlyProtocol(protocol) };
}

export function spd([command, flags, source, destination, upper, context, policy]: [
  Token,
  Linked<SpdFlag> | undefined,
  Range,
  Range,
  Pick<SpdStatement, "upper" | "upperDetail">,
  Context | undefined,
  Word<string>,
  Token,
]): Unread<SpdStatement> {
  const list = arrayOf(flags);
  // The last of each counts.
  const mark = list.findLast((flag) => flag.kind === "mark");
  const ifId = list.findLast((flag) => flag.kind === "ifId");
  return {
    kind: command.text as SpdStatement["kind"],
    addressFlags: addressFlagsOf(list.flatMap((flag) => (flag.kind === "addressFlags" ? [flag.token] : []))),
    ...(mark && { mark: { value: mark.value, ...(mark.mask && { mask: mark.mask }) } }),
    ...(ifId && { ifId: ifId.value }),
    source,
    destination,
    ...upper,
    ...(context && { securityContext: context }),
    policy,
  };
}

export function tagged([command, , tag, policy]: [
  Token,
  Token,
  Word<string>,
  Word<string>,
  Token,
]): Unread<TaggedStatement> {
  return { kind: `${command.text as "spdadd" | "spdupdate"}-tagged`, tag, policy };
}

export function bare([command]: [Token, Token]): Bare<BareStatement> {
  const dumpOrFlush = command.text === "spddump" || command.text === "spdflush";
  return { kind: dumpOrFlush ? (command.text as "spddump" | "spdflush") : "exit" };
}

const addressFlags = (list: Linked<Token> | undefined): AddressFlags => addressFlagsOf(arrayOf(list));

/** The last of `4` and `6` counts. */
function addressFlagsOf(tokens: readonly Token[]): AddressFlags {
  const letters = tokens.map((token) => token.text).join("");
  const [v4, v6] = [letters.lastIndexOf("4"), letters.lastIndexOf("6")];
  return {
    ...(v4 !== v6 && { family: v4 > v6 ? "inet" : "inet6" }),
    numericOnly: letters.includes("n"),
  };
}

// Addresses

export const endpoint = ([address, port]: [Word<string>, Word<string>?]): Endpoint => ({
  address,
  ...(port && { port }),
});

export const range = ([address, prefixLength, port]: [
  Word<string>,
  Word<string>?,
  Word<string>?,
]): Range => ({
  ...endpoint(port ? [address, port] : [address]),
  ...(prefixLength && { prefixLength }),
});

export const natEnd = ([address, , port]: [Word<string>, Token, Word<string>, Token]): Endpoint => ({
  address,
  port,
});

// Parts of an SA

type Protocol = Pick<SaStatement, "protocol" | "originalAddress">;

export const noProtocol = (): Protocol => ({});

export const protocol = ([token, originalAddress]: [Token, Word<string>?]): Protocol => ({
  protocol: { value: token.text as ProtocolWord, token: token.index },
  ...(originalAddress && { originalAddress }),
});

const onlyProtocol = ({ protocol }: Protocol): Pick<SaStatement, "protocol"> =>
  protocol ? { protocol } : {};

const numbered: Readonly<Record<string, Numbered>> = {
  "-u": "reqid",
  "-r": "replay",
  "-lh": "hardTime",
  "-ls": "softTime",
  "-bh": "hardBytes",
  "-bs": "softBytes",
  "-esp_frag": "espFragment",
  "-natt_mtu": "natTMtu",
};

export const numberOption = ([flag, value]: [Token, Word<string>]): SaOption => ({
  kind: numbered[flag.text]!,
  value,
});

export const modeOption = ([, value]: [Token, Word<string>]): SaOption =>
  ({ kind: "mode", value }) as SaOption;

export const flagOption = ([, value]: [Token, Word<string>]): SaOption =>
  ({ kind: "flag", value }) as SaOption;

export const securityContext = ([, doi, algorithm, context]: [
  Token,
  Word<string>,
  Word<string>,
  Word<string>,
]): Context => ({ doi, algorithm, context });

export const securityContextOption = ([context]: [Context]): SaOption => ({
  kind: "securityContext",
  ...context,
});

export const natTOption = ([, source, destination]: [Token, Endpoint, Endpoint]): SaOption => ({
  kind: "natT",
  source,
  destination,
});

export const esnOption = ([flag]: [Token]): SaOption => ({
  kind: "esn",
  value: { value: true, token: flag.index },
});

export const hardwareInterfaceOption = ([, value, packet]: [Token, Word<string>, Token?]): SaOption => ({
  kind: "hardwareInterface",
  value,
  ...(packet && { packet: { value: true, token: packet.index } }),
});

export const addressFlag = ([token]: [Token]): SpdFlag => ({ kind: "addressFlags", token });

export const marking = ([value, , mask]: [Word<string>, Token?, Word<string>?]): Marking => ({
  value,
  ...(mask && { mask }),
});

export const markOption = ([flag, marking]: [Token, Marking]): SaOption => ({
  kind: flag.text === "-mark" ? "mark" : "outputMark",
  ...marking,
});

export const countOption = ([, value]: [Token, Word<string>]): SaOption => ({ kind: "ifId", value });

export const directionOption = ([, value]: [Token, Word<string>]): SaOption =>
  ({ kind: "direction", value }) as SaOption;

export const selectorOption = ([, source, destination, upper]: [
  Token,
  Range,
  Range,
  Pick<SpdStatement, "upper" | "upperDetail">,
]): SaOption => ({ kind: "selector", source, destination, ...upper });

// Algorithms

type Keyed = { name: Word<string>; key?: KeyWord };

export const algorithms = (parts: Algorithms[]): Algorithms => Object.assign({}, ...parts);

const named = (name: Word<string>, key: KeyWord | undefined): Keyed => ({ name, ...(key && { key }) });

export const cipher = ([, name, key]: [Token, Word<string>, KeyWord?]): Algorithms => ({
  encryption: named(name, key),
});

export const authenticator = ([, name, key]: [Token, Word<string>, KeyWord?]): Algorithms => ({
  authentication: named(name, key),
});

export const compressor = ([, name, rawCpi]: [Token, Word<string>, Token?]): Algorithms => ({
  compression: { name: name as Word<"oui" | "deflate" | "lzs">, rawCpi: rawCpi !== undefined },
});

const keyWord = (token: Token, value: Uint8Array): KeyWord => ({ value, token: token.index });

export const quotedKey = ([token]: [Token]): KeyWord => keyWord(token, bytesOfLatin1(token.value));
export const hexKey = ([token]: [Token]): KeyWord => keyWord(token, bytesOfHex(token.value.slice(2)));
export const bareHexKey = ([token]: [Token]): KeyWord => keyWord(token, bytesOfHex(token.value));

// Policies

export const upper = ([protocol, detail]: [Word<string>, Word<string>?]): Pick<
  SpdStatement,
  "upper" | "upperDetail"
> => ({ upper: protocol, ...(detail && { upperDetail: detail }) });
