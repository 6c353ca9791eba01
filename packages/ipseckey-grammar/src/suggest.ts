/** Longer texts are no near miss of any word. */
const LONGEST_MISS = 32;
/** One typing error, or two in a word of some length. */
const mistakes = (word: string): number => (word.length > 5 ? 2 : 1);

/** The word that somebody may have meant who wrote this one. */
export function suggest(found: string, words: Iterable<string>): string | undefined {
  if (found.length > LONGEST_MISS) return undefined;
  let nearest: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const word of words) {
    const distance = typingErrors(found.toLowerCase(), word);
    if (distance < least && distance <= mistakes(word) && distance < word.length - 1) {
      nearest = word;
      least = distance;
    }
  }
  return nearest;
}

/** How many letters are wrong, missing, too many or swapped (optimal string alignment distance). */
function typingErrors(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length]!;
}
