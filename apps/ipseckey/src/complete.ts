import { attributeWords, verbWords } from "@keysock/ipseckey-grammar";

const saTypes = ["all", "ah", "esp"];

/** What may follow a verb: a type of SA, and behind it attributes; or the topics of help. */
const plainVerbs = ["monitor", "passive_monitor", "pmonitor", "quit", "exit", "load"];
const typeVerbs = ["flush", "dump", "save"];

/** Words that the last word of a line may become, a blank behind each, and that word. */
export function complete(line: string): [words: string[], word: string] {
  const words = line.trimStart().split(/\s+/);
  const word = words.pop()!;
  const found = candidates(words).filter((candidate) => candidate.startsWith(word));
  return [found.map((each) => `${each} `), word];
}

function candidates([verb, ...more]: readonly string[]): readonly string[] {
  if (verb === undefined) return verbWords;
  if (verb === "help" || verb === "?") return more.length === 0 ? [...verbWords, "attr"] : [];
  if (plainVerbs.includes(verb)) return [];
  // A line that goes on with a command begins with an attribute or its value.
  if (!verbWords.includes(verb)) return attributeWords;
  if (more.length === 0) return saTypes;
  return typeVerbs.includes(verb) ? [] : attributeWords;
}
