/** What the on-call list can be searched by. */
export type DirectoryEntry = {
  policy: { name: string };
  team: { name: string } | null;
  services: readonly { id: string; name: string }[];
  levels: readonly {
    people: readonly { user: { name: string } }[];
    schedules: readonly { name: string }[];
  }[];
};

/** Whether each word of the query begins a word of something in the entry. An empty query finds everything. */
export function matchesEntry(entry: DirectoryEntry, query: string): boolean {
  const texts = [
    entry.policy.name,
    entry.team?.name ?? "",
    ...entry.services.map(({ name }) => name),
    ...entry.levels.flatMap(({ people, schedules }) => [
      ...people.map(({ user }) => user.name),
      ...schedules.map(({ name }) => name),
    ]),
  ];
  return matchesWords(texts, query);
}

/** Whether each word of the query begins a word of one of the texts, whatever the case and accents. */
export function matchesWords(texts: readonly string[], query: string): boolean {
  const haystack = texts.map(simplify);
  return wordsOf(query).every((word) => haystack.some((text) => beginsWord(text, word)));
}

/** The services of the entry with those first that the query means. */
export function servicesFor<S extends { name: string }>(services: readonly S[], query: string): S[] {
  const words = wordsOf(query);
  if (words.length === 0) return [...services];
  const isMeant = ({ name }: S) => words.some((word) => beginsWord(simplify(name), word));
  return [...services.filter(isMeant), ...services.filter((service) => !isMeant(service))];
}

function wordsOf(query: string): string[] {
  return simplify(query).split(/\s+/).filter(Boolean);
}

function beginsWord(text: string, word: string): boolean {
  return text.startsWith(word) || text.includes(` ${word}`) || text.includes(`-${word}`);
}

/** Without case and accents: "José" is found by "jose". */
function simplify(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
