import {
  CAUSE_CLASSES,
  DETECTION_SOURCES,
  INCIDENT_ORIGINS,
  INCIDENT_STATUSES,
  URGENCIES,
} from "#lib/incidents/vocabulary";

/** Facts of one word out of few, four bits each: 0 for none, else the word's place counted from 1. */
export const WORD_TRAITS = {
  status: INCIDENT_STATUSES,
  urgency: URGENCIES,
  origin: INCIDENT_ORIGINS,
  detection: DETECTION_SOURCES,
  cause: CAUSE_CLASSES,
} as const satisfies Record<string, readonly string[]>;
export type WordTrait = keyof typeof WORD_TRAITS;

/** Facts that are so or not, a bit each above the words. */
export const YES_TRAITS = [
  "major",
  "merged",
  "auto",
  "escalated",
  "paged",
  "acknowledged",
  "gameDay",
  "impact",
  "outage",
] as const;
export type YesTrait = (typeof YES_TRAITS)[number];

export const BITS_OF_A_WORD = 4;
const WORDS = Object.keys(WORD_TRAITS);

/** How far a word's bits are to the left. */
export function shiftOf(trait: WordTrait): number {
  return BITS_OF_A_WORD * WORDS.indexOf(trait);
}

/** The place of an incident's word among those of the trait, counted from 1; 0: none. */
export function placeOf(traits: number, trait: WordTrait): number {
  return (traits >>> shiftOf(trait)) & (2 ** BITS_OF_A_WORD - 1);
}

/** The bit of a trait. */
export function bitOf(trait: YesTrait): number {
  return 1 << (BITS_OF_A_WORD * WORDS.length + YES_TRAITS.indexOf(trait));
}

/** The bits of a word, as a number to compare the masked traits with. */
export function bitsOfWord(trait: WordTrait, word: string | null): number {
  const words: readonly string[] = WORD_TRAITS[trait];
  return (word === null ? 0 : words.indexOf(word) + 1) << shiftOf(trait);
}

/** The bits that hold a trait's word. */
export function maskOf(trait: WordTrait): number {
  return (2 ** BITS_OF_A_WORD - 1) << shiftOf(trait);
}
