import {
  AlgorithmType,
  type Combination,
  type Dialect,
  type ExtendedCombination,
  type ExtendedProposalExtension,
  type ProposalExtension,
  type ProposedAlgorithm,
} from "@keysock/wire";
import { algorithmText } from "./algorithm-text.ts";

/** The lifetimes that both kinds of combination have. */
type Limits = Pick<
  Combination & ExtendedCombination,
  | "softAllocations"
  | "hardAllocations"
  | "softBytes"
  | "hardBytes"
  | "softAddTime"
  | "hardAddTime"
  | "softUseTime"
  | "hardUseTime"
>;

/** What a kernel asks for in an ACQUIRE. */
export function proposalText({ replay, combinations }: ProposalExtension, dialect: Dialect): string {
  const texts = combinations.map((combination, i) => combinationText(i + 1, combination, dialect));
  return `PRP: Proposal, replay counter = ${replay}.\n${texts.join("")}`;
}

function combinationText(number: number, combination: Combination, dialect: Dialect): string {
  const { authentication, encryption } = combination;
  let text = `PRP:  Combination #${number} `;
  if (authentication !== 0) {
    const { authenticationMinBits: min, authenticationMaxBits: max } = combination;
    const name = algorithmText("authentication", authentication, dialect);
    text += `Authentication = ${name}  minbits=${min}, maxbits=${max}.\nPRP:  `;
  }
  if (encryption !== 0) {
    const { encryptionMinBits: min, encryptionMaxBits: max, saltBits = 0 } = combination;
    const name = algorithmText("encryption", encryption, dialect);
    text += `Encryption = ${name}  minbits=${min}, maxbits=${max}, saltbits=${saltBits}.\nPRP:  `;
  }
  return `${text}HARD: ${someLimits(hard(combination))}\nPRP:  SOFT: ${someLimits(soft(combination))}\n`;
}

/** The same in an ACQUIRE for all SA types. */
export function extendedProposalText(
  { replay, combinations }: ExtendedProposalExtension,
  dialect: Dialect,
): string {
  const texts = combinations.map((combination, i) => extendedCombinationText(i + 1, combination, dialect));
  return (
    `EPR: Extended Proposal, replay counter = ${replay}, number of combinations = ${combinations.length}.\n` +
    texts.join("")
  );
}

function extendedCombinationText(number: number, combination: ExtendedCombination, dialect: Dialect): string {
  return (
    `EPR:  Extended combination #${number}:\n` +
    `EPR:  HARD: ${allLimits(hard(combination))}\n` +
    `EPR:  SOFT: ${allLimits(soft(combination))}\n` +
    combination.algorithms.map((algorithm, i) => proposedText(i + 1, algorithm, dialect)).join("")
  );
}

const saTypes: ReadonlyMap<number, string> = new Map([
  [2, "AH"],
  [3, "ESP"],
]);

function proposedText(number: number, proposed: ProposedAlgorithm, dialect: Dialect): string {
  const { saType, minBits, maxBits, saltBits } = proposed;
  const purpose = `for ${saTypes.get(saType) ?? `satype=${saType}`} ${purposeText(proposed, dialect)}`;
  return `EPR:  Alg #${number} ${purpose}  minbits=${minBits}, maxbits=${maxBits}, saltbits=${saltBits}\n`;
}

function purposeText({ algorithmType, algorithm }: ProposedAlgorithm, dialect: Dialect): string {
  switch (algorithmType) {
    case AlgorithmType.authentication:
      return `Authentication = ${algorithmText("authentication", algorithm, dialect)}`;
    case AlgorithmType.encryption:
      return `Encryption = ${algorithmText("encryption", algorithm, dialect)}`;
    default:
      return `algtype(${algorithmType}) = alg(${algorithm})`;
  }
}

type NamedLimits = readonly (readonly [name: string, value: number | bigint])[];

const hard = ({ hardAllocations, hardBytes, hardAddTime, hardUseTime }: Limits): NamedLimits =>
  named(hardAllocations, hardBytes, hardAddTime, hardUseTime);
const soft = ({ softAllocations, softBytes, softAddTime, softUseTime }: Limits): NamedLimits =>
  named(softAllocations, softBytes, softAddTime, softUseTime);
const named = (allocations: number, bytes: bigint, addTime: bigint, useTime: bigint): NamedLimits => [
  ["alloc", allocations],
  ["bytes", bytes],
  ["post-add secs", addTime],
  ["post-use secs", useTime],
];

const allLimits = (limits: NamedLimits): string =>
  limits.map(([name, value]) => `${name}=${value}`).join(", ");

/** Those that are set, a blank behind each but the last one of all. */
const someLimits = (limits: NamedLimits): string =>
  limits
    .map(([name, value], i) =>
      Number(value) === 0 ? "" : `${name}=${value}${i < limits.length - 1 ? " " : ""}`,
    )
    .join("");
