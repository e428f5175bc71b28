/**
 * What one expression may take of the process that pages, in steps of some 25 to 50 ns: a second at worst, whoever wrote it and whatever comes.
 * Expressions run to their end before anything else does, so one count is enough.
 */
const MOST = 20_000_000;
const MOST_TURNS = 10_000;

let left = MOST;

/** Counts anew; at the beginning of an expression. */
export function beginWork(): void {
  left = MOST;
}

/** Takes steps off; throws when there are no more. */
export function takeWork(steps: number): void {
  left -= steps;
  if (left < 0) throw new Error("This takes too long");
}

/** What a loop may run over: it itself. Throws beyond 10,000 entries. */
export function mayLoop(over: unknown): unknown {
  const entries = sizeOf(over);
  if (entries > MOST_TURNS) throw new Error(`A loop runs over at most ${MOST_TURNS} entries`);
  return over;
}

function sizeOf(over: unknown): number {
  if (Array.isArray(over)) return over.length;
  if (over instanceof Map || over instanceof Set) return over.size;
  return typeof over === "object" && over !== null ? Object.keys(over).length : 0;
}

/** Steps that a character or part of a text counts as: a million of them at most, so that cutting and joining can't grow a text without end. */
const STEPS_PER_CHARACTER = 20;

/** The parts of a text, all of them or the first ones and the rest. */
export function splitText(text: string, separator: string, most?: bigint): string[] {
  takeWork((text.length + 1) * STEPS_PER_CHARACTER);
  const parts = text.split(separator);
  if (most === undefined || most < 0n || parts.length <= most) return parts;
  const whole = Number(most) - 1;
  return whole < 0 ? [] : [...parts.slice(0, whole), parts.slice(whole).join(separator)];
}

/** One text of many. Throws where they are not all texts. */
export function joinTexts(parts: readonly unknown[], separator = ""): string {
  const texts = parts.filter((part) => typeof part === "string");
  if (texts.length < parts.length) throw new Error("Only texts can be joined");
  const length = texts.reduce((sum, text) => sum + text.length + separator.length, 0);
  takeWork(length * STEPS_PER_CHARACTER);
  return texts.join(separator);
}
