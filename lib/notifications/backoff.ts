export type NextAttempt = { kind: "retry"; at: Date } | { kind: "give_up"; because: string };

const SECOND = 1000;
// Quick at first, since somebody is waiting to be woken; a server that is down for minutes is not helped by more.
const DELAYS_S = [5, 10, 20, 40, 60, 120, 180] as const;
const LONGEST_DELAY_S = 300;
/** So many failures, 35 seconds of them, and the way counts as blocked: others are taken, while it is still tried. */
export const FAILURES_OF_BLOCKED = 4;

/**
 * When to try again after an attempt failed, `failures` with it, or why not: as long as the page is of use, every five minutes at most.
 * `spread` in [0, 1) moves it by up to a fifth later, so that what failed together doesn't come back together.
 */
export function nextAttempt(input: {
  failures: number;
  now: Date;
  expiresAt: Date;
  spread: number;
  /** The provider's own wish (Retry-After), if it is longer than ours. */
  notBeforeMs?: number;
}): NextAttempt {
  const delay = DELAYS_S[input.failures - 1] ?? LONGEST_DELAY_S;
  const ours = Math.round(delay * SECOND * (1 + input.spread / 5));
  const at = new Date(input.now.getTime() + Math.max(ours, input.notBeforeMs ?? 0));
  if (at >= input.expiresAt)
    return { kind: "give_up", because: "the next attempt would come too late to be of use" };
  return { kind: "retry", at };
}

/** A number in [0, 1) that is always the same for the same id. */
export function spreadOf(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) % 9973;
  return hash / 9973;
}
