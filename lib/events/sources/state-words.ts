import type { EventAction } from "#lib/events/event";
import type { Warnings } from "#lib/events/event-fields";
import { quoted } from "#lib/events/storable-text";

/** What a product's word for a state asks for. `ignored`: a state that pages nobody, with the reason. */
export type State = EventAction | { ignored: string };

export type StateWords = ReadonlyMap<string, EventAction | "ignored">;

/** Words in lower case, white space, dashes and underscores alike; several separated by a bar. */
export function stateWords(words: Partial<Record<EventAction | "ignored", string>>): StateWords {
  const table = new Map<string, EventAction | "ignored">();
  for (const action of ["trigger", "acknowledge", "resolve", "ignored"] as const) {
    for (const word of words[action]?.split("|") ?? []) table.set(word, action);
  }
  return table;
}

/** A word that is not known, or none, counts as firing: better one page too many than a lost one. */
export function readState(word: string | null, words: StateWords, warnings: Warnings): State {
  const folded = foldState(word ?? "");
  const action = words.get(folded);
  if (action === "ignored") return { ignored: `The state ${quoted(folded)} pages nobody` };
  if (action !== undefined) return action;
  warnings.push(
    word === null
      ? "It states no state, taken as firing"
      : `State ${quoted(word)} is not known, taken as firing`,
  );
  return "trigger";
}

export function foldState(word: string): string {
  return word
    .slice(0, 100)
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");
}
