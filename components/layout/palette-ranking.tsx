interface Searchable {
  title: string;
  keywords?: readonly string[];
}

const wholeWord = 3;
const wordStart = 2;
const letters = 1;

function scoreText(text: string, query: string): number {
  const lower = text.toLowerCase();
  if (lower === query) return 100;
  if (lower.startsWith(query)) return 60 * wholeWord - lower.length;
  const words = lower.split(/[\s-]+/u);
  if (query.split(/\s+/u).every((part) => words.some((word) => word.startsWith(part))))
    return 40 * wordStart - lower.length;
  if (lower.includes(query)) return 30 * letters;
  return 0;
}

/** How well an entry answers a query, 0 for not at all; its title counts more than its other words. */
export function paletteScore(entry: Searchable, query: string): number {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return 1;
  const byKeyword = (entry.keywords ?? []).map((keyword) => scoreText(keyword, wanted) / 2);
  return Math.max(scoreText(entry.title, wanted), ...byKeyword, 0);
}

/** The entries that answer a query, best first; equal ones keep their order. */
export function rankEntries<T extends Searchable>(entries: readonly T[], query: string): T[] {
  return entries
    .map((entry) => ({ entry, score: paletteScore(entry, query) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}
