/** The words of columns that this process has read, each with a code that stays the same as long as the process runs. */
const codes = new Map<string | null, number>([[null, 0]]);
const words: (string | null)[] = [null];

/** The code of a word; 0 is that of none. */
export function codeOf(word: string | null): number {
  const known = codes.get(word);
  if (known !== undefined) return known;
  codes.set(word, words.length);
  words.push(word);
  return words.length - 1;
}

/** The code of a word that columns have had; -1 for any other, which is not remembered: filters may name anything. */
export function knownCodeOf(word: string | null): number {
  return codes.get(word) ?? -1;
}

/** The word of a code. */
export function wordOf(code: number): string | null {
  return words[code] ?? null;
}
