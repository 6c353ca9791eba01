/**
 * The language of ipseckey(1M): text to commands.
 *
 * @packageDocumentation
 */
export { attributesFrom } from "./attributes-from.ts";
export type * from "./command.ts";
export { type CommandReader, commandReader } from "./command-reader.ts";
export type { FaceOptions } from "./face.ts";
export { lacking } from "./lacking.ts";
export { parseCommand, parseWords, type ReadOptions } from "./parse-command.ts";
export type { Problem, ProblemCode, Report } from "./problem.ts";
export { readCommands } from "./read-commands.ts";
export { TOKEN_LIMIT } from "./scan.ts";
export { COMMAND_LIMIT } from "./unread.ts";
export { attributeWords, verbWords } from "./words.ts";
