/** Whether a word that stands where it should not may be a key, or hold what is left of one: from four bytes on. */
export const looksLikeKey = (text: string): boolean => /[0-9a-fA-F]{8}/.test(text);

/** A word in quotes, for an error; what may be a key is masked. */
export const shown = (text: string): string => (looksLikeKey(text) ? "(key)" : JSON.stringify(text));
