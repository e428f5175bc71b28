import type { Threshold } from "#lib/rules/rule";

/** Instants (epoch milliseconds) of the newest events that a threshold counted, oldest first. */
export type Counted = readonly number[];

/**
 * Counts an event (or several at once) for a threshold. Only as many instants are kept as the threshold needs to tell, so counting costs the same
 * whatever comes in. Of M events within the time exactly M - moreThan exceed it, in whichever order they are counted.
 */
export function countFor(
  counted: Counted,
  { moreThan, withinSeconds }: Threshold,
  at: number,
  times = 1,
): { counted: Counted; exceeds: boolean } {
  const recent = [...counted, ...Array<number>(Math.min(times, moreThan + 1)).fill(at)]
    .toSorted((a, b) => a - b)
    .slice(-(moreThan + 1));
  const exceeds = recent.length > moreThan && recent.every((instant) => instant > at - withinSeconds * 1000);
  return { counted: recent, exceeds };
}
